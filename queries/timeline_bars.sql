-- question: 这一屏项目的节点各从哪天到哪天,最迟哪天办结,亮什么灯?
-- row: one node of one of the projects asked for
-- params:
--   $as_of DATE = today · 状态日期
--   $projects VARCHAR[] · 项目编号
-- columns:
--   project_id VARCHAR · 项目编号
--   node VARCHAR · 节点
--   sequence INTEGER · 先后
--   light VARCHAR · 亮灯
--   start_date DATE · 实际受理,没有则最早开始
--   finish_date DATE · 实际办结,没有则最早完成
--   latest_start DATE · 最迟开始
--   latest_finish DATE · 最迟完成
--   due_date DATE · 应办结日
--   due_basis VARCHAR · 应办结日的依据
--   workdays_left INTEGER · 剩余工作日;负数为逾期
--   float_workdays INTEGER · 时差,工作日
--   critical BOOLEAN · 在关键线路上
--   reported BOOLEAN · 台账里有这个节点
--   state VARCHAR · done running waiting not_applicable unreported
--   done_late_days INTEGER · 超期办结的工作日;按期为 0,未办结为 null
with wanted as (
    select project_row
    from project_status
    where list_contains($projects, project_id)
)

select
    project_id, node::varchar as node, sequence, light::varchar as light,
    coalesce(accepted_date, earliest_start, actual_finish) as start_date,
    coalesce(actual_finish, earliest_finish) as finish_date,
    latest_start, latest_finish, due_date, due_basis::varchar as due_basis, workdays_left, float_workdays, critical,
    reported, state::varchar as state,
    done_late_days
from node_light
semi join wanted on wanted.project_row = node_light.project_row
order by project_row, sequence, node
