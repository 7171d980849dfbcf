-- question: 一个节点的承诺日在历次快照里怎样推迟?
-- row: one later committed day of one node, on the day of the snapshot that first said so
-- Empty here; a question of change is asked with the snapshots' rows in its place.
create view slip as
select
    null::date as day, null::varchar as project_id, null::varchar as node, null::varchar as department,
    null::varchar as region, null::date as committed_before, null::date as committed_date
where false
