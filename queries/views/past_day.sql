-- question: 有哪些天的快照?
-- row: one day with a snapshot
-- Empty here; a question of the past is asked with the snapshots' days in its place.
create view past_day as
select null::date as day
where false
