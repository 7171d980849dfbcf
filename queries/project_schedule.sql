-- question: 一个项目的目标日赶得上吗,卡在哪条线上,有哪两条出路?
-- row: the project
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   project_id VARCHAR · 项目编号
--   phase VARCHAR · start 开工前,construction 建设期
--   template VARCHAR · 所用模板
--   target_date DATE · 目标日
--   target_basis VARCHAR · 目标日的来历
--   forecast_finish DATE · 预计完成日
--   float_workdays INTEGER · 最小时差,工作日
--   late_workdays INTEGER · 晚于目标的工作日;赶得上为 null
--   critical_chain VARCHAR[] · 关键线路,按先后
--   shrinks STRUCT(node VARCHAR, from_workdays INTEGER, to_workdays INTEGER)[] · 出路一:压缩哪些节点,工作日
--   reachable_date DATE · 出路二:能赶上的日期
--   unscheduled_reason VARCHAR · 排不出工期的原因
select
    project_id, phase, template, target_date, target_basis, forecast_finish, float_workdays, late_workdays,
    critical_chain, shrinks, reachable_date, unscheduled_reason
from schedule_project
where project_id = $project
