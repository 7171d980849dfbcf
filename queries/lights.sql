-- question: 每个节点亮什么灯,应哪天办结,是哪一种日子?
-- row: one node of one project
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $project VARCHAR = null · 范围,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   node VARCHAR · 节点
--   light VARCHAR · grey green blue yellow red stopped
--   due_date DATE · 应办结日
--   due_basis VARCHAR · 批准延期、承诺、计划、倒排或法定
--   workdays_left INTEGER · 剩余工作日;负数为逾期
--   done_late_days INTEGER · 超期办结的工作日;按期为 0,未办结为 null
--   state VARCHAR · done running waiting not_applicable unreported
--   department VARCHAR · 责任部门
--   word VARCHAR · 灯的文字
--   shape VARCHAR · 灯的形状
with project as (
    select project_row
    from scoped_project($region, $district, $leader, $level, $kind, $campaign, $project)
)

select
    project_id, node, light, due_date, due_basis, workdays_left, done_late_days, state, department, word, shape
from node_light
semi join project on project.project_row = node_light.project_row
order by project_row, sequence, node
