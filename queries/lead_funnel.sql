-- question: 招商线索在各步各有几条,走到每一步的占几成?
-- row: one stage in order; leads without a stage, or with another word, come last as 其他
-- params:
--   $as_of DATE = today · 状态日期
--   $region VARCHAR = null · 县区或园区,null 为全部
--   $leader VARCHAR = null · 包保领导,null 为全部
-- columns:
--   stage VARCHAR · 阶段
--   leads BIGINT · 现在停在这一步的线索,条
--   agreed_investment_yuan BIGINT · 它们的协议投资,元;都没填为 null
--   funds_received_yuan BIGINT · 它们的到位资金,元;都没填为 null
--   reached BIGINT · 走到或走过这一步的线索,条;其他为 null
--   reached_yuan BIGINT · 走到或走过这一步的协议投资,元
--   step_ratio DOUBLE · 走到上一步的有几成走到这一步;第一步和其他为 null
--   all_ratio DOUBLE · 全部线索有几成走到这一步
--   cutoff DATE · 数据截止日期,不晚于状态日期
with scoped as (
    select leads.*, coalesce(lead_stage.stage, '其他') as known_stage, stage_order
    from leads
    left join lead_stage on lead_stage.stage = leads.stage
    where ($region is null or region = $region)
        and ($leader is null or lead_id in (select lead_id from lead_leader where lead_leader.leader = $leader))
),

shown as (
    select stage, stage_order from lead_stage
    union all
    select distinct '其他', null::tinyint from scoped where stage_order is null
),

counted as (
    select
        shown.stage,
        shown.stage_order,
        count(lead_id) filter (known_stage = shown.stage) as leads,
        (sum(agreed_investment_yuan) filter (known_stage = shown.stage))::bigint as agreed_investment_yuan,
        (sum(funds_received_yuan) filter (known_stage = shown.stage))::bigint as funds_received_yuan,
        count(lead_id) filter (scoped.stage_order >= shown.stage_order) as reached,
        (sum(agreed_investment_yuan) filter (scoped.stage_order >= shown.stage_order))::bigint as reached_yuan,
        count(lead_id) filter (scoped.stage_order is not null) as known
    from shown
    left join scoped on true
    group by shown.stage, shown.stage_order
)

select
    stage, leads, agreed_investment_yuan, funds_received_yuan,
    if(stage_order is null, null, reached) as reached, reached_yuan,
    case when stage_order > 1 then reached / nullif(lag(reached) over (order by stage_order), 0) end as step_ratio,
    case when stage_order is not null then reached / nullif(known, 0) end as all_ratio, cutoff
from counted
cross join status_date
order by stage_order nulls last
