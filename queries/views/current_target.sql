-- question: 状态日期所在期间,一个指标在一个范围的目标是多少?
-- row: one indicator in one scope; the narrowest period that holds the status date wins
select indicator, scope, arg_min(target_value, width) as target_value
from target_period
cross join status_date
where as_of between first_day and last_day
group by indicator, scope
