-- question: 会议和督办交了哪些任务,谁负责,用什么措施,完成了吗?
-- row: one task, open ones first, the longest overdue at the top
-- params:
--   $as_of DATE = today · 状态日期
--   $leader VARCHAR = null · 牵头领导,null 为全部
-- columns:
--   task VARCHAR · 任务
--   task_id VARCHAR · 任务编号
--   lead_leader VARCHAR · 牵头领导
--   department VARCHAR · 责任部门
--   measure VARCHAR · 推进措施
--   due_date DATE · 完成时限
--   workdays_left INTEGER · 剩余工作日;负数为逾期,已完成为 null
--   done BOOLEAN · 已完成
--   done_date DATE · 完成日期
--   status VARCHAR · 状态
--   origin VARCHAR · 来源
--   note VARCHAR · 备注
select
    task, task_id, lead_leader, department, measure, due_date, workdays_left, done, done_date, status, origin, note
from task_state
where $leader is null or lead_leader = $leader
order by done, due_date nulls last, task_id
