-- question: 一个节点在状态日期这天是什么样子?
-- row: one known node of one project, as a snapshot keeps it to be compared with later
-- committed_date: the day somebody stated (extension, promise or plan), null where the due day is reckoned.
create view standing_node as
select
    project_id, node::varchar as node, department::varchar as department, state::varchar as state,
    light::varchar as light, is_milestone, accepted_date, extended_due, promised_finish, planned_finish,
    actual_finish, due_date, due_basis::varchar as due_basis,
    coalesce(extended_due, promised_finish, planned_finish) as committed_date
from node_light
where known and project_row is not null
