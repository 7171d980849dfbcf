-- question: 和比较的那天相比,每位领导、服务员手上的项目亮灯和开复工怎样变?
-- row: one person in one role, over the projects in this person's hands now
-- A project that wasn't in the earlier snapshot counts as neither red nor started then.
-- params:
--   $as_of DATE = today · 状态日期
--   $since DATE · 和哪天比较;用那天或之前最近的快照
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看现在亮这种灯的项目,null 为全部
--   $role VARCHAR = null {包保领导, 首席服务员, 推进专员} · 角色,null 为全部
-- columns:
--   since DATE · 和哪天的快照比较
--   leader VARCHAR · 姓名
--   role VARCHAR · 角色
--   projects BIGINT · 现在手上的项目,个
--   projects_before BIGINT · 其中那天已在清单的项目,个
--   red_before BIGINT · 其中那天的红灯项目,个
--   red BIGINT · 现在的红灯项目,个
--   started_before BIGINT · 其中那天已开复工,个
--   started BIGINT · 现在已开复工,个
with held as (
    select role, person, project_id, light, started_or_resumed
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    ) as project
    inner join project_person using (project_id)
)

select
    any_value(since) as since, person as leader, role,
    count(*) as projects, count(before_project.project_id) as projects_before,
    count(*) filter (before_project.light = 'red') as red_before, count(*) filter (held.light = 'red') as red,
    count(*) filter (before_project.started_or_resumed) as started_before,
    count(*) filter (held.started_or_resumed) as started
from held
left join before_project on before_project.project_id = held.project_id
cross join before_day
where $role is null or role = $role
group by person, role
order by role, person
