-- question: 一项比率在历次快照里怎样变?
-- row: one indicator of one group on the day of one snapshot, oldest first
-- Every snapshot tells of its own day; a project counts where it stood then. 走访达标率 starts again each month: no trend.
-- params:
--   $as_of DATE = today · 状态日期;只用到这天为止的快照
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只数当时亮这种灯的项目,null 为全部
--   $by VARCHAR = all {all, region, leader} · 分组
--   $first DATE = null · 从哪天起;null 为最近 60 份快照
--   $indicator VARCHAR = null · 指标,如 开复工率;红灯项目 为红灯项目占全部项目;null 为全部指标
--   $base VARCHAR = annual {annual, annual_without_preliminary, due, promised} · 开复工率的口径
-- columns:
--   day DATE · 快照的日期
--   group VARCHAR · 分组的值;不分组为“全部”
--   indicator VARCHAR · 指标
--   numerator BIGINT · 分子,单位见 unit
--   denominator BIGINT · 分母,单位见 unit
--   ratio DOUBLE · 比率;分母为零时 null,不封顶
--   base VARCHAR · 分母的口径
--   unit VARCHAR · 个、项或元
with shown_day as (
    select day
    from past_day
    cross join status_date
    where day <= as_of
),

member as (
    select
        scope_number,
        coalesce(case $by when 'region' then region when 'leader' then accountable_leader else '全部' end, '未填')
            as group_name,
        dense_rank() over (order by group_name)::smallint as group_number
    from past_scope
    where in_scope(
        region, district, accountable_leader, level, kind, campaign, industry, departments, light, project_id,
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

rate as (
    select
        indicator_order, indicator, unit, if(follows_choice, base_word($base), '') || base as base
    from (
        select indicator_order, indicator, unit, follows_choice, base
        from rate_kind
        union all
        select 20, '红灯项目', '个', false, '项目'
    )
    where $indicator is null or indicator = $indicator
),

moved as (
    select
        day, group_number, past_part.indicator_order,
        sum(numerator) as numerator, sum(denominator) as denominator,
        sum(numerators) as numerators, sum(denominators) as denominators
    from past_part
    inner join member on member.scope_number = past_part.scope_number
    where (base_number = 0 or base_number = base_number($base)::tinyint)
        and ($indicator is null or past_part.indicator_order = (select max(indicator_order) from rate))
    group by day, group_number, past_part.indicator_order
),

grid as (
    select shown_day.day, known.group_number, known.indicator_order
    from shown_day
    cross join (select distinct group_number, indicator_order from moved) as known
),

summed as (
    select
        grid.day, grid.group_number, grid.indicator_order,
        sum(numerator) over so_far as numerator, sum(denominator) over so_far as denominator,
        sum(numerators) over so_far as numerators, sum(denominators) over so_far as denominators
    from grid
    left join moved
        on moved.day = grid.day and moved.group_number = grid.group_number
        and moved.indicator_order = grid.indicator_order
    window so_far as (partition by grid.group_number, grid.indicator_order order by grid.day rows unbounded preceding)
)

select
    day, group_name as "group", indicator,
    if(numerators > 0, numerator, null)::bigint as numerator,
    if(denominators > 0, denominator, null)::bigint as denominator,
    if(numerators > 0 and denominators > 0, numerator / nullif(denominator, 0), null) as ratio,
    base, unit
from summed
inner join rate on rate.indicator_order = summed.indicator_order
inner join (select distinct group_number, group_name from member) as named
    on named.group_number = summed.group_number
where numerators + denominators > 0
    and day >= coalesce($first, (select min(day) from (select day from shown_day order by day desc limit 60)))
order by day, summed.group_number, summed.indicator_order
