-- question: 一个节点办到哪一步,应在哪天办完,这个日子是哪一种?
-- row: one node of one project, reported by staff or standing in the project's template
-- Due day: approved extension, else promise, else plan, else latest finish by the reverse schedule, else
-- the legal limit (domain.md §3). 开工, 竣工 and 投产 without a 节点 row are told by the project ledger.
create view node_state as
with reported_node as (
    select * from nodes
),

scheduled as (
    select * from schedule_node
),

milestone as (
    select * from project_milestone
),

joined as (
    select
        coalesce(reported_node.project_id, scheduled.project_id) as project_id,
        coalesce(reported_node.node, scheduled.node) as node,
        coalesce(scheduled.sequence, 1000 + node_kind.sort_order, 2000) as sequence,
        scheduled.phase,
        reported_node.project_id is not null as reported,
        coalesce(node_kind.is_procedure, true) as is_procedure,
        coalesce(reported_node.department, scheduled.department) as department,
        coalesce(scheduled.duration_workdays, reported_node.duration_workdays) as duration_workdays,
        status, approval_level, accepted_date, extended_due, promised_finish, statutory_finish, document_number,
        deferred, deferred_due, made_up_date, paused_workdays, note,
        coalesce(reported_node.applicable, scheduled.applicable, true) as said_applicable,
        coalesce(reported_node.planned_finish, milestone.planned) as planned_finish,
        coalesce(reported_node.actual_finish, milestone.actual) as told_finish,
        coalesce(milestone.done, false) as milestone_done,
        milestone.planned is not null or coalesce(milestone.done, false) as told_by_project,
        earliest_start, earliest_finish, latest_start, latest_finish, float_workdays,
        coalesce(critical, false) as critical,
        coalesce(must_start_today, false) as must_start_today
    from reported_node
    full outer join scheduled
        on scheduled.project_id = reported_node.project_id and scheduled.node = reported_node.node
    left join milestone
        on milestone.project_id = coalesce(reported_node.project_id, scheduled.project_id)
        and milestone.node = coalesce(reported_node.node, scheduled.node)
    left join node_kind on node_kind.node = coalesce(reported_node.node, scheduled.node)
)

select
    project_id, node, sequence, phase, reported, is_procedure, department, duration_workdays, approval_level,
    accepted_date, extended_due, promised_finish, planned_finish, statutory_finish, document_number, deferred,
    deferred_due, made_up_date, paused_workdays, note, earliest_start, earliest_finish, latest_start, latest_finish,
    float_workdays, critical, must_start_today,
    reported or told_by_project as known,
    told_by_project and not reported as is_milestone,
    case when told_finish <= as_of then told_finish end as actual_finish,
    case
        when not said_applicable or status = 'not_applicable' then 'not_applicable'
        when coalesce(told_finish <= as_of, status = 'done' or milestone_done, false) then 'done'
        when status = 'running' or accepted_date <= as_of then 'running'
        when reported or told_by_project then 'waiting'
        else 'unreported'
    end as state,
    coalesce(extended_due, promised_finish, planned_finish, latest_finish, statutory_finish) as due_date,
    case
        when extended_due is not null then '批准延期'
        when promised_finish is not null then '承诺'
        when planned_finish is not null then '计划'
        when latest_finish is not null then '倒排'
        when statutory_finish is not null then '法定'
    end as due_basis
from joined
cross join status_date
