-- question: 一个容缺、承诺制办理的节点补齐了吗,亮什么灯,离补齐期限还有几个工作日?
-- row: one node done, or taken in, on the promise to hand papers in later (domain.md §6)
-- Its light is its own: the node's light says whether the step is done, this one whether the promise is kept.
-- made_up: 补齐日期 has come, or the cell of 容缺 says 已补齐. workdays_left: null once made up, negative is overdue.
with today_index as (
    select workday_index as today, next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
),

promised as (
    select
        project_row, project_id, node::varchar as node, department::varchar as department, sequence,
        state::varchar as node_state, actual_finish, coalesce(deferred, '容缺') as deferred, deferred_due,
        case when made_up_date <= as_of then made_up_date end as made_up_date,
        coalesce(made_up_date <= as_of, regexp_matches(deferred, '已补齐'), false) as made_up
    from node_light
    cross join status_date
    where project_row is not null
        and (deferred_due is not null or (deferred is not null and state = 'done'))
        and state <> 'not_applicable'
),

measured as (
    select
        promised.*,
        if(made_up, 'made_up', 'open') as rule_state,
        case when not made_up then workdays_until(due.workday_index, today, next_today) end as workdays_left,
        case when made_up then workdays_late(making.next_index, due.workday_index) end as done_late_days
    from promised
    cross join today_index
    left join calendar as due on due.day = deferred_due
    left join calendar as making on making.day = made_up_date
)

select
    measured.* exclude (rule_state),
    rule.light, rule.word, light.shape, light.severity
from measured
left join light_rule as rule
    on rule.rule = 'deferred' and rule.state = rule_state
    and in_band(coalesce(workdays_left, done_late_days), low_inclusive, high_exclusive, when_unknown)
left join light on light.code = rule.light
