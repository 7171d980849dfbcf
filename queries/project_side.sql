-- question: 挂图旁和投屏上的一个项目:卡在哪、在谁手里、赶不赶得上、有哪两条出路?
-- row: the project; no row when there is none of this number
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 所在县区或园区
--   kind VARCHAR · 建设性质
--   level VARCHAR · 层级
--   total_investment_yuan BIGINT · 总投资,元
--   accountable_leader VARCHAR · 负总责的一位领导
--   chief_officer VARCHAR · 首席服务员
--   officer_visits BIGINT · 首席服务员本月到本项目的次数
--   responsible_unit VARCHAR · 责任单位
--   problems_raised BIGINT · 问题,个
--   open_problems VARCHAR[] · 每个未销号问题的类别
--   light VARCHAR · 亮灯
--   light_node VARCHAR · 造成亮灯的节点
--   light_due_date DATE · 该节点的应办结日
--   light_due_basis VARCHAR · 应办结日的依据
--   workdays_left INTEGER · 该节点剩余工作日;负数为逾期
--   current_node VARCHAR · 当前节点
--   current_department VARCHAR · 当前节点的责任部门
--   phase VARCHAR · start 开工前,construction 建设期
--   template VARCHAR · 所用模板
--   target_date DATE · 目标日
--   target_basis VARCHAR · 目标日的来历
--   forecast_finish DATE · 预计完成日
--   float_workdays INTEGER · 最小时差,工作日;负数为已损失
--   late_workdays INTEGER · 晚于目标的工作日;赶得上为 null
--   critical_chain VARCHAR[] · 关键线路,按先后
--   shrinks STRUCT(node VARCHAR, from_workdays INTEGER, to_workdays INTEGER)[] · 出路一:压缩哪些节点,工作日
--   reachable_date DATE · 出路二:能赶上的日期
--   unscheduled_reason VARCHAR · 排不出工期的原因
with open_problem as (
    select list(coalesce(category, '未分类') order by problem_id) as kinds
    from problem_light
    where project_id = $project and not closed
),

visitor as (
    select list(visitor) as names
    from visits
    where project_id = $project and visit_date between date_trunc('month', $as_of) and $as_of
)

select
    measure.project_id, project_name, region, kind, level, total_investment_yuan, accountable_leader, chief_officer,
    coalesce(len(list_filter(visitor.names, lambda name: name = chief_officer)), 0) as officer_visits,
    responsible_unit, problems_raised,
    open_problem.kinds as open_problems,
    light, light_node, light_due_date, light_due_basis, workdays_left, current_node, current_department,
    measure.phase, template, measure.target_date, measure.target_basis, measure.forecast_finish,
    measure.float_workdays, measure.late_workdays, critical_chain, shrinks, reachable_date,
    measure.unscheduled_reason
from project_measure as measure
inner join schedule_project as schedule on schedule.project_id = $project
cross join open_problem
cross join visitor
where measure.project_id = $project
