-- question: 有没有问题对不上任何项目?
-- row: one problem whose project isn't in the project ledger
-- weight: warning
select '问题“' || problem || '”对不上项目(' || coalesce(problems.project_id, problems.project_name, '未填')
    || '),不计入问题销号率;请填项目编号' as message
from problems
left join projects on projects.project_id = problems.project_id
where projects.project_id is null
order by problem_id
