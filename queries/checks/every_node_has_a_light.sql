-- question: 有没有节点没亮灯或亮了两盏?
-- row: one node of one project without exactly one light
-- weight: error
select '项目 ' || project_id || ' 的节点“' || node || '”亮了 ' || count(light) || ' 盏灯,应为 1 盏;请检查亮灯规则 lights.toml'
    as message
from node_light
group by project_id, node
having count(*) <> 1 or count(light) <> 1
order by project_id, node
