-- question: 这一屏的项目在那一天亮什么灯,预计哪天完成?
-- row: one of the projects asked for that the day's snapshot has
-- params:
--   $as_of DATE = today · 用来比较的那一天
--   $projects VARCHAR[] · 项目编号
-- columns:
--   project_id VARCHAR · 项目编号
--   light VARCHAR · 当时的项目亮灯
--   target_date DATE · 当时的目标日
--   forecast_finish DATE · 当时的预计完成日
--   float_workdays INTEGER · 当时的最小时差,工作日;负数为已损失
select project_id, light, target_date, forecast_finish, float_workdays
from project_measure
where list_contains($projects, project_id)
order by project_row
