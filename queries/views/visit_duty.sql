-- question: 谁对哪个项目有走访的责任,本月走访够两次了吗?
-- row: one 包保领导 or 首席服务员 of one project; person_number counts persons, for fast counting
select distinct
    project_row,
    dense_rank() over (order by project_person.person)::integer as person_number,
    coalesce(visits_this_month >= 2, false) as visiting
from project_person
left join visit_count on visit_count.person = project_person.person
where role <> '推进专员'
order by project_row
