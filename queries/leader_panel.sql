-- question: 每位领导、服务员手上有多少项目和线索,亮什么灯,开工率多少?
-- row: one person in one role
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $role VARCHAR = null {包保领导, 首席服务员, 推进专员} · 角色,null 为全部
-- columns:
--   leader VARCHAR · 姓名
--   role VARCHAR · 包保领导、首席服务员或推进专员
--   projects BIGINT · 项目,个
--   leads BIGINT · 线索,条;只有包保领导有
--   red BIGINT · 红灯项目,个
--   yellow BIGINT · 黄灯项目,个
--   blue BIGINT · 蓝灯项目,个
--   green BIGINT · 绿灯项目,个
--   start_ratio DOUBLE · 开复工率(年度清单);没有项目为 null
--   next_due_date DATE · 最近的应办结日
--   must_start_today BIGINT · 今天必须启动的节点,项
--   visits_this_month BIGINT · 本月走访,次
--   grey BIGINT · 灰灯项目,个
--   stopped BIGINT · 停工项目,个
--   started BIGINT · 已开复工,个
--   problems_open BIGINT · 未销号问题,个
--   needs_open BIGINT · 未解决需求,项
--   cutoff DATE · 数据截止日期,不晚于状态日期
with held as (
    select role, person, project.*
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    ) as project
    inner join project_person on project_person.project_row = project.project_row
),

project_tally as (
    select
        person, role,
        count(*) as projects,
        count(*) filter (light = 'red') as red,
        count(*) filter (light = 'yellow') as yellow,
        count(*) filter (light = 'blue') as blue,
        count(*) filter (light = 'green') as green,
        count(*) filter (light = 'grey') as grey,
        count(*) filter (light = 'stopped') as stopped,
        count(*) filter (started_or_resumed) as started,
        min(next_due_date) as next_due_date,
        sum(must_start_today)::bigint as must_start_today,
        sum(problems_raised - problems_closed)::bigint as problems_open,
        sum(needs_open)::bigint as needs_open
    from held
    group by person, role
),

lead_tally as (
    select lead_leader.leader as person, '包保领导' as role, count(*) as leads
    from lead_leader
    inner join leads on leads.lead_id = lead_leader.lead_id
    where coalesce($district, $level, $kind, $campaign, $project) is null
        and ($region is null or leads.region = $region)
        and ($leader is null or lead_leader.leader = $leader)
    group by lead_leader.leader
),

panel as (
    select coalesce(project_tally.person, lead_tally.person) as leader,
        coalesce(project_tally.role, lead_tally.role) as role,
        project_tally.* exclude (person, role), leads
    from project_tally
    full outer join lead_tally on lead_tally.person = project_tally.person and lead_tally.role = project_tally.role
)

select
    leader, role, coalesce(projects, 0) as projects, coalesce(leads, 0) as leads,
    coalesce(red, 0) as red, coalesce(yellow, 0) as yellow, coalesce(blue, 0) as blue, coalesce(green, 0) as green,
    started / nullif(projects, 0) as start_ratio, next_due_date, coalesce(must_start_today, 0) as must_start_today,
    coalesce(visits_this_month, 0) as visits_this_month, coalesce(grey, 0) as grey, coalesce(stopped, 0) as stopped,
    coalesce(started, 0) as started, coalesce(problems_open, 0) as problems_open,
    coalesce(needs_open, 0) as needs_open, cutoff
from panel
cross join status_date
left join visit_count on visit_count.person = panel.leader
where $role is null or role = $role
order by role, red desc, yellow desc, projects desc, leader
