-- question: 每个月签约的线索,后来落地、开工了几成?
-- row: the leads signed in one month, newest first
-- params:
--   $as_of DATE = today · 状态日期
--   $region VARCHAR = null · 县区或园区,null 为全部
--   $leader VARCHAR = null · 包保领导,null 为全部
-- columns:
--   signed_month DATE · 签约月份的第一天;没有填签约日期为 null
--   signed BIGINT · 签约,条
--   landed BIGINT · 其中已落地,条
--   started BIGINT · 其中已开工,条
--   landed_ratio DOUBLE · 落地转化率
--   started_ratio DOUBLE · 开工转化率
--   agreed_investment_yuan BIGINT · 协议投资,元;都没填为 null
--   funds_received_yuan BIGINT · 到位资金,元;都没填为 null
--   funds_ratio DOUBLE · 资金到位率(合同),只算填了协议投资的
--   days_since BIGINT · 平均签约至今,天
with scoped as (
    select leads.*, stage_order
    from leads
    inner join lead_stage on lead_stage.stage = leads.stage
    where stage_order >= 3
        and ($region is null or region = $region)
        and ($leader is null or lead_id in (select lead_id from lead_leader where lead_leader.leader = $leader))
),

counted as (
    select
        date_trunc('month', signed_date)::date as signed_month,
        count(*) as signed,
        count(*) filter (stage_order >= 4) as landed,
        count(*) filter (stage_order >= 5) as started,
        sum(agreed_investment_yuan)::bigint as agreed_investment_yuan,
        sum(funds_received_yuan)::bigint as funds_received_yuan,
        sum(funds_received_yuan) filter (agreed_investment_yuan is not null) as funds_agreed_yuan,
        round(avg(as_of - signed_date))::bigint as days_since
    from scoped
    cross join status_date
    group by signed_month
)

select
    signed_month, signed, landed, started, landed / signed as landed_ratio, started / signed as started_ratio,
    agreed_investment_yuan, funds_received_yuan,
    funds_agreed_yuan / nullif(agreed_investment_yuan, 0) as funds_ratio, days_since
from counted
order by signed_month desc nulls last
