-- question: 一个项目亮什么灯,是哪个节点造成的?
-- row: one project
-- A project's light is the worst of its nodes; ties go to the node longest overdue, then the earliest.
with lit as (
    select
        project_id, node, light, due_date, due_basis, workdays_left, state, department, sequence, must_start,
        case light
            when 'red' then 1 when 'yellow' then 2 when 'blue' then 3
            when 'stopped' then 4 when 'green' then 5 else 6
        end as severity
    from node_light
),

worst as (
    select
        project_id,
        arg_min(
            {'light': light, 'node': node, 'due_date': due_date, 'due_basis': due_basis, 'left': workdays_left},
            severity::bigint * 1000000000 + (coalesce(workdays_left, 50000) + 50000)::bigint * 10000 + sequence
        ) as cause,
        arg_min(
            {'node': node, 'department': department},
            if(state = 'running', 0, 100000) + sequence
        ) filter (state in ('running', 'waiting', 'unreported')) as current_step,
        min(due_date) filter (light in ('blue', 'yellow', 'grey') and state <> 'unreported' and workdays_left >= 0)
            as next_due_date,
        count(*) filter (must_start) as must_start_today
    from lit
    group by project_id
)

select
    project_status.project_id,
    case when stopped then 'stopped' else coalesce(cause.light, 'grey') end as light,
    case light
        when 'red' then 1 when 'yellow' then 2 when 'blue' then 3
        when 'stopped' then 4 when 'grey' then 5 else 6
    end as wall_order,
    case when cause.light <> 'grey' then cause.node end as light_node,
    case when cause.light <> 'grey' then cause.due_date end as light_due_date,
    case when cause.light <> 'grey' then cause.due_basis end as light_due_basis,
    case when cause.light <> 'grey' then cause.left end as workdays_left,
    current_step.node as current_node,
    current_step.department as current_department,
    next_due_date,
    coalesce(must_start_today, 0) as must_start_today
from project_status
left join worst on worst.project_id = project_status.project_id
