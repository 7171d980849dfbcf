-- question: 每个县区、园区的每项手续办结了多少?
-- row: one procedure in one region
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   region VARCHAR · 县区或园区
--   region_kind VARCHAR · 县区、园区或市直
--   procedure VARCHAR · 手续
--   due BIGINT · 应办,项
--   done BIGINT · 办结,项
--   ratio DOUBLE · 办结/应办;应办为零时 null
with project as (
    select project_row, region, region_kind
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

region_code as (
    select region, any_value(region_kind) as region_kind, row_number() over (order by region)::smallint as code
    from project
    group by region
),

placed as (
    select project_row, code
    from project
    inner join region_code on region_code.region = project.region
),

tallied as (
    select
        code,
        procedure_code,
        count(*) filter (state_code <> 5) as due,
        count(*) filter (state_code <= 2) as done
    from procedure_state
    inner join placed on placed.project_row = procedure_state.project_row
    group by code, procedure_code
)

select region, region_kind, procedure, due, done, done / nullif(due, 0) as ratio
from tallied
inner join region_code on region_code.code = tallied.code
inner join procedure_name on procedure_name.procedure_code = tallied.procedure_code
order by region, tallied.procedure_code
