-- question: 招商线索依次走哪几步?
-- row: one stage, in order (domain.md §5)
select unnest([1, 2, 3, 4, 5])::tinyint as stage_order, unnest(['线索', '洽谈', '签约', '落地', '开工']) as stage
