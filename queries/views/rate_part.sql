-- question: 一个项目在一项比率的分子和分母里各占多少?
-- row: one project in one rate it is in the base of; base_choice is null where a rate has one base only
-- A rate that counts projects has 1 in the denominator; one that sums leaves null what staff left empty.
-- Standing ready by project, so that a question only adds up. Sources: domain.md §4.
with chosen as (
    select
        project_measure.*,
        unnest([
            {'base_choice': 'annual', 'in_base': true},
            {'base_choice': 'annual_without_preliminary', 'in_base': kind_class is distinct from '前期'},
            {'base_choice': 'due', 'in_base': due_by_cutoff},
            {'base_choice': 'promised', 'in_base': promised}
        ], recursive := true)
    from project_measure
),

begun as (
    select
        project_row,
        base_choice,
        unnest([
            {'indicator': '开复工率', 'counts': true, 'reached': started_or_resumed},
            {'indicator': '开工率(新建)', 'counts': kind_class = '新建', 'reached': started},
            {'indicator': '复工率(续建)', 'counts': kind_class = '续建', 'reached': resumed}
        ], recursive := true)
    from chosen
    where in_base
),

counted as (
    select
        project_row,
        unnest([
            {
                'indicator': '手续齐备率', 'counts': procedures_reported,
                'reached': procedures_done = procedures_due
            },
            {'indicator': '竣工率', 'counts': finish_planned, 'reached': finished},
            {'indicator': '按期竣工率', 'counts': finish_due, 'reached': finished_on_time},
            {'indicator': '投产率', 'counts': production_planned, 'reached': producing},
            {'indicator': '达产率', 'counts': full_output_planned, 'reached': at_full_output},
            {'indicator': '入库率', 'counts': listing_due, 'reached': listed}
        ], recursive := true)
    from project_measure
),

summed as (
    select
        project_row,
        unnest([
            {'indicator': '手续办结率', 'done': procedures_done, 'base': procedures_due},
            {'indicator': '按期办结率', 'done': procedures_done_on_time, 'base': procedures_due_by_cutoff},
            {'indicator': '投资完成率', 'done': invested_this_year_yuan, 'base': annual_plan_yuan},
            {
                'indicator': '投资完成率(新建)', 'done': if(kind_class = '新建', invested_this_year_yuan, null),
                'base': if(kind_class = '新建', annual_plan_yuan, null)
            },
            {
                'indicator': '投资完成率(续建)', 'done': if(kind_class = '续建', invested_this_year_yuan, null),
                'base': if(kind_class = '续建', annual_plan_yuan, null)
            },
            {'indicator': '资金到位率(年度计划)', 'done': funds_received_yuan, 'base': annual_plan_yuan},
            {'indicator': '资金到位率(总投资)', 'done': funds_received_yuan, 'base': total_investment_yuan},
            {'indicator': '问题销号率', 'done': problems_closed, 'base': problems_raised},
            {'indicator': '按期销号率', 'done': problems_closed_on_time, 'base': problems_due}
        ], recursive := true)
    from project_measure
),

part as (
    select project_row, indicator, base_choice, reached::integer as numerator, 1 as denominator
    from begun
    where counts
    union all
    select project_row, indicator, null, reached::integer, 1
    from counted
    where counts
    union all
    select project_row, indicator, null, done, base
    from summed
    where coalesce(done, base) is not null
)

select project_row, indicator_order, base_choice, numerator, denominator
from part
inner join rate_kind on rate_kind.indicator = part.indicator
order by base_choice, project_row
