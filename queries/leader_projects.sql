-- question: 一位领导或服务员手上的项目各亮什么灯,卡在哪里?
-- row: one project of this person in this role, worst light first, then least float
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $role VARCHAR = 包保领导 {包保领导, 首席服务员, 推进专员} · 角色
--   $person VARCHAR = null · 姓名,null 为全部
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   kind VARCHAR · 建设性质
--   level VARCHAR · 层级
--   light VARCHAR · 项目亮灯
--   light_node VARCHAR · 造成亮灯的节点;灰灯为 null
--   light_due_date DATE · 该节点的应办结日
--   light_due_basis VARCHAR · 应办结日的依据
--   workdays_left INTEGER · 该节点剩余工作日;负数为逾期
--   current_node VARCHAR · 当前节点
--   current_department VARCHAR · 当前节点的责任部门
--   target_date DATE · 倒排的目标日
--   target_basis VARCHAR · 目标日的来历
--   float_workdays INTEGER · 最小时差,工作日;负数为已损失
--   unscheduled_reason VARCHAR · 排不出工期的原因
--   leader VARCHAR · 姓名
with project as (
    select *
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
)

select
    project.project_id, project_name, region, kind, level, light, light_node, light_due_date, light_due_basis,
    workdays_left, current_node, current_department, target_date, target_basis, float_workdays, unscheduled_reason,
    person as leader
from project
inner join project_person on project_person.project_id = project.project_id
where role = $role and ($person is null or person = $person)
order by severity, float_workdays nulls last, project.project_id
