-- question: 和比较的那天相比,哪些节点变了,是哪个单元格变的?
-- row: one changed node of one project that stands on both sides
-- Empty here, for before_node is; a question with $since is asked with the rows against that snapshot.
-- newly_overdue: it turned red; a step that is new in the ledger has not turned.
-- A due day that is only reckoned moves with every day: slipping and advancing are of days somebody stated.
with paired as (
    select
        coalesce(standing_node.project_id, before_node.project_id) as project_id,
        coalesce(standing_node.node, before_node.node) as node,
        coalesce(standing_node.department, before_node.department) as department,
        before_node.node is null as is_new,
        standing_node.node is null as is_gone,
        coalesce(standing_node.is_milestone, false) as is_milestone,
        before_node.state as state_before, standing_node.state,
        before_node.light as light_before, standing_node.light,
        before_node.due_date as due_date_before, standing_node.due_date,
        before_node.committed_date as committed_before, standing_node.committed_date,
        before_node.accepted_date as accepted_before, standing_node.accepted_date,
        before_node.extended_due as extended_before, standing_node.extended_due,
        before_node.promised_finish as promised_before, standing_node.promised_finish,
        before_node.planned_finish as planned_before, standing_node.planned_finish,
        before_node.actual_finish as actual_before, standing_node.actual_finish
    from standing_node
    full outer join before_node
        on before_node.project_id = standing_node.project_id and before_node.node = standing_node.node
    where standing_node.light is distinct from before_node.light
        or standing_node.state is distinct from before_node.state
        or standing_node.committed_date is distinct from before_node.committed_date
),

judged as (
    select
        paired.*,
        case
            when is_gone then 'removed'
            when state = 'done' and state_before is distinct from 'done' then 'done'
            when is_new then 'added'
            when state <> 'done' and state_before = 'done' then 'reopened'
            when state = 'done' then null
            when committed_date > committed_before then 'slipped'
            when committed_date < committed_before then 'advanced'
            when light <> light_before then 'light'
        end as kind
    from paired
    semi join standing_project on standing_project.project_id = paired.project_id
    semi join before_project on before_project.project_id = paired.project_id
)

select
    project_id, node, department, kind, light_before, light, due_date_before, due_date, actual_finish,
    coalesce(light = 'red' and light_before <> 'red', false) as newly_overdue,
    case
        when kind in ('slipped', 'advanced') then later.workday_index - earlier.workday_index
    end as slipped_workdays,
    case
        when kind in ('added', 'removed') then null
        when kind in ('done', 'reopened') and actual_finish is distinct from actual_before
            then cell_words('实际' || if(is_milestone, node, '完成'), actual_before, actual_finish)
        when kind = 'light' and state <> state_before and accepted_date is distinct from accepted_before
            then cell_words('受理日期', accepted_before, accepted_date)
        when kind in ('light', 'done', 'reopened') and state is distinct from state_before
            then '办理状态 ' || state_word(state_before) || ' → ' || state_word(state)
        when extended_due is distinct from extended_before
            then cell_words('批准延期', extended_before, extended_due)
        when promised_finish is distinct from promised_before
            then cell_words('承诺完成', promised_before, promised_finish)
        when planned_finish is distinct from planned_before
            then cell_words('计划' || if(is_milestone, node, '完成'), planned_before, planned_finish)
        when light_before = 'stopped' then '停工结束'
        when light = 'stopped' then '停工'
        else '日期到了'
    end as because
from judged
left join calendar as earlier on earlier.day = committed_before
left join calendar as later on later.day = committed_date
where kind is not null
