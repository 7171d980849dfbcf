-- question: 每个节点亮什么灯,应哪天办结,是哪一种日子?
-- row: one node of one project
-- rows: long
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   node ENUM · 节点
--   light ENUM · grey green blue yellow red stopped
--   due_date DATE · 应办结日
--   due_basis ENUM · 批准延期、承诺、计划、倒排或法定
--   workdays_left INTEGER · 剩余工作日;负数为逾期
--   done_late_days INTEGER · 超期办结的工作日;按期为 0,未办结为 null
--   state ENUM · done running waiting not_applicable unreported
--   department ENUM · 责任部门
--   word ENUM · 灯的文字
--   shape ENUM · 灯的形状
select
    project_id, node, light, due_date, due_basis, workdays_left, done_late_days, state, department, word, shape
from scoped_node(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
)
