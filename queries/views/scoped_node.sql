-- question: 所选范围内有哪些节点?
-- row: one node of one project in scope, by project, then in drawing order
-- The whole city stands in that order already: it is neither joined nor sorted again.
create macro scoped_node(
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
) as table
select *
from node_light
where coalesce(
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
) is null
    and project_row is not null
union all (
    select node_light.*
    from node_light
    semi join scoped_project(
        in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light,
        in_project
    ) as project
        on project.project_row = node_light.project_row
    where coalesce(
        in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light,
        in_project
    ) is not null
    order by project_row, sequence, node_light.node
)
