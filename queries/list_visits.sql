-- question: 谁在哪天到过哪些项目,办了什么?
-- row: one visit up to the status date, newest first
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   visit_date DATE · 走访日期
--   visitor VARCHAR · 走访人
--   project_name VARCHAR · 项目名称
--   project_id VARCHAR · 项目编号
--   region VARCHAR · 县区/园区
--   accountable_leader VARCHAR · 包保领导
--   matter VARCHAR · 事项
--   result VARCHAR · 结果
--   light VARCHAR · 亮灯;项目现在的灯
--   note VARCHAR · 备注
select
    visit_date, visitor, project_name, visits.project_id, region, accountable_leader, matter, result, light, note
from visits
cross join status_date
inner join scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
) as project
    on project.project_id = visits.project_id
where visit_date <= status_date.as_of
order by visit_date desc, visitor, visits.project_id
