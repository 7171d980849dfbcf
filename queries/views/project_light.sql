-- question: 一个项目亮什么灯,是哪个节点造成的?
-- row: one project
-- A project's light is the worst of its nodes. Of equal ones the screen names a step on somebody's desk
-- rather than 开工 or 竣工 behind it, then the one longest overdue, then the earliest.
with lit as (
    select
        project_row, node, light, due_date, due_basis, workdays_left, state, department, sequence, must_start,
        is_milestone, severity, known, actual_finish, as_of,
        light in ('blue', 'yellow', 'grey') and known and workdays_left >= 0 as still_due
    from node_light
    cross join status_date
),

worst as (
    select
        project_row,
        arg_min(
            {
                'light': light, 'node': node, 'department': department, 'due_date': due_date, 'due_basis': due_basis,
                'left': workdays_left
            },
            (severity * 2 + is_milestone::integer)::bigint * 10000000000
                + (coalesce(workdays_left, 50000) + 50000)::bigint * 10000 + sequence
        ) as cause,
        arg_min(
            {'node': node, 'department': department},
            if(state = 'running', 0, 100000) + sequence
        ) filter (state in ('running', 'waiting', 'unreported')) as current_step,
        min(due_date) filter (still_due) as next_due_date,
        count(*) filter (still_due and workdays_left = 0) as due_today,
        count(*) filter (still_due and workdays_left <= 3) as due_within_3,
        count(*) filter (light = 'red') as overdue,
        count(*) filter (light = 'red' and workdays_left = -1) as newly_overdue,
        count(*) filter (state = 'done' and actual_finish >= as_of - 1) as done_since_yesterday,
        count(*) filter (must_start) as must_start_today
    from lit
    group by project_row
),

chosen as (
    select
        project_status.project_id,
        if(stopped, 'stopped', coalesce(cause.light::varchar, 'grey')) as light,
        if(cause.light <> 'grey', cause, null) as cause,
        current_step,
        next_due_date,
        coalesce(due_today, 0) as due_today,
        coalesce(due_within_3, 0) as due_within_3,
        coalesce(overdue, 0) as overdue,
        coalesce(newly_overdue, 0) as newly_overdue,
        coalesce(done_since_yesterday, 0) as done_since_yesterday,
        coalesce(must_start_today, 0) as must_start_today
    from project_status
    left join worst on worst.project_row = project_status.project_row
)

select
    project_id, light, severity, cause.node::varchar as light_node,
    cause.department::varchar as light_department, cause.due_date as light_due_date,
    cause.due_basis::varchar as light_due_basis, cause.left as workdays_left,
    current_step.node::varchar as current_node, current_step.department::varchar as current_department,
    next_due_date, due_today, due_within_3, overdue, newly_overdue, done_since_yesterday, must_start_today
from chosen
inner join light on light.code = chosen.light
