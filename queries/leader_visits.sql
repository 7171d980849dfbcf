-- question: 一位领导或服务员本月到过哪些项目?
-- row: one visit in the month of the status date, newest first
-- params:
--   $as_of DATE = today · 状态日期
--   $person VARCHAR = null · 姓名,null 为全部
-- columns:
--   visit_date DATE · 日期
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称;不在项目台账时为项目编号
--   matter VARCHAR · 事项
--   result VARCHAR · 结果
select
    visit_date, visits.project_id, coalesce(project_name, visits.project_id) as project_name, matter, result
from visits
cross join status_date
left join project_status on project_status.project_id = visits.project_id
where ($person is null or visitor = $person)
    and visit_date between date_trunc('month', as_of)::date and as_of
order by visit_date desc, project_id
