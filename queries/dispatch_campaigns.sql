-- question: 各专项行动的项目开工了几个,离目标日还有几天?
-- row: one campaign of the ledger, the one whose day comes first at the top
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   campaign VARCHAR · 专项行动
--   projects BIGINT · 项目,个
--   started BIGINT · 已开复工,个
--   red BIGINT · 红灯项目,个
--   target_date DATE · 专项目标日中最晚的一天;台账没有写为 null
--   workdays_left INTEGER · 到那天还有几个工作日;负数为已过
with today_index as (
    select workday_index as today, next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
),

tally as (
    select
        project.campaign,
        count(*) as projects,
        count(*) filter (started_or_resumed) as started,
        count(*) filter (light = 'red') as red,
        max(campaign_target_date) as target_date
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    ) as project
    where project.campaign is not null
    group by project.campaign
)

select
    campaign, projects, started, red, target_date,
    workdays_until(due.workday_index, today, next_today) as workdays_left
from tally
cross join today_index
left join calendar as due on due.day = target_date
order by target_date nulls last, campaign
