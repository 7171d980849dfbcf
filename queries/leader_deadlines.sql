-- question: 每位领导最急的几个节点是哪些?
-- row: one known node not yet done, among the most urgent of one person in one role
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $project VARCHAR = null · 范围,null 为全部
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
    select project_id, project_name
    from scoped_project($region, $district, $leader, $level, $kind, $campaign, $project)
),

pending as (
    select
        person as leader, role, project.project_id, project_name, node, due_date, due_basis, light, workdays_left,
        sequence
    from node_light
    inner join project on project.project_id = node_light.project_id
    inner join project_person on project_person.project_id = project.project_id
    where known and state in ('running', 'waiting') and light <> 'stopped' and due_date is not null
        and ($role is null or role = $role)
),

ranked as (
    select
        *,
        row_number() over (partition by leader, role order by workdays_left, project_id, sequence) as urgency
    from pending
)

select leader, role, project_id, project_name, node, due_date, due_basis, light, workdays_left
from ranked
where urgency <= $per_leader
order by role, leader, urgency
