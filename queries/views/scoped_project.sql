-- question: 哪些项目在所选范围内?
-- row: one project in scope; a null choice means all
create macro scoped_project(
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
) as table
select *
from project_measure
where in_scope(
    region, district, accountable_leader, level, kind, campaign, industry, departments, light, project_id,
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
)
