-- question: 哪些节点是容缺、承诺制办理的,补齐了吗,离补齐期限还有几个工作日?
-- row: one node done on a promise, those not yet made up first, the most overdue at the top
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   light VARCHAR · 补齐;按补齐期限亮的灯
--   project_name VARCHAR · 项目名称
--   project_id VARCHAR · 项目编号
--   region VARCHAR · 县区/园区
--   accountable_leader VARCHAR · 包保领导
--   node VARCHAR · 节点
--   department VARCHAR · 责任部门
--   deferred VARCHAR · 容缺/承诺制
--   deferred_due DATE · 补齐期限
--   workdays_left INTEGER · 剩余工作日;负数为逾期,已补齐为 null
--   word VARCHAR · 情况
--   made_up BOOLEAN · 已补齐
--   made_up_date DATE · 补齐日期
--   done_late_days INTEGER · 超期,工作日;按期为 0,未补齐为 null
--   actual_finish DATE · 办结日期
--   owner VARCHAR · 企业/业主
select
    deferred_node.light, project_name, project.project_id, region, accountable_leader, node, department, deferred,
    deferred_due, deferred_node.workdays_left, word, made_up, made_up_date, done_late_days,
    deferred_node.actual_finish, owner
from deferred_node
inner join scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
) as project
    on project.project_row = deferred_node.project_row
order by made_up, deferred_due nulls last, project.project_row, sequence, node
