-- question: 一个项目有哪些要素需求,解决了吗?
-- row: one need of the project
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   factor VARCHAR · 要素
--   need VARCHAR · 需求
--   quantity DOUBLE · 数量,单位见 quantity_unit
--   quantity_unit VARCHAR · 数量的单位
--   provider VARCHAR · 提供部门
--   needed_date DATE · 需要日期
--   solved_date DATE · 解决日期
--   solved BOOLEAN · 已解决
--   note VARCHAR · 备注
--   light VARCHAR · 亮灯
--   word VARCHAR · 灯的文字
--   shape VARCHAR · 灯的形状
--   due_date DATE · 应解决日:需要日期
--   due_basis VARCHAR · 应解决日的依据;没有应解决日为 null
--   workdays_left INTEGER · 剩余工作日;负数为逾期,已解决为 null
--   done_late_days INTEGER · 超期解决的工作日;按期为 0,未解决为 null
select
    factor, need, quantity, quantity_unit, provider, needed_date, solved_date,
    solved, note, light, word, shape, due_date, due_basis, workdays_left, done_late_days
from need_light
where project_id = $project
order by solved, needed_date nulls last, factor, need
