-- question: 一个项目的每个节点办到哪一步?
-- row: one node of the project
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   node VARCHAR · 节点
--   sequence INTEGER · 先后
--   phase VARCHAR · start 开工前,construction 建设期
--   state VARCHAR · done running waiting not_applicable unreported
--   light VARCHAR · 亮灯
--   department VARCHAR · 责任部门
--   duration_workdays INTEGER · 工期,工作日
--   accepted_date DATE · 受理日期
--   promised_finish DATE · 承诺完成
--   statutory_finish DATE · 法定完成
--   actual_finish DATE · 实际完成
--   due_date DATE · 应办结日
--   due_basis VARCHAR · 应办结日的依据
--   workdays_left INTEGER · 剩余工作日;负数为逾期
--   done_late_days INTEGER · 超期办结的工作日
--   earliest_start DATE · 最早开始
--   earliest_finish DATE · 最早完成
--   latest_start DATE · 最迟开始
--   latest_finish DATE · 最迟完成
--   float_workdays INTEGER · 时差,工作日
--   critical BOOLEAN · 在关键线路上
--   predecessors VARCHAR[] · 须先办完的节点;未排工期为 null
--   must_start_today BOOLEAN · 今天必须启动
--   reported BOOLEAN · 台账里有这个节点
--   document_number VARCHAR · 文号
--   deferred VARCHAR · 容缺或承诺制
--   deferred_due DATE · 补齐期限
--   deferred_light VARCHAR · 按补齐期限亮的灯;没有容缺为 null
--   deferred_word VARCHAR · 容缺的情况
--   deferred_workdays_left INTEGER · 离补齐期限还有几个工作日;负数为逾期,已补齐为 null
--   made_up_date DATE · 补齐日期
with chosen as (
    select project_row from project_status where project_id = $project
),

promised as (
    select node, light, word, workdays_left, made_up_date
    from deferred_node
    where project_row = (select project_row from chosen)
),

linked as (
    select node, predecessors
    from schedule_node
    where project_id = $project
)

select
    node_light.node::varchar as node, node_light.sequence, phase::varchar as phase, state::varchar as state,
    node_light.light::varchar as light, node_light.department::varchar as department, duration_workdays,
    accepted_date, promised_finish, statutory_finish, actual_finish, due_date, due_basis::varchar as due_basis,
    node_light.workdays_left, node_light.done_late_days, earliest_start, earliest_finish, latest_start, latest_finish,
    float_workdays, critical, predecessors, must_start as must_start_today, reported, document_number,
    node_light.deferred, node_light.deferred_due,
    promised.light as deferred_light, promised.word as deferred_word,
    promised.workdays_left as deferred_workdays_left, promised.made_up_date
from node_light
left join linked on linked.node = node_light.node::varchar
left join promised on promised.node = node_light.node::varchar
where project_row = (select project_row from chosen)
order by node_light.sequence, node_light.node
