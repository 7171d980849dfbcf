-- question: 和比较的那天相比,哪些节点变了?
-- row: one changed node of one project that stands on both days, by project, then by kind of change
-- params:
--   $as_of DATE = today · 状态日期
--   $since DATE · 和哪天比较;用那天或之前最近的快照
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看现在亮这种灯的项目,null 为全部
-- columns:
--   since DATE · 和哪天的快照比较
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   accountable_leader VARCHAR · 负责领导
--   node VARCHAR · 节点
--   department VARCHAR · 责任部门
--   kind VARCHAR · added 新增,removed 取消,done 办结,reopened 退回重办,slipped 推迟,advanced 提前,light 只变灯
--   light_before VARCHAR · 那天的亮灯;新增的节点为 null
--   light VARCHAR · 现在的亮灯;取消的节点为 null
--   due_date_before DATE · 那天的应办结日
--   due_date DATE · 现在的应办结日
--   slipped_workdays INTEGER · 承诺、计划或批准延期的日子推迟了几个工作日;负数为提前,其他变化为 null
--   times_slipped BIGINT · 到现在的各份快照里一共推迟过几次
--   actual_finish DATE · 实际完成
--   newly_overdue BOOLEAN · 其间转为逾期;新增的节点不算
--   because VARCHAR · 哪个单元格从什么改成什么;只因日子过去为“日期到了”,增减的节点为 null
with slipped as (
    select project_id, node, count(distinct committed_date) as times_slipped
    from slip
    cross join status_date
    where day <= as_of
    group by project_id, node
)

select
    since, project.project_id, project_name, region, accountable_leader, changed.node, changed.department,
    changed.kind, light_before, changed.light, due_date_before, due_date, slipped_workdays,
    coalesce(times_slipped, 0) as times_slipped, changed.actual_finish,
    changed.newly_overdue, because
from changed_node as changed
inner join scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
) as project
    on project.project_id = changed.project_id
left join slipped on slipped.project_id = changed.project_id and slipped.node = changed.node
cross join before_day
order by project_row, changed.kind, changed.node
