-- question: 屏幕上的数据是哪个版本,截至哪天?
-- row: the snapshot in use
-- params:
--   $as_of DATE = today · 状态日期
-- columns:
--   version VARCHAR · 版本,日期/修订号
--   revision INTEGER · 当日第几次发布
--   snapshot_date DATE · 快照日期
--   as_of DATE · 状态日期
--   published_at VARCHAR · 发布时刻,带时区
--   source_name VARCHAR · 来源文件
--   projects BIGINT · 项目,个
--   nodes BIGINT · 已报节点,项
--   findings_warning BIGINT · 提醒,条
--   demo BOOLEAN · 演示数据
--   days_behind INTEGER · 快照比状态日期早几天
--   held_back BIGINT · 有错误而未采用的行,行
--   not_updated BIGINT · 这一版文件没有报、沿用以前内容的项目,个
--   calendar_known_until DATE · 法定节假日已知到哪天,之后只按周末
select
    version, revision, snapshot_date, as_of, published_at, source_name,
    (select count(*) from projects) as projects,
    (select count(*) from nodes) as nodes,
    findings_warning, demo, (as_of - snapshot_date)::integer as days_behind, held_back,
    (select count(*) from projects where last_reported_date < snapshot_date) as not_updated,
    calendar_known_until
from status_date
