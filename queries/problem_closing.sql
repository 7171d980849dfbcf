-- question: 问题解决得快不快,还有多少没有销号?
-- row: one group of problems
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $by VARCHAR = all {all, region, leader, category} · 分组
-- columns:
--   group VARCHAR · 分组的值;不分组为“全部”
--   raised BIGINT · 提出的问题,个,不含撤回的
--   closed BIGINT · 已销号,个
--   open BIGINT · 未销号,个
--   overdue BIGINT · 过了承诺解决日仍未销号,个
--   mean_closing_days DOUBLE · 从提出到销号的平均天数,日历日;没有可算的为 null
--   counted BIGINT · 平均天数所据的问题,个:提出和销号日期都有
--   longest_open_days BIGINT · 未销号的问题里提出最久的天数,日历日
--   cutoff DATE · 数据截止日期,不晚于状态日期
with project as (
    select project_id, region, accountable_leader
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

problem as (
    select
        problem_state.*,
        case $by when 'region' then region when 'leader' then accountable_leader
            when 'category' then category else '全部' end as group_name
    from problem_state
    inner join project on project.project_id = problem_state.project_id
)

select
    coalesce(group_name, '未填') as "group",
    count(*) as raised,
    count(*) filter (closed) as closed,
    count(*) filter (not closed) as open,
    count(*) filter (overdue) as overdue,
    avg(closing_days) as mean_closing_days,
    count(closing_days) as counted,
    max(open_days) as longest_open_days,
    any_value(cutoff) as cutoff
from problem
cross join status_date
group by group_name
order by "group"
