-- question: 状态日期所在期间,一个指标在一个范围的目标是多少?
-- row: one indicator in one scope; the narrowest period that holds the status date wins
with spanned as (
    select
        indicator, scope, target_value,
        regexp_replace(period, '[年\s]', '', 'g') as period,
        year(as_of)::varchar as year_text,
        if(month(as_of) <= 6, '上半|H1', '下半|H2') as half_text,
        'Q' || quarter(as_of)
            || '|第?[' || quarter(as_of) || ['一', '二', '三', '四'][quarter(as_of)] || ']季度' as quarter_text,
        '-?0?' || month(as_of) || '月?' as month_text
    from targets
    cross join status_date
),

ranked as (
    select
        indicator, scope, target_value,
        case
            when regexp_full_match(period, year_text || month_text) then 1
            when regexp_full_match(period, year_text || '(' || quarter_text || ')') then 2
            when regexp_full_match(period, year_text || '(' || half_text || ')') then 3
            when period = year_text then 4
        end as width
    from spanned
)

select indicator, scope, arg_min(target_value, width) as target_value
from ranked
where width is not null
group by indicator, scope
