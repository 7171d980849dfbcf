-- question: 一个问题销号了吗,到期了吗?
-- row: one problem, withdrawn ones (撤回、撤销 in 备注) left out
-- closed: its day has come and nobody says 未销号; or 是否销号 says so, on a day unknown
with said as (
    select
        problems.*,
        coalesce(closed_date <= as_of and coalesce(resolved, true), resolved, false) as closed
    from problems
    cross join status_date
)

select
    said.*,
    promised_date <= as_of as due,
    promised_date <= as_of and closed and closed_date <= promised_date as closed_on_time,
    promised_date < as_of and not closed as overdue,
    case when closed and closed_date >= raised_date then closed_date - raised_date end as closing_days,
    case when not closed then as_of - raised_date end as open_days
from said
cross join status_date
where coalesce(raised_date <= as_of, true)
    and not coalesce(regexp_matches(note, '撤回|撤销'), false)
