-- question: 台账里有哪些手续,通常按什么先后?
-- row: one procedure reported for at least one project; procedure_code counts them in the usual order
select
    told.node::varchar as procedure,
    row_number() over (order by sort_order nulls last, told.node)::smallint as procedure_code
from (select distinct node from node_light where reported and is_procedure) as told
left join node_kind on node_kind.node = told.node
