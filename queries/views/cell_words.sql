-- question: 一个单元格里的日期从哪天改到哪天?
-- row: a text such as 承诺完成 6月30日 → 7月15日
create macro cell_words(header, before, after) as
header || ' ' || day_words(before, after) || ' → ' || day_words(after, before)
