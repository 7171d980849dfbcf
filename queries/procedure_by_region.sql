-- question: 每个县区、园区的每项手续办结了多少?
-- row: one procedure in one region
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $project VARCHAR = null · 范围,null 为全部
-- columns:
--   region VARCHAR · 县区或园区
--   region_kind VARCHAR · 县区、园区或市直
--   procedure VARCHAR · 手续
--   due BIGINT · 应办,项
--   done BIGINT · 办结,项
--   ratio DOUBLE · 办结/应办;应办为零时 null
with project as (
    select project_row, region, region_kind
    from scoped_project($region, $district, $leader, $level, $kind, $campaign, $project)
),

tallied as (
    select
        region,
        any_value(region_kind) as region_kind,
        node_light.node,
        count(*) filter (state <> 'not_applicable') as due,
        count(*) filter (state = 'done') as done
    from node_light
    inner join project on project.project_row = node_light.project_row
    where reported and is_procedure
    group by region, node_light.node
)

select region, region_kind, tallied.node as procedure, due, done, done / nullif(due, 0) as ratio
from tallied
left join node_kind on node_kind.node = tallied.node
order by region, sort_order nulls last, procedure
