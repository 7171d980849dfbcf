-- question: 收件时对一个项目提醒过什么?
-- row: one finding whose sentence names the project
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   weight VARCHAR · error warning note
--   message VARCHAR · 发现了什么、在哪里、怎么办
--   sheet VARCHAR · 工作表;关于整个文件时 null
--   cell VARCHAR · 单元格;关于整行或整表时 null
select f.weight, f.message, f.sheet, f.cell
from findings as f
inner join projects as p on p.project_id = $project
where contains(f.message, p.project_name) or contains(f.message, p.project_id)
order by case f.weight when 'error' then 0 when 'warning' then 1 else 2 end, f.sheet, f.cell, f.message
