-- question: 一个县区、园区在同类中排第几?
-- row: a place from 1, equal ones sharing it; without projects last
-- By the share started or resumed, then by the share of the year's investment; `peers` are ranked apart.
create macro place_among(peers, start_share, investment_share) as
rank() over (partition by peers order by start_share desc nulls last, investment_share desc nulls last)
