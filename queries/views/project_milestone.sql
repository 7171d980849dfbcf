-- question: 项目台账怎样说一个项目的开工、竣工和投产:计划哪天,实际哪天,办到了吗?
-- row: one of the three milestones of one project
-- A 续建 project has its start behind it, whatever the ledger leaves empty.
select
    project_id,
    unnest([
        {
            'node': '开工', 'planned': coalesce(campaign_target_date, planned_start),
            'actual': actual_start, 'done': started or kind_class is not distinct from '续建'
        },
        {'node': '竣工', 'planned': planned_finish, 'actual': actual_finish, 'done': finished},
        {'node': '投产', 'planned': planned_production, 'actual': actual_production, 'done': producing}
    ], recursive := true)
from project_status
