-- question: 一个项目开工、复工、竣工、投产、停工了吗,今年计划什么?
-- row: one project; project_row numbers them in the order of project_id, for fast joins
-- Dates decide; status words decide only where there is no date (contract). A 续建 project counts as
-- resumed unless it stands stopped or is said not to have resumed; it never "starts" (domain.md §4).
-- A start that is reported again doesn't count: actual_start is the first one told, start_repeated says so.
with project as (
    select
        projects.* replace (coalesce(first_start, actual_start) as actual_start),
        first_start is not null as start_repeated
    from projects
),

clock as (
    select
        as_of,
        make_date(year(as_of), 1, 1) as year_start,
        make_date(year(as_of), 12, 31) as year_end
    from status_date
),

told_node as (
    select
        project_id,
        min(promised_finish) filter (node <> '达产') as promised_start,
        min(coalesce(planned_finish, promised_finish)) filter (node = '达产') as planned_full_output,
        min(actual_finish) filter (node = '达产') as actual_full_output,
        bool_or(nodes.status = 'done') filter (node = '达产') as said_done
    from nodes
    where node in ('开工', '复工', '达产') and coalesce(applicable, true)
        and nodes.status is distinct from 'not_applicable'
    group by project_id
),

worded as (
    select
        project.*,
        case
            when kind like '%续建%' then '续建'
            when kind like '%前期%' or kind like '%预备%' or kind like '%储备%' then '前期'
            when kind like '%新%' then '新建'
        end as kind_class,
        coalesce(promised_start, campaign_target_date) as promised_start,
        coalesce(regexp_matches(status, '^(未|拟|计划|前期|筹备)'), false) as said_not_yet,
        coalesce(regexp_matches(status, '^(已|新|全面)?(开工|复工|在建|停工|竣工|完工|建成|投产|达产)'), false)
            as said_begun,
        coalesce(regexp_matches(status, '^(已)?(停工|停建|缓建)'), false) as said_stopped,
        coalesce(regexp_matches(status, '^(已)?(竣工|完工|建成|投产|达产)'), false) as said_finished,
        coalesce(regexp_matches(status, '^(已)?(投产|达产)'), false) as said_producing,
        coalesce(regexp_matches(status, '^(已)?达产'), false) or coalesce(said_done, false) as said_full_output,
        planned_full_output,
        actual_full_output
    from project
    left join told_node on told_node.project_id = project.project_id
),

dated as (
    select
        worded.*,
        as_of,
        case
            when stopped_from is null then said_stopped
            else stopped_from <= as_of
                and (stopped_until is null or stopped_until >= as_of)
                and not coalesce(resumed_date > stopped_from and resumed_date <= as_of, false)
        end as stopped,
        coalesce(actual_start <= as_of, said_begun or actual_finish <= as_of, false) as started,
        coalesce(actual_finish <= as_of, actual_production <= as_of, said_finished) as finished,
        coalesce(actual_production <= as_of, said_producing) as producing,
        coalesce(actual_full_output <= as_of, said_full_output) as at_full_output,
        coalesce(planned_start <= as_of, false) as start_due,
        coalesce(planned_finish between year_start and year_end, false) as finish_planned,
        coalesce(planned_production between year_start and year_end, false) as production_planned,
        coalesce(planned_full_output between year_start and year_end, false) as full_output_planned
    from worded
    cross join clock
)

select
    row_number() over (order by project_id)::integer as project_row,
    project_id, project_name, coalesce(region, '未填') as region, region_kind, district, level, kind, kind_class,
    industry, campaign, leaders, accountable_leader, chief_officer, promoter, owner, responsible_unit,
    total_investment_yuan, annual_plan_yuan, invested_this_year_yuan, invested_total_yuan, funds_received_yuan,
    planned_start, actual_start, start_repeated, planned_finish, actual_finish, planned_production, actual_production,
    campaign_target_date, promised_start, stopped, started, finished, producing, finish_planned, production_planned,
    at_full_output, full_output_planned,
    kind_class is not distinct from '续建' and not stopped and not said_not_yet
        and coalesce(resumed_date <= as_of, true) as resumed,
    case when kind_class = '续建' then resumed else started end as started_or_resumed,
    kind_class is not distinct from '续建' or start_due as due_by_cutoff,
    promised_start is not null as promised,
    coalesce(listed_date <= as_of, false) as listed,
    (started or kind_class is not distinct from '续建') and coalesce(total_investment_yuan >= 5000000, false)
        as listing_due,
    finish_planned and planned_finish <= as_of as finish_due,
    coalesce(finished and actual_finish <= planned_finish, false) as finished_on_time
from dated
