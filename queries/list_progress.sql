-- question: 每个项目投资、手续和形象进度到哪里了?
-- row: one project, the least share of its annual plan first
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   light VARCHAR · 亮灯
--   project_name VARCHAR · 项目名称
--   project_id VARCHAR · 项目编号
--   region VARCHAR · 县区/园区
--   level VARCHAR · 层级
--   kind VARCHAR · 建设性质
--   accountable_leader VARCHAR · 包保领导
--   started_or_resumed BOOLEAN · 已开复工
--   total_investment_yuan BIGINT · 总投资,元
--   annual_plan_yuan BIGINT · 年度计划,元
--   invested_this_year_yuan BIGINT · 本年完成,元
--   invested_ratio DOUBLE · 完成率;本年完成 / 年度计划,没有计划为 null
--   invested_total_yuan BIGINT · 累计完成,元
--   funds_received_yuan BIGINT · 到位资金,元
--   procedures_due BIGINT · 应办手续,项;没有报手续为 null
--   procedures_done BIGINT · 已办手续,项;没有报手续为 null
--   progress_text VARCHAR · 进展情况
--   goal_text VARCHAR · 年度目标
--   current_node VARCHAR · 当前节点
--   current_department VARCHAR · 在谁手里;当前节点的责任部门
--   planned_finish DATE · 计划竣工
--   actual_finish DATE · 实际竣工
--   last_reported_date DATE · 最近报送
--   owner VARCHAR · 企业/业主
--   responsible_unit VARCHAR · 责任单位
with project as (
    select *, invested_this_year_yuan / nullif(annual_plan_yuan, 0) as invested_ratio
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
)

select
    light, project.project_name, project.project_id, project.region, project.level, project.kind,
    project.accountable_leader, started_or_resumed, project.total_investment_yuan, project.annual_plan_yuan,
    project.invested_this_year_yuan, invested_ratio, project.invested_total_yuan, project.funds_received_yuan,
    if(procedures_reported, procedures_due, null) as procedures_due,
    if(procedures_reported, procedures_done, null) as procedures_done,
    progress_text, goal_text, current_node, current_department,
    project.planned_finish, project.actual_finish, last_reported_date, project.owner, project.responsible_unit
from project
inner join projects on projects.project_id = project.project_id
order by invested_ratio nulls last, project_row
