-- question: 搜索框里能找到哪些项目、领导、企业、县区?
-- row: one thing that can be found
-- A firm stands once for all its projects; its light is the gravest of theirs.
-- params:
--   $as_of DATE = today · 状态日期
-- columns:
--   found VARCHAR · project leader firm region
--   name VARCHAR · 名称
--   project_id VARCHAR · 项目编号;不是一个项目而是几个的为 null
--   project_code VARCHAR · 项目代码;只有项目有
--   region VARCHAR · 县区或园区;涉及几个的为 null
--   light VARCHAR · 亮灯;几个项目取最重的
--   projects BIGINT · 项目,个
--   leader VARCHAR · 包保领导;只有项目有
with project as (
    select
        project_measure.project_id, project_measure.project_name, project_measure.region,
        project_measure.accountable_leader, project_measure.owner, light, severity, projects.project_code
    from project_measure
    inner join projects on projects.project_id = project_measure.project_id
),

held as (
    select
        project_id, region, light, severity,
        unnest([
            {'found': 'leader', 'name': accountable_leader},
            {'found': 'firm', 'name': owner},
            {'found': 'region', 'name': region}
        ], recursive := true)
    from project
),

listed as (
    select
        'project' as found, project_name as name, project_id, project_code, region, light, severity, 1 as projects,
        accountable_leader as leader
    from project
    union all
    select
        found, name, if(count(*) = 1, any_value(project_id), null), null,
        if(min(region) = max(region), any_value(region), null), arg_min(light, severity), min(severity), count(*), null
    from held
    where name is not null
    group by found, name
)

select found, name, project_id, project_code, region, light, projects, leader
from listed
order by found, severity, projects desc, name, project_id
