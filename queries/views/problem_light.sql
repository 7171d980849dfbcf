-- question: 一个问题亮什么灯,离承诺解决日还有几个工作日?
-- row: one problem; its columns are those of problem_state, and its light
-- pressing: waits for a decision, being overdue or handed up (提级).
-- workdays_left: null once it is closed; negative is days overdue. Bands come from light_rule (domain.md §3).
with today_index as (
    select workday_index as today, next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
),

measured as (
    select
        problem_state.*,
        if(closed, 'closed', 'open') as rule_state,
        case when not closed then workdays_until(due.workday_index, today, next_today) end as workdays_left,
        case when closed then workdays_late(closing.next_index, due.workday_index) end as done_late_days
    from problem_state
    cross join today_index
    left join calendar as due on due.day = promised_date
    left join calendar as closing on closing.day = closed_date
)

select
    measured.* exclude (rule_state),
    not closed and (coalesce(workdays_left < 0, false) or escalated_to is not null) as pressing,
    rule.light, rule.word, light.shape, light.severity,
    promised_date as due_date,
    case when promised_date is not null then '承诺' end as due_basis
from measured
left join light_rule as rule
    on rule.rule = 'problem' and rule.state = rule_state
    and in_band(coalesce(workdays_left, done_late_days), low_inclusive, high_exclusive, when_unknown)
left join light on light.code = rule.light
