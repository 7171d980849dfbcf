-- question: 专项行动里,开工和各项手续一天天完成了多少?
-- row: one procedure, or 开工, on one working day of the campaign up to the status date
-- What is done on a day nobody wrote down counts from the first day on.
-- params:
--   $as_of DATE = today · 状态日期
--   $region $district $leader $level $kind $campaign $industry $department $project VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $first $last DATE = null · 专项行动的第一天和最后一天;null 为截止前100天到截止日
-- columns:
--   step VARCHAR · 手续,或 开工
--   day DATE · 工作日
--   done BIGINT · 到这天已办结,项或个
--   due BIGINT · 应办,项或个
with project as (
    select project_row, kind_class, started_or_resumed, actual_start
    from scoped_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, $project
    )
),

-- every day so far, and the day before the first one as the beginning
campaign_day as (
    select day, is_workday or day = cutoff or day = coalesce($first, cutoff - 99) - 1 as shown
    from calendar
    cross join status_date
    where day between coalesce($first, cutoff - 99) - 1 and least($last, cutoff)
),

-- by the day they were finished on; null for what is not, or on a day nobody wrote down
counted as (
    select node::varchar as step, state = 'done' as over, finished_on, steps
    from (
        select node, state, actual_finish as finished_on, count(*) as steps
        from node_light
        semi join project on project.project_row = node_light.project_row
        where reported and is_procedure and state <> 'not_applicable'
        group by all
    )
    union all
    select '开工', started_or_resumed, actual_start, count(*)
    from project
    where kind_class is distinct from '续建'
    group by all
),

tallied as (
    select
        step, sum(steps)::bigint as due,
        coalesce(sum(steps) filter (over and finished_on is null), 0)::bigint as undated
    from counted
    group by step
),

finished as (
    select step, greatest(finished_on, (select min(day) from campaign_day)) as day, sum(steps)::bigint as done
    from counted
    where over and finished_on is not null
    group by all
),

risen as (
    select
        tallied.step, campaign_day.day, shown, due,
        (undated + coalesce(sum(done) over (partition by tallied.step order by campaign_day.day), 0))::bigint as done
    from tallied
    cross join campaign_day
    left join finished on finished.step = tallied.step and finished.day = campaign_day.day
)

select risen.step, day, done, due
from risen
left join node_kind on node_kind.node = risen.step
where shown
order by sort_order nulls last, risen.step, day
