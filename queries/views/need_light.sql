-- question: 一项要素需求解决了吗,亮什么灯,离需要日期还有几个工作日?
-- row: one need
-- workdays_left: null once it is solved; negative is days overdue. Bands come from light_rule (domain.md §3).
with today_index as (
    select workday_index as today, next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
),

stated as (
    select
        needs.*,
        coalesce(solved_date <= as_of and coalesce(resolved, true), resolved, false) as solved
    from needs
    cross join status_date
),

measured as (
    select
        stated.*,
        if(solved, 'solved', 'open') as rule_state,
        case when not solved then workdays_until(due.workday_index, today, next_today) end as workdays_left,
        case when solved then workdays_late(solving.next_index, due.workday_index) end as done_late_days
    from stated
    cross join today_index
    left join calendar as due on due.day = needed_date
    left join calendar as solving on solving.day = solved_date
)

select
    measured.* exclude (rule_state),
    rule.light, rule.word, light.shape, light.severity,
    needed_date as due_date,
    case when needed_date is not null then '需要' end as due_basis
from measured
left join light_rule as rule
    on rule.rule = 'need' and rule.state = rule_state
    and in_band(coalesce(workdays_left, done_late_days), low_inclusive, high_exclusive, when_unknown)
left join light on light.code = rule.light
