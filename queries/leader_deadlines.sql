-- question: 每位领导最急的几个节点是哪些?
-- row: one known node not yet done, among the most urgent of one person in one role
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $role VARCHAR = null {包保领导, 首席服务员, 推进专员} · 角色,null 为全部
--   $per_leader INTEGER = 3 · 每人最多几行
-- columns:
--   leader VARCHAR · 姓名
--   role VARCHAR · 角色
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   node VARCHAR · 节点
--   due_date DATE · 应办结日
--   due_basis VARCHAR · 应办结日的依据
--   light VARCHAR · 亮灯
--   workdays_left INTEGER · 剩余工作日;负数为逾期
with project as (
    select project_row, project_id, project_name
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

-- urgency, project and node in one number: the smallest few of a person are the most urgent
keyed as (
    select
        person,
        role,
        (workdays_left + 50000)::bigint * 10000000000000 + pending_node.project_row::bigint * 10000 + sequence as key
    from pending_node
    inner join project on project.project_row = pending_node.project_row
    inner join project_person on project_person.project_row = pending_node.project_row
    where urgency <= $per_leader and ($role is null or role = $role)
),

urgent as (
    select person, role, unnest(keys) as key
    from (select person, role, min(key, greatest($per_leader, 1)) as keys from keyed group by person, role)
    where $per_leader > 0
)

select
    person as leader, role, project_id, project_name, node, due_date, due_basis, light, workdays_left
from urgent
inner join pending_node
    on pending_node.project_row = key % 10000000000000 // 10000 and pending_node.sequence = key % 10000
inner join project on project.project_row = pending_node.project_row
order by role, person, key
