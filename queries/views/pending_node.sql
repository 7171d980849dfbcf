-- question: 哪些已知节点还没办结、有应办结日,在本项目里排第几急?
-- row: one known node not yet done, with a due day, in a project whose clock runs
select
    project_row, node::varchar as node, due_date, due_basis::varchar as due_basis, light::varchar as light,
    workdays_left, sequence,
    row_number() over (partition by project_row order by workdays_left, sequence)::integer as urgency
from node_light
where known and state in ('running', 'waiting') and light <> 'stopped' and due_date is not null
    and project_row is not null
order by project_row, urgency
