-- question: 哪些项目不走道,哪些进展慢?
-- row: one project neither finished nor stopped that stands still or loses float, the longest still first
-- 不走道 (standing): no row about it in 项目, 节点, 问题 or 需求 said anything new for $days. 进展慢 (slow): something
--  was said, yet its float has fallen since the snapshot $days ago. Without a snapshot that old only what is known
--  of the days since the first one counts. Source: domain.md §6.
-- params:
--   $as_of DATE = today · 状态日期
--   $days INTEGER = 14 · 几天(自然日)没有变化算不走道;时差和几天前比
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   accountable_leader VARCHAR · 负责领导
--   kind VARCHAR · standing 不走道,slow 进展慢
--   unchanged_since DATE · 从哪天的快照起台账没有再变
--   unchanged_days INTEGER · 到状态日期有几天没有变化
--   float_since DATE · 时差和哪天的快照比;没有那么早的快照为 null
--   float_change_workdays INTEGER · 时差变化,工作日;负数为又损失几天
--   float_workdays INTEGER · 现在的最小时差,工作日
--   light VARCHAR · 项目亮灯
--   light_node VARCHAR · 造成亮灯的节点
with last_change as (
    select project_id, max(day) as unchanged_since
    from past_mark
    cross join status_date
    where day <= as_of
    group by project_id
),

measured as (
    select
        project.*,
        unchanged_since,
        (as_of - unchanged_since)::integer as unchanged_days,
        since as float_since,
        project.float_workdays - before_project.float_workdays as float_change_workdays
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    ) as project
    cross join status_date
    cross join before_day
    left join last_change on last_change.project_id = project.project_id
    left join before_project on before_project.project_id = project.project_id
    where not project.finished and not project.stopped
)

select
    project_id, project_name, region, accountable_leader,
    if(unchanged_days >= $days, 'standing', 'slow') as kind,
    unchanged_since, unchanged_days, float_since, float_change_workdays, float_workdays, light, light_node
from measured
where unchanged_days >= $days or float_change_workdays < 0
order by kind = 'slow', unchanged_days desc, float_change_workdays nulls last, project_row
