-- question: 每个目标管哪一段日子?
-- row: one target whose period can be read: a year, half, quarter or month, written 2026、2026上半年、2026Q4、2026年11月…
-- width: 1 month, 2 quarter, 3 half, 4 year. A count (开工 200 个) has a value of its own, a rate is a ratio.
with worded as (
    select
        indicator, scope, target_value, period,
        try_cast(regexp_extract(period, '^\s*(20\d\d)', 1) as integer) as target_year,
        regexp_replace(regexp_replace(period, '^\s*20\d\d', ''), '[年\s]|^-', '', 'g') as rest
    from targets
),

parsed as (
    select
        * exclude (rest),
        case
            when rest = '' then 4
            when regexp_full_match(rest, '上半|H1|下半|H2') then 3
            when regexp_full_match(rest, '-?Q[1-4]|第?[1-4一二三四]季度') then 2
            when regexp_full_match(rest, '-?(0?[1-9]|1[0-2])月?') then 1
        end as width,
        if(
            regexp_matches(rest, '季度'),
            coalesce(
                try_cast(regexp_extract(rest, '[1-4]') as integer),
                list_position(['一', '二', '三', '四'], regexp_extract(rest, '[一二三四]'))
            ),
            try_cast(regexp_extract(rest, '\d+') as integer)
        ) as place,
        regexp_matches(rest, '下半|H2') as second_half
    from worded
),

spanned as (
    select
        *,
        make_date(
            target_year,
            case width when 4 then 1 when 3 then if(second_half, 7, 1) when 2 then place * 3 - 2 else place end, 1
        ) as first_day,
        case width when 4 then 12 when 3 then 6 when 2 then 3 else 1 end as months
    from parsed
    where target_year is not null and width is not null
)

select
    indicator, scope, target_value, period, width, first_day,
    (first_day + to_months(months) - interval 1 day)::date as last_day
from spanned
