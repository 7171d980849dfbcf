-- question: 历次快照里,一个项目用哪些筛选条件找得到?
-- row: one project as long as nothing it is chosen by changes; scope_number is its number
-- light is null where the question names none. Empty here; a question of the past is asked with the snapshots'
-- rows in its place.
create view past_scope as
select
    null::integer as scope_number, region, district, accountable_leader, level, kind, campaign, industry, departments,
    light, project_id
from standing_project
where false
