-- question: 所选范围内的项目在挂图上按什么先后?
-- row: one project in scope with the keys of its place on the wall: text, then light, then float, then project_row
create macro ordered_project(
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project,
    in_order
) as table
select
    project_row,
    case in_order when 'region' then region when 'leader' then coalesce(accountable_leader, '~') end as text_order,
    if(in_order = 'float', null, severity) as light_order,
    float_workdays as float_order
from scoped_project(
    in_region, in_district, in_leader, in_level, in_kind, in_campaign, in_industry, in_department, in_light, in_project
)
