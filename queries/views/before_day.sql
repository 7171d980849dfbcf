-- question: 用来比较的那份快照是哪一天的?
-- row: the day compared with
-- Null here; a question with $since is asked with the day of that snapshot in its place.
create view before_day as
select null::date as since
