-- question: 一个节点亮什么灯,离应办结日还有几个工作日?
-- row: one node of one project
-- workdays_left: a due day on a free day counts as the working day before, so on the Saturday after a
-- Friday it is -1; negative is days overdue. A node nobody has reported is grey: we don't know it.
with node as (
    select * from node_state
),

project as (
    select project_id, stopped, region from project_status
),

today_index as (
    select as_of, workday_index as today, next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
),

measured as (
    select
        node.*,
        coalesce(project.stopped, false) as project_stopped,
        standstill.node is not null as standing_still,
        case
            when next_today <= due.workday_index then due.workday_index - today
            else due.workday_index - next_today
        end as workdays_left,
        case
            when state <> 'done' then null
            when finish.next_index <= due.workday_index then 0
            else finish.next_index - due.workday_index
        end as done_late_days
    from node
    cross join today_index
    left join project on project.project_id = node.project_id
    left join standstill on standstill.region = project.region and standstill.node = node.node
    left join calendar as due on due.day = node.due_date
    left join calendar as finish on finish.day = node.actual_finish
)

select
    measured.* exclude (project_stopped, standing_still, must_start_today),
    must_start_today and state in ('waiting', 'unreported') and not project_stopped and not standing_still as must_start,
    case
        when state in ('not_applicable', 'unreported') then 'grey'
        when state = 'done' then 'green'
        when project_stopped or standing_still then 'stopped'
        when workdays_left < 0 then 'red'
        when workdays_left <= greatest(3, 0.2 * duration_workdays) then 'yellow'
        when state = 'running' then 'blue'
        else 'grey'
    end as light
from measured
order by project_id, sequence, node
