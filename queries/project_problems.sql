-- question: 一个项目有哪些问题,解决了吗?
-- row: one problem of the project
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   problem_id VARCHAR · 问题编号
--   category VARCHAR · 类别
--   problem VARCHAR · 问题
--   raised_date DATE · 提出日期
--   raised_by VARCHAR · 提出单位
--   responsible_unit VARCHAR · 责任单位
--   responsible_person VARCHAR · 责任人
--   measure VARCHAR · 措施
--   promised_date DATE · 承诺解决
--   promised_date_text VARCHAR · 承诺解决的原文;就是日期时 null
--   closed_date DATE · 销号日期
--   confirmed_by VARCHAR · 销号确认人
--   escalated_to VARCHAR · 提级
--   closed BOOLEAN · 已销号
--   overdue BOOLEAN · 过了承诺解决日仍未销号
--   note VARCHAR · 备注
--   light VARCHAR · 亮灯
--   word VARCHAR · 灯的文字
--   shape VARCHAR · 灯的形状
--   due_date DATE · 应解决日:承诺解决
--   due_basis VARCHAR · 应解决日的依据;没有应解决日为 null
--   workdays_left INTEGER · 剩余工作日;负数为逾期,已销号为 null
--   done_late_days INTEGER · 超期销号的工作日;按期为 0,未销号为 null
select
    problem_id, category, problem, raised_date, raised_by, responsible_unit, responsible_person, measure,
    promised_date, promised_date_text, closed_date, confirmed_by, escalated_to, closed,
    coalesce(overdue, false) as overdue, note,
    light, word, shape, due_date, due_basis, workdays_left, done_late_days
from problem_light
where project_id = $project
order by closed, promised_date nulls last, problem_id
