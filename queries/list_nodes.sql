-- question: 哪些节点快到期,哪些已经逾期,哪些手续还没有办结?
-- row: one known node of one project not yet done, the most overdue first
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $which VARCHAR = due {due, overdue, open} · due 今天起三个工作日内到期,overdue 已逾期,open 应办而未办结的手续
-- columns:
--   light ENUM · 亮灯
--   project_name VARCHAR · 项目名称
--   project_id VARCHAR · 项目编号
--   region VARCHAR · 县区/园区
--   accountable_leader VARCHAR · 包保领导
--   node ENUM · 节点
--   department ENUM · 责任部门
--   due_date DATE · 应办结
--   due_basis ENUM · 依据;应办结日是哪一种日子
--   workdays_left INTEGER · 剩余工作日;负数为逾期
--   state ENUM · 状态
--   accepted_date DATE · 受理日期
--   duration_workdays INTEGER · 工期,工作日
--   latest_finish DATE · 最迟完成;倒排的最迟完成日
--   float_workdays INTEGER · 时差,工作日;负数为已损失
--   critical BOOLEAN · 关键
--   approval_level VARCHAR · 办理层级
--   level VARCHAR · 层级
--   note VARCHAR · 备注
with project as (
    select project_row, project_id, project_name, region, accountable_leader, level
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
)

select
    light, project_name, project.project_id, region, accountable_leader, node, department, due_date, due_basis,
    workdays_left, state, accepted_date, duration_workdays, latest_finish, float_workdays, critical, approval_level,
    level, note
from node_light
inner join project on project.project_row = node_light.project_row
where case $which
    when 'overdue' then light = 'red'
    when 'open' then reported and is_procedure and state in ('running', 'waiting')
    else light in ('blue', 'yellow', 'grey') and known and workdays_left between 0 and 3
end
order by workdays_left, project.project_row, sequence
