-- question: 各项比率的分子和分母各是多少?
-- row: one indicator of one group
-- A scope without projects still has its rates, with nothing in the denominator. Sources: domain.md §4.
create macro counted_rates(
    in_by, in_base_choice,
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
) as table
with project as (
    select
        project_row,
        coalesce(
            case in_by when 'region' then region when 'leader' then accountable_leader
                when 'kind' then kind when 'level' then level else '全部' end, '未填'
        ) as group_name
    from scoped_row(
        in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light,
        in_project
    )
),

project_group as (
    select group_name, (row_number() over ())::smallint as code
    from (
        select distinct group_name from project
        union
        select '全部' as group_name where in_by = 'all'
    )
),

placed as (
    select project_row, code
    from project
    inner join project_group on project_group.group_name = project.group_name
),

tallied as (
    select code, indicator_order, sum(numerator)::bigint as numerator, sum(denominator)::bigint as denominator
    from rate_part
    inner join placed on placed.project_row = rate_part.project_row
    where base_choice is null or base_choice = in_base_choice
    group by code, indicator_order
    union all
    select
        code, 19 as indicator_order, count(distinct person_number) filter (visiting) as numerator,
        count(distinct person_number) as denominator
    from visit_duty
    inner join placed on placed.project_row = visit_duty.project_row
    group by code
)

select
    rate_kind.indicator_order, indicator, unit, group_name,
    coalesce(numerator, if(counts, 0, null)) as numerator,
    coalesce(denominator, if(counts, 0, null)) as denominator,
    if(follows_choice, base_word(in_base_choice), '') || base as base
from project_group
cross join rate_kind
left join tallied on tallied.code = project_group.code and tallied.indicator_order = rate_kind.indicator_order
