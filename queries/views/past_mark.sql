-- question: 一个项目的台账在哪些天的快照里有新的内容?
-- row: one day on which a project's rows said something new
-- Empty here; a question of the past is asked with the snapshots' rows in its place.
create view past_mark as
select null::date as day, null::varchar as project_id
where false
