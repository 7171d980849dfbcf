-- question: 企业有哪些要素需求,谁提供,解决了吗?
-- row: one need, open ones first
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   light VARCHAR · 亮灯
--   project_name VARCHAR · 项目名称
--   project_id VARCHAR · 项目编号
--   region VARCHAR · 县区/园区
--   accountable_leader VARCHAR · 包保领导
--   factor VARCHAR · 要素
--   need VARCHAR · 需求
--   quantity DOUBLE · 数量
--   quantity_unit VARCHAR · 单位
--   provider VARCHAR · 提供部门
--   needed_date DATE · 需要日期
--   workdays_left INTEGER · 剩余工作日;负数为逾期,已解决为 null
--   solved BOOLEAN · 已解决
--   solved_date DATE · 解决日期
--   done_late_days INTEGER · 超期,工作日;按期为 0,未解决为 null
--   owner VARCHAR · 企业/业主
--   note VARCHAR · 备注
select
    need_light.light, project_name, need_light.project_id, region, accountable_leader, factor, need, quantity,
    quantity_unit, provider, needed_date, need_light.workdays_left, solved, solved_date, done_late_days, owner, note
from need_light
inner join scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
) as project
    on project.project_id = need_light.project_id
order by solved, needed_date nulls last, need_light.project_id, factor, need
