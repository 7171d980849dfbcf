-- question: 一个项目的每个节点要等哪些节点先办完?
-- row: one link of the project's network, in drawing order
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   predecessor VARCHAR · 须先办完的节点
--   node VARCHAR · 要等它的节点
--   critical BOOLEAN · 两头都在关键线路上
with linked as (
    select
        sequence, node::varchar as node, critical,
        unnest(predecessors)::varchar as predecessor
    from schedule_node
    where project_id = $project
)

select linked.predecessor, linked.node, coalesce(linked.critical and before.critical, false) as critical
from linked
left join schedule_node as before
    on before.project_id = $project and before.node::varchar = linked.predecessor
order by linked.sequence, before.sequence, linked.predecessor
