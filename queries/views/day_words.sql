-- question: 一个日期怎样写?
-- row: a text such as 6月30日, with the year where the other day is of another one; 空 without a day
create macro day_words(day, other) as
coalesce(
    if(year(day) <> year(other), year(day) || '年', '') || month(day) || '月' || day(day) || '日', '空'
)
