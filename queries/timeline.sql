-- question: 挂图这一屏是哪些项目,按什么顺序?
-- row: one project on the wall
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $order VARCHAR = light {light, float, region, leader} · 排序
--   $offset INTEGER = 0 · 跳过的行数
--   $limit INTEGER = 40 · 一屏的行数
-- columns:
--   row_number BIGINT · 行号,从 1 起
--   total_rows BIGINT · 范围内的项目数
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   accountable_leader VARCHAR · 负责领导
--   kind VARCHAR · 建设性质
--   level VARCHAR · 层级
--   light VARCHAR · 项目亮灯
--   light_node VARCHAR · 造成亮灯的节点;灰灯为 null
--   light_due_date DATE · 该节点的应办结日
--   workdays_left INTEGER · 该节点剩余工作日;负数为逾期
--   float_workdays INTEGER · 最小时差,工作日;负数为已损失
--   phase VARCHAR · start 开工前,construction 建设期
--   target_date DATE · 倒排的目标日
--   target_basis VARCHAR · 目标日的来历
--   forecast_finish DATE · 预计完成日
--   late_workdays INTEGER · 预计晚于目标的工作日
--   current_node VARCHAR · 当前节点
--   current_department VARCHAR · 当前节点的责任部门
--   unscheduled_reason VARCHAR · 排不出工期的原因
--   light_due_basis VARCHAR · 应办结日的依据
with project as (
    select *
    from ordered_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project, $order
    )
),

page as (
    select *
    from project
    order by text_order, light_order, float_order nulls last, project_row
    limit $limit offset $offset
)

select
    $offset + row_number() over (
        order by text_order, light_order, float_order nulls last, page.project_row
    ) as row_number,
    (select count(*) from project) as total_rows,
    project_id, project_name, region, accountable_leader, kind, level, light, light_node, light_due_date,
    workdays_left, float_workdays, phase, target_date, target_basis, forecast_finish, late_workdays, current_node,
    current_department, unscheduled_reason, light_due_basis
from page
inner join project_measure on project_measure.project_row = page.project_row
order by row_number
