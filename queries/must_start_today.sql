-- question: 哪些节点今天必须启动?
-- row: one node whose latest start has come and which nobody has started
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   accountable_leader VARCHAR · 负责领导
--   node VARCHAR · 节点
--   department VARCHAR · 责任部门
--   latest_start DATE · 最迟开始
--   latest_finish DATE · 最迟完成
--   float_workdays INTEGER · 时差,工作日;负数为已损失
--   reported BOOLEAN · 台账里有这个节点
with project as (
    select project_row, project_id, project_name, region, accountable_leader
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
)

select
    project.project_id, project_name, region, accountable_leader, node::varchar as node,
    department::varchar as department, latest_start, latest_finish,
    float_workdays, reported
from node_light
inner join project on project.project_row = node_light.project_row
where must_start
order by reported desc, latest_start, project.project_row, sequence, node_light.node
