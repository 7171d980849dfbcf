-- question: 预测从哪里出发:每个项目现在到了哪一步,自己说哪天到下一步?
-- row: one project
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区/园区
--   accountable_leader VARCHAR · 包保领导
--   kind_class VARCHAR · 新建、续建或前期
--   started_or_resumed BOOLEAN · 已开复工
--   stated_start DATE · 自己说的开工日:专项目标,否则计划开工
--   actual_start DATE · 实际开工
--   finish_planned BOOLEAN · 本年计划竣工
--   finished BOOLEAN · 已竣工
--   planned_finish DATE · 计划竣工
--   actual_finish DATE · 实际竣工
--   invested_this_year_yuan BIGINT · 本年完成投资,元
--   annual_plan_yuan BIGINT · 年度计划投资,元
--   current_node VARCHAR · 正在办的节点
--   current_department VARCHAR · 在哪个部门
--   float_workdays INTEGER · 时差,工作日
select
    project_id, project_name, region, accountable_leader, kind_class, started_or_resumed,
    coalesce(campaign_target_date, planned_start) as stated_start, actual_start, finish_planned, finished,
    planned_finish, actual_finish, invested_this_year_yuan, annual_plan_yuan, current_node, current_department,
    float_workdays
from scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
)
order by project_row
