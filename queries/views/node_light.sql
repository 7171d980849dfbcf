-- question: 一个节点亮什么灯,离应办结日还有几个工作日?
-- row: one node of one project
-- workdays_left: negative is days overdue, null once the node is done. Bands come from light_rule; a node nobody
--  has reported is grey, because we don't know it. The clock of a stopped project stands still.
with node as (
    select * from node_state
),

project as (
    select project_row, project_id, stopped, region from project_status
),

today_index as (
    select workday_index as today, next_index as next_today
    from status_date
    inner join calendar on calendar.day = status_date.as_of
),

measured as (
    select
        project_row,
        node.*,
        coalesce(project.stopped, false) or standstill.node is not null as standing_still,
        case
            when state in ('done', 'not_applicable') then null
            else workdays_until(due.workday_index, today, next_today)
        end as workdays_left,
        case when state = 'done' then workdays_late(finish.next_index, due.workday_index) end as done_late_days
    from node
    cross join today_index
    left join project on project.project_id = node.project_id
    left join standstill on standstill.region = project.region and standstill.node = node.node
    left join calendar as due on due.day = node.due_date
    left join calendar as finish on finish.day = node.actual_finish
),

judged as (
    select
        measured.* exclude (standing_still),
        must_start_today and state in ('waiting', 'unreported') and not standing_still as must_start,
        if(standing_still and state in ('running', 'waiting', 'unreported'), 'stopped', state) as rule_state
    from measured
),

rule as (
    select
        *,
        case metric when 'workdays_left' then 1 when 'done_late_workdays' then 2 end as metric_column
    from light_rule
    where rule = 'node'
)

select
    judged.* exclude (rule_state)
        replace (
            node::node_word as node, department::node_word as department, judged.state::node_word as state,
            phase::node_word as phase, due_basis::node_word as due_basis
        ),
    rule.light::node_word as light, rule.word::node_word as word, light.shape::node_word as shape, light.severity
from judged
left join rule
    on rule.state = judged.rule_state
    and case
        when case metric_column when 1 then workdays_left when 2 then done_late_days end is null then when_unknown
        else not when_unknown
            and case metric_column when 1 then workdays_left else done_late_days end
                >= coalesce(greatest(low_inclusive, floor(low_share * duration_workdays) + 1), '-infinity'::double)
            and case metric_column when 1 then workdays_left else done_late_days end
                < coalesce(greatest(high_exclusive, floor(high_share * duration_workdays) + 1), 'infinity'::double)
    end
left join light on light.code = rule.light
order by project_row, sequence, judged.node
