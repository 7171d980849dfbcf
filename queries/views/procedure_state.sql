-- question: 一个项目的一项手续办到哪一步?
-- row: one reported procedure of one project, in codes so that a whole province is counted at once
-- state_code: 1 done on time, 2 done late or on an unknown day, 3 running, 4 waiting, 5 not applicable
select
    project_row,
    procedure_code,
    case
        when state = 'done' and done_late_days = 0 then 1
        when state = 'done' then 2
        when state = 'running' then 3
        when state = 'waiting' then 4
        else 5
    end::tinyint as state_code
from node_light
inner join procedure_name on procedure_name.procedure = node_light.node
where reported and is_procedure and project_row is not null
