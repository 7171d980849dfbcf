-- question: 有没有项目没亮灯,或在视图里少了、重了?
-- row: one project whose rows in the views aren't exactly one
-- weight: error
select '项目 ' || projects.project_id || ' 在挂图上有 ' || count(project_measure.project_id)
    || ' 行,应为 1 行;请检查项目编号是否重复后重新报送' as message
from projects
left join project_measure on project_measure.project_id = projects.project_id and project_measure.light is not null
group by projects.project_id
having count(project_measure.project_id) <> 1
order by projects.project_id
