-- question: 哪些项目的名称、编号或企业里有这几个字?
-- row: one project found
-- params:
--   $as_of DATE = today · 状态日期
--   $text VARCHAR · 要找的字
--   $limit INTEGER = 20 · 最多几行
-- columns:
--   project_id VARCHAR · 项目编号
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 县区或园区
--   accountable_leader VARCHAR · 负责领导
select project_id, project_name, region, accountable_leader
from project_status
where contains(lower(project_name), lower($text))
    or contains(lower(project_id), lower($text))
    or contains(lower(owner), lower($text))
order by not starts_with(lower(project_name), lower($text)), project_name, project_id
limit $limit
