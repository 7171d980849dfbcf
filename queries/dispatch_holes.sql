-- question: 台账哪里有空缺?
-- row: one kind of hole that the ledger has in scope, in the order in which staff fill them
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   hole VARCHAR · 缺什么
--   found BIGINT · 缺的有几个
--   base BIGINT · 一共有几个
--   unit VARCHAR · 个或项
--   project_id VARCHAR · 其中一个项目的编号
--   project_name VARCHAR · 其中一个项目的名称
with project as (
    select project_measure.*, last_reported_date
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    ) as project_measure
    inner join projects on projects.project_id = project_measure.project_id
),

project_hole as (
    select
        unnest([
            {'place': 1, 'hole': '没有更新', 'missing': last_reported_date < snapshot_date},
            {'place': 2, 'hole': '没有包保领导', 'missing': accountable_leader is null},
            {'place': 3, 'hole': '没有报任何节点', 'missing': not procedures_reported and not finished},
            {'place': 4, 'hole': '排不出工期', 'missing': unscheduled_reason is not null and not finished},
            {'place': 5, 'hole': '没有年度计划投资', 'missing': annual_plan_yuan is null}
        ], recursive := true),
        project_id, project_name, '个' as unit
    from project
    cross join status_date
),

node_hole as (
    select
        unnest([
            {'place': 6, 'hole': '在办节点没有期限', 'missing': due_date is null},
            {'place': 7, 'hole': '在办节点没有责任部门', 'missing': node_light.department is null}
        ], recursive := true),
        project.project_id, project_name, '项' as unit
    from node_light
    inner join project on project.project_row = node_light.project_row
    where state = 'running' and reported
),

problem_hole as (
    select
        8 as place, '问题没有承诺解决日' as hole, promised_date is null as missing,
        project.project_id, project.project_name, '个' as unit
    from problem_light
    inner join project on project.project_id = problem_light.project_id
    where not closed
)

select
    hole, count(*) filter (missing) as found, count(*) as base, any_value(unit) as unit,
    min(project_id) filter (missing) as project_id,
    arg_min(project_name, project_id) filter (missing) as project_name
from (
    select * from project_hole
    union all by name
    select * from node_hole
    union all by name
    select * from problem_hole
)
group by place, hole
having found > 0
order by place
