-- question: 哪些节点逾期最久?
-- row: one overdue node of one project
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $limit INTEGER = 20 · 最多几行
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   node VARCHAR · 节点
--   department VARCHAR · 责任部门
--   due_date DATE · 应办结日
--   due_basis VARCHAR · 应办结日的依据
--   overdue_workdays INTEGER · 逾期工作日
--   accountable_leader VARCHAR · 负责领导
with project as (
    select project_row, project_id, project_name, region, accountable_leader
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
)

select
    project.project_id, project_name, region, node::varchar as node, department::varchar as department,
    due_date, due_basis::varchar as due_basis, -workdays_left as overdue_workdays, accountable_leader
from node_light
inner join project on project.project_row = node_light.project_row
where light = 'red'
order by overdue_workdays desc, project.project_id, sequence, node
limit $limit
