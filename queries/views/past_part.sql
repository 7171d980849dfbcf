-- question: 历次快照里,一个项目在一项比率中占的数怎样变?
-- row: one change on one day: 1 adds the project to the rate's counts, -1 takes its earlier share out again
-- Kept as changes, because from day to day nearly everything stays as it is.
-- Empty here; a question of the past is asked with the snapshots' rows in its place.
create view past_part as
select
    null::date as day, null::integer as scope_number, indicator_order, base_choice, null::tinyint as sign, numerator,
    denominator
from standing_part
where false
