-- question: 今天到期、逾期、必须启动的各有多少?
-- row: the whole scope
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $project VARCHAR = null · 范围,null 为全部
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
with project as (
    select project_id, problems_raised - problems_closed as problems_open
    from scoped_project($region, $district, $leader, $level, $kind, $campaign, $project)
),

node_tally as (
    select
        count(*) filter (light in ('blue', 'yellow', 'grey') and workdays_left = 0 and known) as due_today,
        count(*) filter (light in ('blue', 'yellow', 'grey') and workdays_left between 0 and 3 and known)
            as due_within_3,
        count(*) filter (light = 'red') as overdue,
        count(*) filter (light = 'red' and workdays_left = -1) as newly_overdue,
        count(*) filter (must_start) as must_start_today,
        count(distinct node_light.project_id) filter (must_start) as must_start_projects,
        count(*) filter (state = 'done' and actual_finish >= as_of - 1) as done_since_yesterday
    from node_light
    semi join project on project.project_id = node_light.project_id
    cross join status_date
),

problem_tally as (
    select coalesce(sum(problems_open), 0)::bigint as problems_open from project
)

select
    due_today, due_within_3, overdue, newly_overdue, must_start_today, done_since_yesterday, problems_open,
    as_of as cutoff, must_start_projects
from node_tally
cross join problem_tally
cross join status_date
