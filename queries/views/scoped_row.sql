-- question: 哪些项目在所选范围内,各按什么分组?
-- row: one project in scope, with what it can be grouped by; planned faster than all columns of scoped_project
create macro scoped_row(
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
) as table
select project_row, region, accountable_leader, kind, level
from project_measure
where in_scope(
    region, district, accountable_leader, level, kind, campaign, industry, departments, light, project_id,
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
)
