-- question: 历次快照里,一个项目在一项比率中占的数怎样变?
-- row: one change on one day, of one project's share in one rate on one base (base_number; 0 where it has one only)
-- Kept as changes, for from day to day nearly everything stays as it is: a share is added on the day it appears
-- and taken out again, negative, on the day it differs. numerators and denominators count what isn't empty.
-- Empty here; a question of the past is asked with the snapshots' rows in its place.
create view past_part as
select
    null::date as day, null::integer as scope_number, indicator_order, null::tinyint as base_number, numerator,
    denominator, null::tinyint as numerators, null::tinyint as denominators
from standing_part
where false
