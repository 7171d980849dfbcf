-- question: 哪些线索可能是同一个项目,报了两次?
-- row: two leads, or a lead and a project of the list, that are likely the same; the likeliest 200 first
-- Alike: the same name but for 项目、基地 and the like, one investor with a similar name, or very similar names.
-- params:
--   $as_of DATE = today · 状态日期
--   $region VARCHAR = null · 有一边属于这个县区或园区,null 为全部
--   $leader VARCHAR = null · 有一边由这位领导包保,null 为全部
-- columns:
--   lead_id VARCHAR · 线索编号
--   lead_name VARCHAR · 线索名称
--   investor VARCHAR · 客商
--   region VARCHAR · 县区/园区
--   leader VARCHAR · 包保领导
--   other_kind VARCHAR · 线索或项目
--   other_id VARCHAR · 另一条的编号
--   other_name VARCHAR · 另一条的名称
--   other_investor VARCHAR · 另一条的客商或业主
--   other_region VARCHAR · 另一条的县区/园区
--   other_leader VARCHAR · 另一条的包保领导
--   alike_ratio DOUBLE · 名称相像程度,1 为相同
--   because VARCHAR · 为什么说像
with item as (
    select
        '线索' as item_kind, lead_id as item_id, lead_name as item_name, investor, region, leader,
        regexp_replace(lead_name, '(招商|引进|新建|建设|生产|产业化)|(项目|基地|工程|产业园)$|[\s()()·]', '', 'g') as stem
    from leads
    where lead_name is not null
    union all
    select
        '项目', project_id, project_name, owner, region, accountable_leader,
        regexp_replace(project_name, '(招商|引进|新建|建设|生产|产业化)|(项目|基地|工程|产业园)$|[\s()()·]', '', 'g')
    from project_status
    where project_name is not null
),

-- a whole province has many pairs: only those that begin alike, or share an investor, are looked at closely
pair as (
    select
        one.item_id, one.item_name, one.investor, one.region, one.leader, one.stem,
        other.item_kind as other_kind, other.item_id as other_id, other.item_name as other_name,
        other.investor as other_investor, other.region as other_region, other.leader as other_leader,
        other.stem as other_stem
    from item as one
    inner join item as other
        on left(other.stem, 2) = left(one.stem, 2)
        and (other.item_kind = '项目' or other.item_id > one.item_id)
    where one.item_kind = '线索'
    union
    select
        one.item_id, one.item_name, one.investor, one.region, one.leader, one.stem,
        other.item_kind, other.item_id, other.item_name, other.investor, other.region, other.leader, other.stem
    from item as one
    inner join item as other
        on other.investor = one.investor
        and (other.item_kind = '项目' or other.item_id > one.item_id)
    where one.item_kind = '线索'
),

judged as (
    select
        *,
        jaro_winkler_similarity(stem, other_stem) as alike_ratio,
        coalesce(investor = other_investor, false) as same_investor
    from pair
)

select
    item_id as lead_id, item_name as lead_name, investor, region, leader, other_kind, other_id, other_name,
    other_investor, other_region, other_leader, alike_ratio,
    case
        when stem = other_stem and same_investor then '名称主干和客商都相同'
        when stem = other_stem and region = other_region then '名称主干相同,同在一个县区'
        when stem = other_stem then '名称主干相同'
        when same_investor then '客商相同,名称相近'
        else '名称很相近'
    end as because
from judged
where (alike_ratio >= if(same_investor, 0.6, 0.92))
    and ($region is null or $region in (region, other_region))
    and (
        $leader is null or other_leader = $leader
        or item_id in (select lead_id from lead_leader where lead_leader.leader = $leader)
    )
order by same_investor desc, coalesce(region = other_region, false) desc, alike_ratio desc, item_id, other_id
limit 200
