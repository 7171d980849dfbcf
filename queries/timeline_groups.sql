-- question: 挂图按县区或领导分组,每组几个项目,各亮几盏灯?
-- row: one group, in the order of the wall; one row for the whole scope when it is not grouped
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $by VARCHAR = all {all, region, leader} · 分组
-- columns:
--   group VARCHAR · 县区、园区或领导;没有负责领导的一组和不分组时为 null
--   projects BIGINT · 项目数
--   red BIGINT · 红灯项目数
--   yellow BIGINT · 黄灯项目数
--   blue BIGINT · 蓝灯项目数
--   green BIGINT · 绿灯项目数
--   grey BIGINT · 灰灯项目数
--   stopped BIGINT · 停的项目数
--   lost BIGINT · 时差为负的项目数
with project as (
    select
        case $by when 'region' then region when 'leader' then accountable_leader end as group,
        light, float_workdays
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
)

select
    project.group,
    count(*) as projects,
    count(*) filter (light = 'red') as red,
    count(*) filter (light = 'yellow') as yellow,
    count(*) filter (light = 'blue') as blue,
    count(*) filter (light = 'green') as green,
    count(*) filter (light = 'grey') as grey,
    count(*) filter (light = 'stopped') as stopped,
    count(*) filter (float_workdays < 0) as lost
from project
group by project.group
order by coalesce(project.group, '~')
