-- question: 各项比率是多少?分子、分母、口径各是什么,目标和序时进度是多少?
-- row: one indicator of one group
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $by VARCHAR = all {all, region, leader, kind, level} · 分组
--   $base VARCHAR = annual {annual, annual_without_preliminary, due, promised} · 开复工率的口径
-- columns:
--   indicator VARCHAR · 指标
--   group VARCHAR · 分组的值;不分组为“全部”
--   numerator BIGINT · 分子,单位见 unit
--   denominator BIGINT · 分母,单位见 unit
--   ratio DOUBLE · 比率;分母为零时 null,不封顶
--   base VARCHAR · 分母的口径
--   cutoff DATE · 数据截止日期,不晚于状态日期
--   unit VARCHAR · 个、项、人或元
--   target_ratio DOUBLE · 当期目标;没有则 null
--   pace_ratio DOUBLE · 序时进度(满月数/12);只有开复工率和投资完成率有
with rate as (
    select *
    from counted_rates(
        $by, $base,
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

clock as (
    select cutoff, month(cutoff) - if(cutoff = last_day(cutoff), 0, 1) as elapsed_months
    from status_date
)

select
    rate.indicator, group_name as "group", numerator, denominator, numerator / nullif(denominator, 0) as ratio, base,
    cutoff, unit, target_value as target_ratio,
    if(rate.indicator in ('开复工率', '投资完成率'), elapsed_months / 12, null) as pace_ratio
from rate
cross join clock
left join current_target
    on current_target.indicator = rate.indicator
    and current_target.scope = if(group_name = '全部', coalesce($region, $leader, '全市'), group_name)
order by "group", indicator_order
