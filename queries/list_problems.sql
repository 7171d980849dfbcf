-- question: 提出了哪些问题,谁负责,销号了吗?
-- row: one problem, withdrawn ones left out; open ones first, the longest overdue at the top
-- One whose project isn't known stands in the list of the whole city alone.
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   light VARCHAR · 亮灯
--   problem VARCHAR · 问题
--   problem_id VARCHAR · 问题编号
--   project_name VARCHAR · 项目名称
--   project_id VARCHAR · 项目编号;对不上项目为 null
--   region VARCHAR · 县区/园区
--   accountable_leader VARCHAR · 包保领导
--   category VARCHAR · 类别
--   raised_date DATE · 提出日期
--   open_days BIGINT · 已提出,天;未销号的日历日
--   responsible_unit VARCHAR · 责任单位
--   responsible_person VARCHAR · 责任人
--   measure VARCHAR · 措施
--   promised_date DATE · 承诺解决
--   workdays_left INTEGER · 剩余工作日;负数为逾期,已销号为 null
--   closed BOOLEAN · 已销号
--   closed_date DATE · 销号日期
--   confirmed_by VARCHAR · 销号确认人
--   escalated_to VARCHAR · 提级
--   pressing BOOLEAN · 待决策;逾期未销号,或者已提级
--   raised_by VARCHAR · 提出单位
--   note VARCHAR · 备注
select
    problem_light.light, problem, problem_id,
    coalesce(project.project_name, problem_light.project_name) as project_name,
    project.project_id, region, accountable_leader, category, raised_date, open_days,
    problem_light.responsible_unit, responsible_person, measure, promised_date, problem_light.workdays_left, closed,
    closed_date, confirmed_by, escalated_to, pressing, raised_by, note
from problem_light
left join scoped_project(
    $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
) as project
    on project.project_id = problem_light.project_id
where project.project_id is not null
    or coalesce(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    ) is null
order by closed, promised_date nulls last, problem_id
