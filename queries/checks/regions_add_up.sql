-- question: 各县区、园区加起来等于全市吗?
-- row: one indicator whose regions don't add up to the city
-- weight: error
with whole as (
    select indicator, numerator, denominator
    from counted_rates('all', 'annual', null, null, null, null, null, null, null)
    where indicator <> '走访达标率' -- one leader may answer for projects of two regions
),

parts as (
    select indicator, sum(numerator)::bigint as numerator, sum(denominator)::bigint as denominator
    from counted_rates('region', 'annual', null, null, null, null, null, null, null)
    group by indicator
)

select whole.indicator || '各县区合计 ' || coalesce(parts.numerator::varchar, '空') || '/'
    || coalesce(parts.denominator::varchar, '空') || ',全市 ' || coalesce(whole.numerator::varchar, '空') || '/'
    || coalesce(whole.denominator::varchar, '空') || ',应相等;请检查县区/园区一列' as message
from whole
inner join parts on parts.indicator = whole.indicator
where parts.numerator is distinct from whole.numerator or parts.denominator is distinct from whole.denominator
order by whole.indicator
