-- question: 一种空缺有几个,举一个项目?
-- row: a struct of place, hole, found and example; example is null where nothing is missing
create macro ledger_hole(at_place, called, missing, of_project) as
{
    'place': at_place, 'hole': called, 'found': count(*) filter (missing),
    'example': min(of_project) filter (missing)
}
