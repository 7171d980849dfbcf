-- question: 哪些项目在所选范围内?
-- row: one project in scope; a null choice means all
create macro scoped_project(in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_project) as table
select *
from project_measure
where (in_region is null or region = in_region)
    and (in_district is null or district = in_district)
    and (in_leader is null or accountable_leader = in_leader)
    and (in_level is null or level = in_level)
    and (in_kind is null or kind = in_kind)
    and (in_campaign is null or campaign = in_campaign)
    and (in_project is null or project_id = in_project)
