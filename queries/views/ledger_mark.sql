-- question: 台账里关于一个项目的各行说了什么?
-- row: one project, its rows in 项目, 节点, 问题 and 需求 as one number that changes with any cell
-- That a project was reported again is nothing new about it. The number holds as long as the program's version does.
create view ledger_mark as
with told as (
    select project_id, hash(cell_row) as mark
    from (select * exclude (last_reported_date) from projects) as cell_row
    union all
    select project_id, hash(cell_row)
    from nodes as cell_row
    union all
    select project_id, hash(cell_row)
    from problems as cell_row
    union all
    select project_id, hash(cell_row)
    from needs as cell_row
)

select project_id, bit_xor(mark) as mark
from told
group by project_id
