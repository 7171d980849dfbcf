-- question: 筛选栏里可以选什么?
-- row: one value of one filter
-- params:
--   $as_of DATE = today · 状态日期
-- columns:
--   kind_of VARCHAR · region district leader level kind campaign industry department
--   value VARCHAR · 值
--   label VARCHAR · 屏幕上的字
--   projects BIGINT · 项目,个
--   group VARCHAR · 县区、园区或市直;其他筛选为 null
with choice as (
    select
        region_kind,
        unnest([
            {'filter_order': 1, 'kind_of': 'region', 'value': region},
            {'filter_order': 2, 'kind_of': 'district', 'value': district},
            {'filter_order': 3, 'kind_of': 'leader', 'value': accountable_leader},
            {'filter_order': 4, 'kind_of': 'level', 'value': level},
            {'filter_order': 5, 'kind_of': 'kind', 'value': kind},
            {'filter_order': 6, 'kind_of': 'campaign', 'value': campaign},
            {'filter_order': 7, 'kind_of': 'industry', 'value': industry}
        ], recursive := true)
    from project_status
    union all
    select region_kind, 8 as filter_order, 'department' as kind_of, unnest(departments) as value
    from project_measure
)

select
    kind_of, value, value as label, count(*) as projects,
    if(kind_of = 'region', any_value(region_kind), null) as "group"
from choice
where value is not null
group by filter_order, kind_of, value
-- the regions with most projects are the ones looked for first
order by
    filter_order, case "group" when '县区' then 1 when '园区' then 2 else 3 end,
    if(kind_of = 'region', -count(*), 0), value
