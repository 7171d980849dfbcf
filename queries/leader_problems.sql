-- question: 一位领导或服务员的项目有哪些问题还没有销号?
-- row: one open problem of a project of this person in this role, longest overdue first
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $project VARCHAR = null · 范围,null 为全部
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
with project as (
    select project_id, project_name
    from scoped_project($region, $district, $leader, $level, $kind, $campaign, $project)
),

today_index as (
    select next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
)

select
    problem_id, project.project_id, project.project_name, problem, responsible_unit, raised_date, promised_date,
    (case when overdue then next_today - promised.workday_index end)::integer as overdue_workdays
from problem_state
inner join project on project.project_id = problem_state.project_id
inner join project_person on project_person.project_id = project.project_id
cross join today_index
left join calendar as promised on promised.day = promised_date
where not closed and role = $role and ($person is null or person = $person)
order by overdue_workdays desc nulls last, promised_date nulls last, problem_id
