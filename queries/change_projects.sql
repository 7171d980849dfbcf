-- question: 和比较的那天相比,哪些项目变了?
-- row: one changed project, the gravest light first; one that is gone stands in the scope it had
--  Of severities red is 1 and yellow 2, no other is bad. Float and forecast move with every day: they are told, but
--  alone make no change.
-- params:
--   $as_of DATE = today · 状态日期
--   $since DATE · 和哪天比较;用那天或之前最近的快照
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看现在亮这种灯的项目,null 为全部
-- columns:
--   since DATE · 和哪天的快照比较
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   region_kind VARCHAR · 县区、园区或市直
--   accountable_leader VARCHAR · 负责领导
--   kind VARCHAR · added 新增,removed 退出,changed 有变化
--   light_before VARCHAR · 那天的亮灯;新增项目为 null
--   light VARCHAR · 现在的亮灯;退出项目为 null
--   light_node VARCHAR · 造成现在亮灯的节点
--   light_due_date DATE · 该节点的应办结日
--   worse BOOLEAN · 变红、变黄为 true,离开红、黄为 false,其他为 null
--   float_before INTEGER · 那天的最小时差,工作日
--   float_workdays INTEGER · 现在的最小时差,工作日;负数为已损失
--   started_before BOOLEAN · 那天已开复工
--   started BOOLEAN · 现在已开复工
--   nodes_done BIGINT · 其间办结的节点,个
--   nodes_slipped BIGINT · 其间推迟的节点,个
--   slipped_workdays INTEGER · 推迟最多的未办结节点推迟了几个工作日;没有推迟为 null
--   target_date_before DATE · 那天的目标日
--   target_date DATE · 现在的目标日
--   forecast_before DATE · 那天的预计完成日
--   forecast_finish DATE · 现在的预计完成日
--   leader_before VARCHAR · 那天的负责领导
--   invested_before_yuan BIGINT · 那天的本年完成投资,元
--   invested_yuan BIGINT · 现在的本年完成投资,元
--   total_before_yuan BIGINT · 那天的总投资,元
--   total_yuan BIGINT · 现在的总投资,元
with moved as (
    select
        project_id,
        count(*) filter (kind = 'done') as nodes_done,
        count(*) filter (kind = 'slipped') as nodes_slipped,
        max(slipped_workdays) filter (kind = 'slipped') as slipped_workdays
    from changed_node
    group by project_id
),

present as (
    select *
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

gone as (
    select *
    from before_project
    anti join project_measure on project_measure.project_id = before_project.project_id
    where in_scope(
        region, district, accountable_leader, level, kind, campaign, industry, departments, light, project_id,
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

paired as (
    select
        present.project_id, present.project_name, present.region, present.region_kind, present.accountable_leader,
        if(was.project_id is null, 'added', 'changed') as kind,
        was.light as light_before, present.light, present.light_node, present.light_due_date,
        was.severity as severity_before, present.severity,
        was.float_workdays as float_before, present.float_workdays,
        was.started_or_resumed as started_before, present.started_or_resumed as started,
        coalesce(nodes_done, 0) as nodes_done, coalesce(nodes_slipped, 0) as nodes_slipped, slipped_workdays,
        was.target_date as target_date_before, present.target_date,
        was.forecast_finish as forecast_before, present.forecast_finish,
        was.accountable_leader as leader_before,
        was.invested_this_year_yuan as invested_before_yuan, present.invested_this_year_yuan as invested_yuan,
        was.total_investment_yuan as total_before_yuan, present.total_investment_yuan as total_yuan
    from present
    left join before_project as was on was.project_id = present.project_id
    left join moved on moved.project_id = present.project_id
    union all by name
    select
        project_id, project_name, region, region_kind, accountable_leader, 'removed' as kind, light as light_before,
        severity as severity_before, float_workdays as float_before, started_or_resumed as started_before,
        0 as nodes_done, 0 as nodes_slipped, target_date as target_date_before, forecast_finish as forecast_before,
        accountable_leader as leader_before, invested_this_year_yuan as invested_before_yuan,
        total_investment_yuan as total_before_yuan
    from gone
)

select
    since, project_id, project_name, region, region_kind, accountable_leader, kind, light_before, light, light_node,
    light_due_date,
    case when least(severity, 3) <> least(severity_before, 3) then severity < severity_before end as worse,
    float_before, float_workdays, started_before, started, nodes_done, nodes_slipped, slipped_workdays,
    target_date_before, target_date, forecast_before, forecast_finish, leader_before, invested_before_yuan,
    invested_yuan, total_before_yuan, total_yuan
from paired
cross join before_day
where kind <> 'changed'
    or nodes_done + nodes_slipped > 0
    or light <> light_before
    or started is distinct from started_before
    or target_date is distinct from target_date_before
    or accountable_leader is distinct from leader_before
    or invested_yuan is distinct from invested_before_yuan
    or total_yuan is distinct from total_before_yuan
order by severity nulls last, project_id
