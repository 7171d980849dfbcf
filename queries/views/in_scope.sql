-- question: 一个项目在所选范围内吗?
-- row: true or false; a null choice means all
create macro in_scope(
    of_region, of_district, of_leader, of_level, of_kind, of_campaign, of_industry, of_departments, of_light,
    of_project,
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
) as
(in_region is null or of_region = in_region)
and (in_district is null or of_district = in_district)
and (in_leader is null or of_leader = in_leader)
and (in_level is null or of_level = in_level)
and (in_kind is null or of_kind = in_kind)
and (in_campaign is null or of_campaign = in_campaign)
and (in_industry is null or of_industry = in_industry)
and (in_department is null or list_contains(of_departments, in_department))
and (in_light is null or of_light = in_light)
and (in_project is null or of_project = in_project)
