-- question: 每项手续应办几项,办结、在办、待办各几项?
-- row: one procedure
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   procedure VARCHAR · 手续
--   due BIGINT · 应办,项(不含不涉及)
--   done BIGINT · 办结,项
--   on_time BIGINT · 按期办结,项(提前也算按期)
--   running BIGINT · 在办,项
--   waiting BIGINT · 待办,项
--   not_applicable BIGINT · 不涉及,项
--   ratio DOUBLE · 办结/应办;应办为零时 null
--   cutoff DATE · 数据截止日期,不晚于状态日期
with project as (
    select project_row
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

counted as (
    select procedure_code, state_code, count(*) as nodes
    from procedure_state
    semi join project on project.project_row = procedure_state.project_row
    group by procedure_code, state_code
),

tallied as (
    select
        procedure_code,
        coalesce(sum(nodes) filter (state_code <> 5), 0)::bigint as due,
        coalesce(sum(nodes) filter (state_code in (1, 2)), 0)::bigint as done,
        coalesce(sum(nodes) filter (state_code = 1), 0)::bigint as on_time,
        coalesce(sum(nodes) filter (state_code = 3), 0)::bigint as running,
        coalesce(sum(nodes) filter (state_code = 4), 0)::bigint as waiting,
        coalesce(sum(nodes) filter (state_code = 5), 0)::bigint as not_applicable
    from counted
    group by procedure_code
)

select
    procedure, due, done, on_time, running, waiting, not_applicable, done / nullif(due, 0) as ratio,
    cutoff
from tallied
inner join procedure_name on procedure_name.procedure_code = tallied.procedure_code
cross join status_date
order by tallied.procedure_code
