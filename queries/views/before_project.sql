-- question: 用来比较的那份快照里,项目是什么样子?
-- row: one project of the snapshot compared with
-- Empty here; a question with $since is asked with the rows of that snapshot in its place.
create view before_project as
select *
from standing_project
where false
