-- question: 一位领导或服务员的项目有哪些问题还没有销号?
-- row: one open problem of a project of this person in this role, longest overdue first
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $role VARCHAR = 包保领导 {包保领导, 首席服务员, 推进专员} · 角色
--   $person VARCHAR = null · 姓名,null 为全部
-- columns:
--   problem_id VARCHAR · 问题编号
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   problem VARCHAR · 问题
--   responsible_unit VARCHAR · 责任单位
--   raised_date DATE · 提出日期
--   promised_date DATE · 承诺解决
--   overdue_workdays INTEGER · 超过承诺解决日的工作日;未到期或未承诺为 null
--   light VARCHAR · 亮灯
--   word VARCHAR · 灯的文字
--   shape VARCHAR · 灯的形状
--   due_date DATE · 应解决日:承诺解决
--   due_basis VARCHAR · 应解决日的依据;没有应解决日为 null
--   workdays_left INTEGER · 剩余工作日;负数为逾期,已销号为 null
with project as (
    select project_id, project_name
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
)

select
    problem_id, project.project_id, project.project_name, problem, responsible_unit, raised_date, promised_date,
    (case when overdue then -workdays_left end)::integer as overdue_workdays,
    light, word, shape, due_date, due_basis, workdays_left
from problem_light
inner join project on project.project_id = problem_light.project_id
inner join project_person on project_person.project_id = project.project_id
where not closed and role = $role and ($person is null or person = $person)
order by overdue_workdays desc nulls last, promised_date nulls last, problem_id
