-- question: 一个项目在状态日期这天是什么样子?
-- row: one project, as a snapshot keeps it to be compared with later
create view standing_project as
select
    project_measure.project_id, project_name, region, region_kind, district, level, kind, industry, campaign,
    departments, accountable_leader, light, severity, light_node, light_due_date, started_or_resumed, finished,
    stopped, float_workdays, target_date, forecast_finish, invested_this_year_yuan, annual_plan_yuan,
    total_investment_yuan, mark
from project_measure
left join ledger_mark on ledger_mark.project_id = project_measure.project_id
