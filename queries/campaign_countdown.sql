-- question: 专项行动里还没有开工的项目,离目标日各还有几个工作日,卡在哪里?
-- row: one project of the campaign neither started nor resumed, the least time left first
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区/园区
--   accountable_leader VARCHAR · 包保领导
--   light VARCHAR · 亮灯
--   stated_start DATE · 专项目标,否则计划开工;没有为 null
--   workdays_left INTEGER · 到那天还有几个工作日;负数为已过
--   float_workdays INTEGER · 时差,工作日;负数为已损失
--   current_node VARCHAR · 正在办的节点
--   current_department VARCHAR · 在哪个部门
--   procedures_due BIGINT · 应办手续,项
--   procedures_done BIGINT · 办结手续,项
with today_index as (
    select workday_index as today, next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
),

waiting as (
    select *, coalesce(campaign_target_date, planned_start) as stated_start
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
    where not started_or_resumed
)

select
    project_id, project_name, region, accountable_leader, light, stated_start,
    workdays_until(workday_index, today, next_today) as workdays_left, float_workdays, current_node,
    current_department, procedures_due, procedures_done
from waiting
cross join today_index
left join calendar on calendar.day = stated_start
order by workdays_left nulls last, float_workdays nulls last, project_id
