-- question: 各项目标完成了多少,与目标、序时差多少,还差几个,从现在起每周要完成几个?
-- row: one target of the year of the status date, or of a period still to come; 全市 first, then 县区/园区, then 领导
-- The actual figure is today's on the annual list, also for a period that is over: it says what was reached since.
-- params:
--   $as_of DATE = today · 状态日期
--   $region $leader VARCHAR = null · 只看这个县区/园区、领导的目标,null 为全部
-- columns:
--   indicator VARCHAR · 指标
--   scope VARCHAR · 全市、县区/园区或领导
--   scope_kind VARCHAR · 全市、县区、园区、市直、领导或其他
--   period VARCHAR · 期间,如台账所写
--   width INTEGER · 1 月、2 季、3 半年、4 年
--   first_day DATE · 期间第一天
--   last_day DATE · 期间最后一天
--   over BOOLEAN · 期间已过
--   is_count BOOLEAN · 目标是个数或金额,不是比率
--   rate VARCHAR · 完成数取自哪一项比率的分子;没有对应的比率时是指标本身
--   target_value DOUBLE · 目标值:比率,或个数、元
--   numerator BIGINT · 已完成,单位见 unit
--   denominator BIGINT · 应完成,单位见 unit
--   ratio DOUBLE · 完成率;分母为零时 null,不封顶
--   unit VARCHAR · 个、项、人或元
--   base VARCHAR · 分母的口径
--   needed BIGINT · 达到目标要完成多少,进一取整
--   missing BIGINT · 还差多少;达到为 0
--   gap_ratio DOUBLE · 完成率减目标;目标是个数时 null
--   pace_ratio DOUBLE · 序时进度(满月数/12);只有开复工率、投资完成率和全年的个数、金额目标有
--   pace_gap_ratio DOUBLE · 完成率减序时进度;目标是个数时按完成数占目标算
--   pace_missing BIGINT · 到序时还差多少;赶上为 0
--   workdays_left INTEGER · 到期间最后一天还有几个工作日;已过为 0
--   needed_per_week DOUBLE · 每周(5个工作日)要完成多少;已过为 null
--   cutoff DATE · 数据截止日期,不晚于状态日期
with member as (
    select project_row, '全市' as scope, '全市' as scope_kind
    from project_measure
    union all
    select project_row, region, coalesce(region_kind, '其他')
    from project_measure
    where region in (select scope from target_period)
    union all
    select project_row, accountable_leader, '领导'
    from project_measure
    where accountable_leader in (select scope from target_period)
        and accountable_leader not in (select region from project_measure)
),

tallied as (
    select scope, indicator_order, sum(numerator)::bigint as numerator, sum(denominator)::bigint as denominator
    from rate_part
    inner join member on member.project_row = rate_part.project_row
    where base_choice is null or base_choice = 'annual'
    group by scope, indicator_order
    union all
    select scope, 19, count(distinct person_number) filter (visiting), count(distinct person_number)
    from visit_duty
    inner join member on member.project_row = visit_duty.project_row
    group by scope
),

known as (
    select scope, any_value(scope_kind) as scope_kind
    from member
    group by scope
),

counted as (
    select
        known.scope, indicator, unit, rate_kind.indicator_order,
        if(follows_choice, base_word('annual'), '') || base as base,
        coalesce(numerator, if(counts, 0, null)) as numerator,
        coalesce(denominator, if(counts, 0, null)) as denominator
    from known
    cross join rate_kind
    left join tallied
        on tallied.scope = known.scope and tallied.indicator_order = rate_kind.indicator_order
),

clock as (
    select
        as_of, cutoff, month(cutoff) - if(cutoff = last_day(cutoff), 0, 1) as elapsed_months,
        workday_index as today
    from status_date
    inner join calendar on calendar.day = as_of
),

-- a target in 个 or 元 (新开工 200 个) is counted by the numerator of the rate beside it; a rate is at most 2,
-- and what is called 率 is one at any number
worded as (
    select
        *,
        case
            when not is_count then indicator
            when regexp_matches(indicator, '投资') then '投资完成率'
            when regexp_matches(indicator, '竣工') then '竣工率'
            when regexp_matches(indicator, '达产') then '达产率'
            when regexp_matches(indicator, '投产') then '投产率'
            when regexp_matches(indicator, '开复工') then '开复工率'
            when regexp_matches(indicator, '复工') then '复工率(续建)'
            when regexp_matches(indicator, '开工') then '开工率(新建)'
            when regexp_matches(indicator, '入库|纳统') then '入库率'
            when regexp_matches(indicator, '销号|问题') then '问题销号率'
            when regexp_matches(indicator, '手续') then '手续办结率'
            else indicator
        end as rate
    from (
        select
            *,
            target_value > 2
            or (
                target_value >= 1 and target_value = floor(target_value) and not regexp_matches(indicator, '率')
            ) as is_count
        from target_period
    )
),

joined as (
    select
        worded.indicator, worded.scope, scope_kind, period, width, first_day, worded.last_day,
        worded.last_day < as_of as over, is_count, rate, target_value, numerator, denominator,
        numerator / nullif(denominator, 0) as ratio, unit, base,
        if(is_count, ceil(target_value), ceil(target_value::decimal(18, 6) * denominator))::bigint as needed,
        case when if(is_count, width = 4, rate in ('开复工率', '投资完成率')) then elapsed_months end as pace_months,
        greatest(workday_index - today, 0) as workdays_left,
        cutoff,
        indicator_order
    from worded
    cross join clock
    left join calendar on calendar.day = worded.last_day
    left join known on known.scope = worded.scope
    left join counted on counted.indicator = rate and counted.scope = worded.scope
    where year(worded.last_day) >= year(as_of)
        and ($region is null or worded.scope = $region)
        and ($leader is null or worded.scope = $leader)
),

gap as (
    -- greatest() takes no notice of a null
    select
        *,
        case when numerator >= needed then 0 else needed - numerator end as missing,
        pace_months / 12 as pace_ratio,
        numerator / nullif(if(is_count, needed, denominator), 0) as reached_ratio,
        (if(is_count, needed, denominator) * pace_months + 11) // 12 as pace_needed
    from joined
)

select
    indicator, scope, coalesce(scope_kind, '其他') as scope_kind, period, width, first_day, last_day, over, is_count,
    rate, target_value, numerator, denominator, ratio, unit, base, needed,
    missing,
    if(is_count, null, ratio - target_value) as gap_ratio,
    pace_ratio, reached_ratio - pace_ratio as pace_gap_ratio,
    case when numerator >= pace_needed then 0 else pace_needed - numerator end as pace_missing, workdays_left,
    if(over, null, missing / (greatest(workdays_left, 1) / 5)) as needed_per_week, cutoff
from gap
order by
    coalesce(list_position(['全市', '县区', '园区', '市直', '领导'], scope_kind), 9),
    scope, indicator_order nulls last, indicator, width desc, last_day
