-- question: 一个项目的状态、亮灯、手续、问题、需求和倒排结果合在一起是什么?
-- row: one project, the gravest light first, then the least float; what only filters keeps this order
with problem_count as (
    select
        project_id,
        count(*) as problems_raised,
        count(*) filter (closed) as problems_closed,
        count(*) filter (due) as problems_due,
        count(*) filter (closed_on_time) as problems_closed_on_time
    from problem_state
    group by project_id
),

need_count as (
    select project_id, count(*) filter (not solved) as needs_open
    from need_light
    group by project_id
),

-- a department has a project when it has one of its nodes, or is the unit that answers for it
project_department as (
    select project_id, list(distinct department order by department) as departments
    from (
        select project_id, department::varchar as department
        from node_light
        where reported and state <> 'not_applicable'
        union
        select project_id, responsible_unit from project_status
    )
    where department is not null
    group by project_id
)

select
    project_status.*,
    departments,
    light, severity, light_node, light_department, light_due_date, light_due_basis, workdays_left, current_node,
    current_department,
    next_due_date, due_today, due_within_3, overdue, newly_overdue, done_since_yesterday, must_start_today,
    coalesce(project_procedures.due, 0) as procedures_due,
    coalesce(project_procedures.done, 0) as procedures_done,
    coalesce(project_procedures.due_by_cutoff, 0) as procedures_due_by_cutoff,
    coalesce(project_procedures.done_on_time, 0) as procedures_done_on_time,
    project_procedures.project_id is not null as procedures_reported,
    coalesce(problems_raised, 0) as problems_raised,
    coalesce(problems_closed, 0) as problems_closed,
    coalesce(problems_due, 0) as problems_due,
    coalesce(problems_closed_on_time, 0) as problems_closed_on_time,
    coalesce(needs_open, 0) as needs_open,
    phase, target_date, target_basis, forecast_finish, float_workdays, late_workdays, unscheduled_reason
from project_status
left join project_light on project_light.project_id = project_status.project_id
left join project_procedures on project_procedures.project_id = project_status.project_id
left join project_department on project_department.project_id = project_status.project_id
left join problem_count on problem_count.project_id = project_status.project_id
left join need_count on need_count.project_id = project_status.project_id
left join schedule_project on schedule_project.project_id = project_status.project_id
order by severity, float_workdays nulls last, project_row
