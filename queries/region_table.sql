-- question: 各县区、园区的开复工、亮灯、投资和手续进度如何,排第几?
-- row: one region; counties and parks are ranked apart
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
-- columns:
--   region VARCHAR · 县区或园区
--   region_kind VARCHAR · 县区、园区或市直
--   rank BIGINT · 同类中的名次(开复工率,再投资完成率)
--   projects BIGINT · 项目,个
--   started BIGINT · 已开复工,个
--   start_ratio DOUBLE · 开复工率(年度清单)
--   red BIGINT · 红灯项目,个
--   yellow BIGINT · 黄灯项目,个
--   blue BIGINT · 蓝灯项目,个
--   green BIGINT · 绿灯项目,个
--   grey BIGINT · 灰灯项目,个
--   stopped BIGINT · 停工项目,个
--   invested_yuan BIGINT · 本年完成投资,元;都没填为 null
--   annual_plan_yuan BIGINT · 年度计划投资,元;都没填为 null
--   investment_ratio DOUBLE · 投资完成率
--   procedures_due BIGINT · 应办手续,项
--   procedures_done BIGINT · 办结手续,项
--   procedure_ratio DOUBLE · 手续办结率
--   cutoff DATE · 数据截止日期,不晚于状态日期
with project as (
    select *
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

summed as (
    select
        region,
        any_value(region_kind) as region_kind,
        count(*) as projects,
        count(*) filter (started_or_resumed) as started,
        count(*) filter (light = 'red') as red,
        count(*) filter (light = 'yellow') as yellow,
        count(*) filter (light = 'blue') as blue,
        count(*) filter (light = 'green') as green,
        count(*) filter (light = 'grey') as grey,
        count(*) filter (light = 'stopped') as stopped,
        sum(invested_this_year_yuan)::bigint as invested_yuan,
        sum(annual_plan_yuan)::bigint as annual_plan_yuan,
        sum(procedures_due)::bigint as procedures_due,
        sum(procedures_done)::bigint as procedures_done
    from project
    group by region
),

divided as (
    select
        *,
        started / projects as start_ratio,
        invested_yuan / nullif(annual_plan_yuan, 0) as investment_ratio,
        procedures_done / nullif(procedures_due, 0) as procedure_ratio
    from summed
)

select
    region, region_kind,
    place_among(region_kind, start_ratio, investment_ratio) as rank,
    projects, started, start_ratio, red, yellow, blue, green, grey, stopped, invested_yuan, annual_plan_yuan,
    investment_ratio, procedures_due, procedures_done, procedure_ratio, cutoff
from divided
cross join status_date
order by case region_kind when '县区' then 1 when '园区' then 2 else 3 end, rank, region
