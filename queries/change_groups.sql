-- question: 和比较的那天相比,各县区、领导的项目、亮灯、开复工率和名次怎样变?
-- row: one group of either day; counties and parks are ranked apart
-- params:
--   $as_of DATE = today · 状态日期
--   $since DATE · 和哪天比较;用那天或之前最近的快照
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看现在亮这种灯的项目,null 为全部
--   $by VARCHAR = all {all, region, leader} · 分组
-- columns:
--   since DATE · 和哪天的快照比较
--   group VARCHAR · 分组的值;不分组为“全部”
--   region_kind VARCHAR · 县区、园区或市直;只有按县区、园区分组时有
--   projects_before BIGINT · 那天的项目,个
--   projects BIGINT · 现在的项目,个
--   red_before BIGINT · 那天的红灯项目,个
--   red BIGINT · 现在的红灯项目,个
--   yellow_before BIGINT · 那天的黄灯项目,个
--   yellow BIGINT · 现在的黄灯项目,个
--   blue_before BIGINT · 那天的蓝灯项目,个
--   blue BIGINT · 现在的蓝灯项目,个
--   green_before BIGINT · 那天的绿灯项目,个
--   green BIGINT · 现在的绿灯项目,个
--   grey_before BIGINT · 那天的灰灯项目,个
--   grey BIGINT · 现在的灰灯项目,个
--   stopped_before BIGINT · 那天的停工项目,个
--   stopped BIGINT · 现在的停工项目,个
--   started_numerator_before BIGINT · 那天已开复工,个
--   started_numerator BIGINT · 现在已开复工,个
--   started_denominator_before BIGINT · 那天的年度清单,个
--   started_denominator BIGINT · 现在的年度清单,个
--   ratio_before DOUBLE · 那天的开复工率(年度清单)
--   ratio DOUBLE · 现在的开复工率(年度清单)
--   rank_before BIGINT · 那天同类中的名次(开复工率,再投资完成率)
--   rank BIGINT · 现在同类中的名次
--   moved BIGINT · 名次上升几位;负数为下降,一边没有名次为 null
--   done_nodes BIGINT · 其间办结的节点,个
--   newly_overdue BIGINT · 其间转为逾期的节点,个
--   slipped_nodes BIGINT · 其间推迟的节点,个
--   cutoff DATE · 数据截止日期,不晚于状态日期
with present as (
    select project_id, 'now' as side, region, region_kind, accountable_leader, light, started_or_resumed,
        invested_this_year_yuan, annual_plan_yuan
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

was as (
    select project_id, 'before' as side, region, region_kind, accountable_leader, light, started_or_resumed,
        invested_this_year_yuan, annual_plan_yuan
    from before_project
    where in_scope(
        region, district, accountable_leader, level, kind, campaign, industry, departments, light, project_id,
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

placed as (
    select
        project_id, side, light, started_or_resumed, invested_this_year_yuan, annual_plan_yuan,
        coalesce(case $by when 'region' then region when 'leader' then accountable_leader else '全部' end, '未填')
            as group_name,
        if($by = 'region', region_kind, null) as region_kind
    from (
        from present
        union all
        from was
    )
),

counted as (
    select
        group_name,
        side,
        any_value(region_kind) as region_kind,
        count(*) as projects,
        count(*) filter (started_or_resumed) as started,
        count(*) filter (light = 'red') as red,
        count(*) filter (light = 'yellow') as yellow,
        count(*) filter (light = 'blue') as blue,
        count(*) filter (light = 'green') as green,
        count(*) filter (light = 'grey') as grey,
        count(*) filter (light = 'stopped') as stopped,
        count(*) filter (started_or_resumed) / count(*) as ratio,
        sum(invested_this_year_yuan) / nullif(sum(annual_plan_yuan), 0) as investment_ratio
    from placed
    group by group_name, side
),

ranked as (
    select
        *,
        place_among((side, region_kind), ratio, investment_ratio) as rank
    from counted
),

moved as (
    select
        group_name,
        count(*) filter (changed.kind = 'done') as done_nodes,
        count(*) filter (changed.newly_overdue) as newly_overdue,
        count(*) filter (changed.kind = 'slipped') as slipped_nodes
    from changed_node as changed
    inner join placed on placed.project_id = changed.project_id and side = 'now'
    group by group_name
),

paired as (
    select
        coalesce(current.group_name, earlier.group_name) as group_name,
        coalesce(current.region_kind, earlier.region_kind) as region_kind,
        current as current,
        earlier as earlier
    from (from ranked where side = 'now') as current
    full outer join (from ranked where side = 'before') as earlier on earlier.group_name = current.group_name
)

select
    since, paired.group_name as "group", paired.region_kind,
    coalesce(earlier.projects, 0) as projects_before, coalesce(current.projects, 0) as projects,
    coalesce(earlier.red, 0) as red_before, coalesce(current.red, 0) as red,
    coalesce(earlier.yellow, 0) as yellow_before, coalesce(current.yellow, 0) as yellow,
    coalesce(earlier.blue, 0) as blue_before, coalesce(current.blue, 0) as blue,
    coalesce(earlier.green, 0) as green_before, coalesce(current.green, 0) as green,
    coalesce(earlier.grey, 0) as grey_before, coalesce(current.grey, 0) as grey,
    coalesce(earlier.stopped, 0) as stopped_before, coalesce(current.stopped, 0) as stopped,
    coalesce(earlier.started, 0) as started_numerator_before, coalesce(current.started, 0) as started_numerator,
    coalesce(earlier.projects, 0) as started_denominator_before, coalesce(current.projects, 0) as started_denominator,
    earlier.ratio as ratio_before, current.ratio, earlier.rank as rank_before, current.rank,
    earlier.rank - current.rank as moved,
    coalesce(done_nodes, 0) as done_nodes, coalesce(newly_overdue, 0) as newly_overdue,
    coalesce(slipped_nodes, 0) as slipped_nodes, cutoff
from paired
left join moved on moved.group_name = paired.group_name
cross join before_day
cross join status_date
order by case paired.region_kind when '县区' then 1 when '园区' then 2 else 3 end, current.rank nulls last, "group"
