-- question: 一个项目的手续应办几项、办结几项、按期几项?
-- row: one project with at least one reported procedure (不涉及 counts as reported, not as due)
-- A procedure done on a day nobody wrote down can't be judged on time or late: it is in neither count.
select
    project_id,
    count(*) filter (state <> 'not_applicable') as due,
    count(*) filter (state = 'done') as done,
    count(*) filter (
        state <> 'not_applicable' and due_date <= as_of and not (state = 'done' and done_late_days is null)
    ) as due_by_cutoff,
    count(*) filter (state = 'done' and due_date <= as_of and done_late_days = 0) as done_on_time
from node_light
cross join status_date
where reported and is_procedure
group by project_id
