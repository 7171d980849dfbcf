-- question: 一位领导负责哪些招商线索,到了哪一步?
-- row: one lead of this leader
-- params:
--   $as_of DATE = today · 状态日期
--   $region VARCHAR = null · 县区或园区,null 为全部
--   $person VARCHAR = null · 姓名,null 为全部
-- columns:
--   lead_id VARCHAR · 线索编号
--   lead_name VARCHAR · 名称
--   investor VARCHAR · 客商
--   stage VARCHAR · 阶段
--   agreed_investment_yuan BIGINT · 协议投资,元
--   funds_received_yuan BIGINT · 到位资金,元
--   signed_date DATE · 签约日期
--   region VARCHAR · 县区或园区
--   next_step VARCHAR · 下一步
select
    leads.lead_id, lead_name, investor, stage, agreed_investment_yuan, funds_received_yuan, signed_date, region,
    next_step
from leads
inner join lead_leader on lead_leader.lead_id = leads.lead_id
where ($person is null or lead_leader.leader = $person)
    and ($region is null or region = $region)
order by agreed_investment_yuan desc nulls last, leads.lead_id
