-- question: 谁以什么身份对哪个项目负责?
-- row: one role of one person on one project; 包保领导 is the one accountable leader, of several officers in a
--   cell (王一、王二) each has a row
with held as (
    select
        project_row,
        project_id,
        unnest([
            {'role': '包保领导', 'persons': accountable_leader},
            {'role': '首席服务员', 'persons': chief_officer},
            {'role': '推进专员', 'persons': promoter}
        ], recursive := true)
    from project_status
)

select distinct
    project_row,
    project_id,
    role,
    trim(unnest(string_split(persons, '、'))) as person
from held
where persons is not null
