-- question: 谁在哪天到过这个项目,办了什么?
-- row: one visit, newest first
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   visit_date DATE · 日期
--   visitor VARCHAR · 领导或服务员
--   matter VARCHAR · 事项
--   result VARCHAR · 结果
--   note VARCHAR · 备注
select visit_date, visitor, matter, result, note
from visits
cross join status_date
where project_id = $project and visit_date <= as_of
order by visit_date desc, visitor
