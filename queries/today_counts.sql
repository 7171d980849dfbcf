-- question: 今天到期、逾期、必须启动的各有多少?
-- row: the whole scope
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   due_today BIGINT · 今天到期未办结的节点,项
--   due_within_3 BIGINT · 三个工作日内到期(含今天)未办结的节点,项
--   overdue BIGINT · 逾期节点,项
--   newly_overdue BIGINT · 逾期刚一个工作日的节点,项
--   must_start_today BIGINT · 今天必须启动的节点,项
--   done_since_yesterday BIGINT · 昨天以来办结的节点,项
--   problems_open BIGINT · 未销号问题,个
--   cutoff DATE · 截止日期
--   must_start_projects BIGINT · 今天有节点必须启动的项目,个
--   deferred_open BIGINT · 容缺、承诺制办理还没有补齐的节点,项
--   deferred_due_within_3 BIGINT · 其中三个工作日内(含今天)到补齐期限的,项
--   deferred_overdue BIGINT · 其中过了补齐期限的,项
with project as (
    select *
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

promised as (
    select
        count(*) as deferred_open,
        count(*) filter (deferred_node.workdays_left between 0 and 3) as deferred_due_within_3,
        count(*) filter (deferred_node.workdays_left < 0) as deferred_overdue
    from deferred_node
    semi join project on project.project_row = deferred_node.project_row
    where not made_up
)

select
    coalesce(sum(due_today), 0)::bigint as due_today,
    coalesce(sum(due_within_3), 0)::bigint as due_within_3,
    coalesce(sum(overdue), 0)::bigint as overdue,
    coalesce(sum(newly_overdue), 0)::bigint as newly_overdue,
    coalesce(sum(must_start_today), 0)::bigint as must_start_today,
    coalesce(sum(done_since_yesterday), 0)::bigint as done_since_yesterday,
    coalesce(sum(problems_raised - problems_closed), 0)::bigint as problems_open,
    any_value(status_date.as_of) as cutoff,
    count(*) filter (must_start_today > 0) as must_start_projects,
    any_value(deferred_open) as deferred_open,
    any_value(deferred_due_within_3) as deferred_due_within_3,
    any_value(deferred_overdue) as deferred_overdue
from status_date
cross join promised
left join project on true
