-- question: 有没有按个数算的比率分子大于分母?
-- row: one counted indicator above its base
-- weight: error
select indicator || '的分子 ' || numerator || ' 大于分母 ' || denominator || '(' || base || ');请检查项目和节点台账'
    as message
from counted_rates('all', 'annual', null, null, null, null, null, null, null)
where unit <> '元' and numerator > denominator
order by indicator
