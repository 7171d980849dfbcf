-- question: 哪些项目该上调度会?
-- row: one project with a red light, lost float, a problem that is overdue or was handed up, papers of 容缺 not
--  handed in by their day, or one asked for
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $also VARCHAR[] = null · 这些编号的项目也要,不论亮什么灯
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   accountable_leader VARCHAR · 负责领导
--   light VARCHAR · 项目亮灯
--   light_node VARCHAR · 造成亮灯的节点
--   light_department VARCHAR · 该节点的责任部门
--   workdays_left INTEGER · 该节点剩余工作日;负数为逾期
--   float_workdays INTEGER · 最小时差,工作日;负数为已损失
--   late_workdays INTEGER · 按现状比目标晚几个工作日
--   problems_overdue BIGINT · 过了承诺解决日仍未销号的问题,个
--   problems_escalated BIGINT · 已提级、未销号的问题,个
--   problem VARCHAR · 其中最该办的一个问题;没有为 null
--   problem_unit VARCHAR · 这个问题的责任单位
--   deferred_node VARCHAR · 过了补齐期限最久、还没有补齐的容缺节点;没有为 null
--   deferred_late_workdays INTEGER · 它过了几个工作日
with pressing as (
    select
        project_id,
        count(*) filter (overdue) as problems_overdue,
        count(*) filter (escalated_to is not null) as problems_escalated,
        first(problem order by escalated_to is null, promised_date nulls last, problem) as problem,
        first(responsible_unit order by escalated_to is null, promised_date nulls last, problem) as problem_unit
    from problem_light
    where pressing
    group by project_id
),

promised as (
    select
        project_row,
        first(node order by workdays_left, sequence) as deferred_node,
        -min(workdays_left) as deferred_late_workdays
    from deferred_node
    where workdays_left < 0
    group by project_row
)

select
    project.project_id, project_name, region, accountable_leader, project.light, light_node,
    light_department, project.workdays_left, project.float_workdays, late_workdays,
    coalesce(problems_overdue, 0) as problems_overdue, coalesce(problems_escalated, 0) as problems_escalated,
    problem, problem_unit, deferred_node, deferred_late_workdays
from scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
) as project
left join pressing on pressing.project_id = project.project_id
left join promised on promised.project_row = project.project_row
where project.light = 'red'
    or (project.float_workdays < 0 and not finished)
    or pressing.project_id is not null
    or promised.project_row is not null
    or list_contains($also, project.project_id)
order by project.project_row
