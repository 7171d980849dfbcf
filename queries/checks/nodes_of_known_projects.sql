-- question: 有没有节点挂在项目台账里没有的项目上?
-- row: one project id that nodes name and the project ledger doesn't
-- weight: warning
select '节点台账里的项目 ' || nodes.project_id || ' 有 ' || count(*) || ' 个节点,项目台账里没有这个编号;请补上项目或改正编号'
    as message
from nodes
left join projects on projects.project_id = nodes.project_id
where projects.project_id is null
group by nodes.project_id
order by nodes.project_id
