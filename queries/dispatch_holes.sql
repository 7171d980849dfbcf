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
    select
        project_row, scoped.project_id, scoped.accountable_leader, finished, procedures_reported, unscheduled_reason,
        scoped.annual_plan_yuan, last_reported_date
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    ) as scoped
    inner join projects on projects.project_id = scoped.project_id
),

missing_of_project as (
    select
        project_id,
        coalesce(last_reported_date < snapshot_date, false) as not_updated,
        accountable_leader is null as no_leader,
        not procedures_reported and not finished as no_nodes,
        unscheduled_reason is not null and not finished as unscheduled,
        annual_plan_yuan is null as no_plan
    from project
    cross join status_date
),

missing_of_node as (
    select project.project_id, due_date is null as no_due_date, node_light.department is null as no_department
    from node_light
    inner join project on project.project_row = node_light.project_row
    where state = 'running' and reported
),

missing_of_problem as (
    select project.project_id, promised_date is null as no_promise
    from problem_light
    inner join project on project.project_id = problem_light.project_id
    where not closed
),

-- counted where it stands: a row a hole and project would be millions
hole as (
    select
        unnest([
            ledger_hole(1, '没有更新', not_updated, project_id),
            ledger_hole(2, '没有包保领导', no_leader, project_id),
            ledger_hole(3, '没有报任何节点', no_nodes, project_id),
            ledger_hole(4, '排不出工期', unscheduled, project_id),
            ledger_hole(5, '没有年度计划投资', no_plan, project_id)
        ], recursive := true),
        count(*) as base, '个' as unit
    from missing_of_project
    union all by name
    select
        unnest([
            ledger_hole(6, '在办节点没有期限', no_due_date, project_id),
            ledger_hole(7, '在办节点没有责任部门', no_department, project_id)
        ], recursive := true),
        count(*) as base, '项' as unit
    from missing_of_node
    union all by name
    select
        unnest([ledger_hole(8, '问题没有承诺解决日', no_promise, project_id)], recursive := true),
        count(*) as base, '个' as unit
    from missing_of_problem
)

select hole, found, base, unit, example as project_id, project_name
from hole
inner join projects on projects.project_id = example
where found > 0
order by place
