-- question: 一项任务完成了吗,离完成时限还有几个工作日?
-- row: one task
-- Done by its date, or by its state (已完成、办结、销号) where no date is written.
-- workdays_left: null once it is done; negative is days overdue.
with today_index as (
    select workday_index as today, next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
),

judged as (
    select
        tasks.*,
        coalesce(done_date <= as_of, regexp_matches(status, '^(已|按期|超期)?(完成|办结|销号)'), false) as done
    from tasks
    cross join status_date
)

select
    judged.*,
    case when not done then workdays_until(due.workday_index, today, next_today) end as workdays_left
from judged
cross join today_index
left join calendar as due on due.day = due_date
