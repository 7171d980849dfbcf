-- question: 节点的名称、部门、状态和亮灯用哪些词?
-- row: one word; a few hundred stand in millions of rows, so that a row holds their numbers
create type node_word as enum (
    select distinct word
    from (
        select node as word from nodes
        union all
        select node from schedule_node
        union all
        select department from nodes
        union all
        select department from schedule_node
        union all
        select phase from schedule_node
        union all
        select code from light
        union all
        select shape from light
        union all
        select word from light_rule where rule = 'node'
        union all
        select unnest(['done', 'running', 'waiting', 'unreported', 'not_applicable'])
        union all
        select unnest(['批准延期', '承诺', '计划', '倒排', '法定'])
    )
    where word is not null
    order by word
)
