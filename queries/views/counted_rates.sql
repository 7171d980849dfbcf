-- question: 各项比率的分子和分母各是多少?
-- row: one indicator of one group
-- Sums leave empty cells out; a sum of nothing but empty cells is null. Sources: domain.md §4.
create macro counted_rates(
    in_by, in_base_choice, in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_project
) as table
with base_word as (
    select case in_base_choice when 'annual_without_preliminary' then '年度清单(不含前期)'
        when 'due' then '截至当日应开复工' when 'promised' then '承诺开复工' else '年度清单' end as base
),

project as (
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

counted as (
    select coalesce(group_name, '未填') as group_name, unnest(project_rates, recursive := true)
    from (
        select project_group.group_name, [
            {'indicator_order': 1, 'indicator': '开复工率', 'base': any_value(base), 'unit': '个',
                'numerator': count(*) filter (in_base and started_or_resumed),
                'denominator': count(*) filter (in_base)},
            {'indicator_order': 2, 'indicator': '开工率(新建)', 'base': any_value(base) || '新建', 'unit': '个',
                'numerator': count(*) filter (in_base and started and kind_class = '新建'),
                'denominator': count(*) filter (in_base and kind_class = '新建')},
            {'indicator_order': 3, 'indicator': '复工率(续建)', 'base': any_value(base) || '续建', 'unit': '个',
                'numerator': count(*) filter (in_base and resumed),
                'denominator': count(*) filter (in_base and kind_class = '续建')},
            {'indicator_order': 4, 'indicator': '手续办结率', 'base': '应办手续', 'unit': '项',
                'numerator': sum(procedures_done)::bigint, 'denominator': sum(procedures_due)::bigint},
            {'indicator_order': 5, 'indicator': '手续齐备率', 'base': '已报手续的项目', 'unit': '个',
                'numerator': count(*) filter (procedures_reported and procedures_done = procedures_due),
                'denominator': count(*) filter (procedures_reported)},
            {'indicator_order': 6, 'indicator': '按期办结率', 'base': '截至当日应办结手续', 'unit': '项',
                'numerator': sum(procedures_done_on_time)::bigint,
                'denominator': sum(procedures_due_by_cutoff)::bigint},
            {'indicator_order': 7, 'indicator': '投资完成率', 'base': '年度计划投资', 'unit': '元',
                'numerator': sum(invested_this_year_yuan)::bigint, 'denominator': sum(annual_plan_yuan)::bigint},
            {'indicator_order': 8, 'indicator': '竣工率', 'base': '本年计划竣工', 'unit': '个',
                'numerator': count(*) filter (finish_planned and finished),
                'denominator': count(*) filter (finish_planned)},
            {'indicator_order': 9, 'indicator': '按期竣工率', 'base': '截至当日应竣工', 'unit': '个',
                'numerator': count(*) filter (finish_due and finished_on_time),
                'denominator': count(*) filter (finish_due)},
            {'indicator_order': 10, 'indicator': '投产率', 'base': '本年计划投产', 'unit': '个',
                'numerator': count(*) filter (production_planned and producing),
                'denominator': count(*) filter (production_planned)},
            {'indicator_order': 11, 'indicator': '入库率', 'base': '已开工且总投资500万元及以上', 'unit': '个',
                'numerator': count(*) filter (listing_due and listed),
                'denominator': count(*) filter (listing_due)},
            {'indicator_order': 12, 'indicator': '资金到位率(年度计划)', 'base': '年度计划投资', 'unit': '元',
                'numerator': sum(funds_received_yuan)::bigint, 'denominator': sum(annual_plan_yuan)::bigint},
            {'indicator_order': 13, 'indicator': '资金到位率(总投资)', 'base': '总投资', 'unit': '元',
                'numerator': sum(funds_received_yuan)::bigint, 'denominator': sum(total_investment_yuan)::bigint},
            {'indicator_order': 14, 'indicator': '问题销号率', 'base': '提出的问题', 'unit': '个',
                'numerator': sum(problems_closed)::bigint, 'denominator': sum(problems_raised)::bigint},
            {'indicator_order': 15, 'indicator': '按期销号率', 'base': '截至当日承诺解决的问题', 'unit': '个',
                'numerator': sum(problems_closed_on_time)::bigint,
                'denominator': sum(problems_due)::bigint}
        ] as project_rates
        from project_group
        cross join base_word
        left join project on project.group_name is not distinct from project_group.group_name
        group by project_group.group_name
    )
),

visited as (
    select
        coalesce(project_group.group_name, '未填') as group_name, 16 as indicator_order, '走访达标率' as indicator,
        '包保领导和首席服务员' as base, '人' as unit,
        count(distinct project_person.person) filter (visits_this_month >= 2) as numerator,
        count(distinct project_person.person) as denominator
    from project_group
    left join project on project.group_name is not distinct from project_group.group_name
    left join project_person on project_person.project_row = project.project_row and role <> '推进专员'
    left join visit_count on visit_count.person = project_person.person
    group by 1
)

select indicator_order, indicator, group_name, numerator, denominator, base, unit from counted
union all
select indicator_order, indicator, group_name, numerator, denominator, base, unit from visited
