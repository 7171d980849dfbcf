-- question: 有哪些比率,分母是什么口径,按什么单位数?
-- row: one rate; indicator_order is its place on every list
-- follows_choice: the base asked for (annual list, due, promised) comes before these words. counts: nothing
-- found is 0; of a rate that sums, nothing but empty cells is null. Source: domain.md §4.
select indicator_order::tinyint as indicator_order, indicator, base, follows_choice, unit, counts
from (
    values
    (1, '开复工率', '', true, '个', true), (2, '开工率(新建)', '新建', true, '个', true),
    (3, '复工率(续建)', '续建', true, '个', true), (4, '手续办结率', '应办手续', false, '项', false),
    (5, '手续齐备率', '已报手续的项目', false, '个', true), (6, '按期办结率', '截至当日应办结手续', false, '项', false),
    (7, '投资完成率', '年度计划投资', false, '元', false), (8, '投资完成率(新建)', '新建年度计划投资', false, '元', false),
    (9, '投资完成率(续建)', '续建年度计划投资', false, '元', false), (10, '竣工率', '本年计划竣工', false, '个', true),
    (11, '按期竣工率', '截至当日应竣工', false, '个', true), (12, '投产率', '本年计划投产', false, '个', true),
    (13, '达产率', '本年计划达产', false, '个', true),
    (14, '入库率', '已开工且总投资500万元及以上', false, '个', true),
    (15, '资金到位率(年度计划)', '年度计划投资', false, '元', false),
    (16, '资金到位率(总投资)', '总投资', false, '元', false), (17, '问题销号率', '提出的问题', false, '个', false),
    (18, '按期销号率', '截至当日承诺解决的问题', false, '个', false),
    (19, '走访达标率', '包保领导和首席服务员', false, '人', true)
) as known (indicator_order, indicator, base, follows_choice, unit, counts)
