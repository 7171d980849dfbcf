-- question: 每项手续应办几项,办结、在办、待办各几项?
-- row: one procedure
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $project VARCHAR = null · 范围,null 为全部
-- columns:
--   procedure VARCHAR · 手续
--   due BIGINT · 应办,项(不含不涉及)
--   done BIGINT · 办结,项
--   on_time BIGINT · 按期办结,项(提前也算按期)
--   running BIGINT · 在办,项
--   waiting BIGINT · 待办,项
--   not_applicable BIGINT · 不涉及,项
--   ratio DOUBLE · 办结/应办;应办为零时 null
--   cutoff DATE · 截止日期
with project as (
    select project_row
    from scoped_project($region, $district, $leader, $level, $kind, $campaign, $project)
),

tallied as (
    select
        node,
        count(*) filter (state <> 'not_applicable') as due,
        count(*) filter (state = 'done') as done,
        count(*) filter (state = 'done' and done_late_days = 0) as on_time,
        count(*) filter (state = 'running') as running,
        count(*) filter (state = 'waiting') as waiting,
        count(*) filter (state = 'not_applicable') as not_applicable
    from node_light
    semi join project on project.project_row = node_light.project_row
    where reported and is_procedure
    group by node
)

select
    tallied.node as procedure, due, done, on_time, running, waiting, not_applicable,
    done / nullif(due, 0) as ratio, as_of as cutoff
from tallied
cross join status_date
left join node_kind on node_kind.node = tallied.node
order by sort_order nulls last, procedure
