-- question: 用来比较的那份快照里,节点是什么样子?
-- row: one known node of the snapshot compared with
-- Empty here; a question with $since is asked with the rows of that snapshot in its place.
create view before_node as
select *
from standing_node
where false
