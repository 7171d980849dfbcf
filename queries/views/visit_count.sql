-- question: 一个人本月走访了几次?
-- row: one person with a visit in the month of the status date, up to that date
select
    visitor as person,
    count(*) as visits_this_month
from visits
cross join status_date
where visit_date between date_trunc('month', as_of)::date and as_of
group by visitor
