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
select
    factor, need, quantity, quantity_unit, provider, needed_date, solved_date,
    coalesce(solved_date <= as_of, false) as solved, note
from needs
cross join status_date
where project_id = $project
order by solved, needed_date nulls last, factor, need
