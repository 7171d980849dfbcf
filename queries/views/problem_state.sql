-- question: 一个问题销号了吗,到期了吗?
-- row: one problem, withdrawn ones (撤回、撤销 in 备注) left out
select
    problems.*,
    closed_date is not null and closed_date <= as_of as closed,
    promised_date <= as_of as due,
    promised_date <= as_of and closed_date <= promised_date as closed_on_time,
    promised_date < as_of and (closed_date is null or closed_date > as_of) as overdue,
    case when closed_date between raised_date and as_of then closed_date - raised_date end as closing_days,
    case when closed_date is null or closed_date > as_of then as_of - raised_date end as open_days
from problems
cross join status_date
where coalesce(raised_date <= as_of, true)
    and not coalesce(regexp_matches(note, '撤回|撤销'), false)
