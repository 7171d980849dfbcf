-- question: 各县区、园区加起来等于全市吗?有没有按个数算的比率分子大于分母?
-- row: one indicator whose regions don't add up to the city, or counted above its base
-- weight: error
with whole as (
    select indicator, numerator, denominator, base, unit
    from counted_rates('all', 'annual', null, null, null, null, null, null, null, null, null, null)
),

parts as (
    select indicator, sum(numerator)::bigint as numerator, sum(denominator)::bigint as denominator
    from counted_rates('region', 'annual', null, null, null, null, null, null, null, null, null, null)
    group by indicator
),

compared as (
    select
        whole.*,
        unit <> '元' and whole.numerator > whole.denominator as above_base,
        -- one leader may answer for projects of two regions
        indicator <> '走访达标率' and (
            parts.numerator is distinct from whole.numerator or parts.denominator is distinct from whole.denominator
        ) as apart,
        coalesce(parts.numerator::varchar, '空') || '/' || coalesce(parts.denominator::varchar, '空') as told_by_parts,
        coalesce(whole.numerator::varchar, '空') || '/' || coalesce(whole.denominator::varchar, '空') as told_by_whole
    from whole
    inner join parts using (indicator)
)

select indicator || '的分子 ' || numerator || ' 大于分母 ' || denominator || '(' || base || ');请检查项目和节点台账'
    as message
from compared
where above_base
union all
select indicator || '各县区合计 ' || told_by_parts || ',全市 ' || told_by_whole || ',应相等;请检查县区/园区一列' as message
from compared
where apart
order by message
