-- question: 范围内有哪些项目,各是什么情况?
-- row: one project, the gravest light first
-- project_measure stands in this order: it is not sorted again.
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   light VARCHAR · 亮灯
--   project_name VARCHAR · 项目名称
--   project_id VARCHAR · 项目编号
--   region VARCHAR · 县区/园区
--   district VARCHAR · 片区
--   level VARCHAR · 层级
--   kind VARCHAR · 建设性质
--   accountable_leader VARCHAR · 包保领导
--   light_node VARCHAR · 卡在;造成亮灯的节点,灰灯为 null
--   light_due_date DATE · 应办结;该节点的应办结日
--   light_due_basis VARCHAR · 依据;应办结日是哪一种日子
--   workdays_left INTEGER · 剩余工作日;负数为逾期
--   current_node VARCHAR · 当前节点
--   current_department VARCHAR · 在谁手里;当前节点的责任部门
--   float_workdays INTEGER · 时差,工作日;负数为已损失
--   target_date DATE · 目标日;倒排的目标日
--   forecast_finish DATE · 预计完成;排出的预计完成日
--   late_workdays INTEGER · 预计晚,工作日;晚于目标的工作日
--   total_investment_yuan BIGINT · 总投资,元
--   annual_plan_yuan BIGINT · 年度计划,元
--   invested_this_year_yuan BIGINT · 本年完成,元
--   planned_start DATE · 计划开工
--   actual_start DATE · 实际开工
--   planned_finish DATE · 计划竣工
--   actual_finish DATE · 实际竣工
--   procedures_due BIGINT · 应办手续,项;没有报手续为 null
--   procedures_done BIGINT · 已办手续,项;没有报手续为 null
--   problems_open BIGINT · 未销号问题,个
--   needs_open BIGINT · 未解决需求,项
--   owner VARCHAR · 企业/业主
--   responsible_unit VARCHAR · 责任单位
--   chief_officer VARCHAR · 首席服务员
--   promoter VARCHAR · 推进专员
--   campaign VARCHAR · 专项行动
select
    light, project_name, project_id, region, district, level, kind, accountable_leader, light_node, light_due_date,
    light_due_basis, workdays_left, current_node, current_department, float_workdays, target_date, forecast_finish,
    late_workdays, total_investment_yuan, annual_plan_yuan, invested_this_year_yuan, planned_start, actual_start,
    planned_finish, actual_finish,
    if(procedures_reported, procedures_due, null) as procedures_due,
    if(procedures_reported, procedures_done, null) as procedures_done,
    problems_raised - problems_closed as problems_open, needs_open, owner, responsible_unit, chief_officer,
    promoter, campaign
from scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
)
