-- question: 项目按什么先后开工,哪些还没有开工?
-- row: one project that starts: not 续建, in the order of planned starts
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $state VARCHAR = all {all, not_started} · all 全部,not_started 未开工的
-- columns:
--   light VARCHAR · 亮灯
--   project_name VARCHAR · 项目名称
--   project_id VARCHAR · 项目编号
--   region VARCHAR · 县区/园区
--   level VARCHAR · 层级
--   kind VARCHAR · 建设性质
--   accountable_leader VARCHAR · 包保领导
--   planned_start DATE · 计划开工
--   started BOOLEAN · 已开工
--   actual_start DATE · 实际开工;重复申报的按首次
--   start_repeated BOOLEAN · 重复申报;重复申报开工,未计入,按首次报的日期计
--   overdue_days INTEGER · 开工已晚,天;过了计划开工仍未开工的日历日,已开工或未到期为 null
--   target_date DATE · 开工目标日;倒排的目标日,已进入建设期为 null
--   target_basis VARCHAR · 目标依据
--   forecast_start DATE · 预计开工;排出的预计开工日,已进入建设期为 null
--   late_workdays INTEGER · 预计晚,工作日;晚于目标的工作日
--   float_workdays INTEGER · 时差,工作日;负数为已损失
--   current_node VARCHAR · 当前节点
--   current_department VARCHAR · 在谁手里;当前节点的责任部门
--   procedures_due BIGINT · 应办手续,项;没有报手续为 null
--   procedures_done BIGINT · 已办手续,项;没有报手续为 null
--   total_investment_yuan BIGINT · 总投资,元
--   owner VARCHAR · 企业/业主
--   responsible_unit VARCHAR · 责任单位
select
    light, project_name, project_id, region, level, kind, accountable_leader, planned_start, started, actual_start,
    start_repeated,
    case when not started and planned_start < as_of then as_of - planned_start end::integer as overdue_days,
    case when phase = 'start' then target_date end as target_date,
    case when phase = 'start' then target_basis end as target_basis,
    case when phase = 'start' then forecast_finish end as forecast_start,
    case when phase = 'start' then late_workdays end as late_workdays,
    float_workdays, current_node, current_department,
    if(procedures_reported, procedures_due, null) as procedures_due,
    if(procedures_reported, procedures_done, null) as procedures_done,
    total_investment_yuan, owner, responsible_unit
from scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
)
cross join status_date
where kind_class is distinct from '续建' and ($state = 'all' or not started)
order by planned_start nulls last, project_row
