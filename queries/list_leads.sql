-- question: 有哪些招商线索,谁负责,到了哪一步?
-- row: one lead, the largest agreed investment first
-- params:
--   $as_of DATE = today · 状态日期
--   $region VARCHAR = null · 县区或园区,null 为全部
--   $leader VARCHAR = null · 包保领导,null 为全部
-- columns:
--   lead_name VARCHAR · 名称
--   lead_id VARCHAR · 线索编号
--   investor VARCHAR · 客商
--   stage VARCHAR · 阶段
--   agreed_investment_yuan BIGINT · 协议投资,元
--   funds_received_yuan BIGINT · 到位资金,元
--   signed_date DATE · 签约日期
--   region VARCHAR · 县区/园区
--   leader VARCHAR · 包保领导;几位领导写在一格里
--   next_step VARCHAR · 下一步
--   note VARCHAR · 备注
select
    lead_name, lead_id, investor, stage, agreed_investment_yuan, funds_received_yuan, signed_date, region, leader,
    next_step, note
from leads
where ($region is null or region = $region)
    and ($leader is null or lead_id in (select lead_id from lead_leader where lead_leader.leader = $leader))
order by agreed_investment_yuan desc nulls last, lead_id
