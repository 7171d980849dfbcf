-- question: 每个节点最早、最迟哪天开始和完成,有多少时差?
-- row: one node of one project's reverse schedule
-- rows: long
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   node ENUM · 节点
--   earliest_start DATE · 最早开始
--   earliest_finish DATE · 最早完成
--   latest_start DATE · 最迟开始;没有目标日为 null
--   latest_finish DATE · 最迟完成;没有目标日为 null
--   float_workdays INTEGER · 时差,工作日;负数为已损失
--   critical BOOLEAN · 在关键线路上
--   must_start_today BOOLEAN · 今天必须启动
--   reported BOOLEAN · 台账里有这个节点
--   phase ENUM · start 开工前,construction 建设期
select
    project_id, node, earliest_start, earliest_finish, latest_start, latest_finish, float_workdays, critical,
    must_start_today, reported, phase
from scoped_node(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
)
where phase is not null
