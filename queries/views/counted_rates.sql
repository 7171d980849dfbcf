-- question: 各项比率的分子和分母各是多少?
-- row: one indicator of one group
-- Sums leave empty cells out; a sum of nothing but empty cells is null. Sources: domain.md §4.
create macro counted_rates(
    in_by, in_base_choice, in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_project
) as table
with project as (
    select
        *,
        case in_by when 'region' then region when 'leader' then accountable_leader
            when 'kind' then kind when 'level' then level else '全部' end as group_name,
        case in_base_choice when 'annual_without_preliminary' then kind_class is distinct from '前期'
            when 'due' then due_by_cutoff when 'promised' then promised else true end as in_base
    from scoped_project(
        in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_project
    )
),

-- a scope without projects still has its rates, with nothing in the denominator
project_group as (
    select distinct group_name from project
    union
    select '全部' as group_name where in_by = 'all'
),

-- in the order of rate_kind
counted as (
    select
        project_group.group_name,
        [
            count(*) filter (in_base and started_or_resumed),
            count(*) filter (in_base and started and kind_class = '新建'),
            count(*) filter (in_base and resumed),
            sum(procedures_done)::bigint,
            count(*) filter (procedures_reported and procedures_done = procedures_due),
            sum(procedures_done_on_time)::bigint,
            sum(invested_this_year_yuan)::bigint,
            count(*) filter (finish_planned and finished),
            count(*) filter (finish_due and finished_on_time),
            count(*) filter (production_planned and producing),
            count(*) filter (full_output_planned and at_full_output),
            count(*) filter (listing_due and listed),
            sum(funds_received_yuan)::bigint,
            sum(funds_received_yuan)::bigint,
            sum(problems_closed)::bigint,
            sum(problems_closed_on_time)::bigint
        ] as numerators,
        [
            count(*) filter (in_base),
            count(*) filter (in_base and kind_class = '新建'),
            count(*) filter (in_base and kind_class = '续建'),
            sum(procedures_due)::bigint,
            count(*) filter (procedures_reported),
            sum(procedures_due_by_cutoff)::bigint,
            sum(annual_plan_yuan)::bigint,
            count(*) filter (finish_planned),
            count(*) filter (finish_due),
            count(*) filter (production_planned),
            count(*) filter (full_output_planned),
            count(*) filter (listing_due),
            sum(annual_plan_yuan)::bigint,
            sum(total_investment_yuan)::bigint,
            sum(problems_raised)::bigint,
            sum(problems_due)::bigint
        ] as denominators
    from project_group
    left join project on project.group_name is not distinct from project_group.group_name
    group by project_group.group_name
),

visited as (
    select
        project_group.group_name,
        count(distinct project_person.person) filter (visits_this_month >= 2) as visiting,
        count(distinct project_person.person) as people
    from project_group
    left join project on project.group_name is not distinct from project_group.group_name
    left join project_person on project_person.project_row = project.project_row and role <> '推进专员'
    left join visit_count on visit_count.person = project_person.person
    group by project_group.group_name
)

select
    indicator_order, indicator, unit,
    coalesce(counted.group_name, '未填') as group_name,
    list_append(numerators, visiting)[indicator_order] as numerator,
    list_append(denominators, people)[indicator_order] as denominator,
    if(follows_choice, case in_base_choice when 'annual_without_preliminary' then '年度清单(不含前期)'
        when 'due' then '截至当日应开复工' when 'promised' then '承诺开复工' else '年度清单' end, '') || base as base
from counted
inner join visited on visited.group_name is not distinct from counted.group_name
cross join rate_kind
