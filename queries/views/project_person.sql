-- question: 谁以什么身份对哪个项目负责?
-- row: one role on one project; 包保领导 is the one accountable leader
with held as (
    select
        project_row,
        project_id,
        unnest([
            {'role': '包保领导', 'person': accountable_leader},
            {'role': '首席服务员', 'person': chief_officer},
            {'role': '推进专员', 'person': promoter}
        ], recursive := true)
    from project_status
)

select project_row, project_id, role, person
from held
where person is not null
