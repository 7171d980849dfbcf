-- question: 预测从哪里出发:哪些应办手续还没有办结?
-- row: one reported procedure of one project that is due and not done
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   node VARCHAR · 手续
--   due_date DATE · 应办结日;没有为 null
select project_id, node::varchar as node, due_date
from scoped_node(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
)
where reported and is_procedure and state not in ('done', 'not_applicable')
order by project_row, sequence, node
