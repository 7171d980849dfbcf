-- question: 一个项目在状态日期这天,在每项比率的分子和分母里各占多少?
-- row: one project in one rate, as a snapshot keeps it to be drawn as a trend; 20 is its red light
-- Visits are counted by month and start again with each: they make no trend.
create view standing_part as
select
    project_id, indicator_order, coalesce(base_number(base_choice), 0)::tinyint as base_number,
    numerator::bigint as numerator, denominator::bigint as denominator
from rate_part
inner join project_measure on project_measure.project_row = rate_part.project_row
union all
select project_id, 20::tinyint, 0::tinyint, (light = 'red')::bigint, 1
from project_measure
