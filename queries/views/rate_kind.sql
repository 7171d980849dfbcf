-- question: 有哪些比率,分母是什么口径,按什么单位数?
-- row: one rate; indicator_order is its place in the lists of counted_rates
-- follows_choice: the base asked for (annual list, due, promised) comes before these words. Source: domain.md §4.
select indicator_order, indicator, base, follows_choice, unit
from (
    values
    (1, '开复工率', '', true, '个'), (2, '开工率(新建)', '新建', true, '个'), (3, '复工率(续建)', '续建', true, '个'),
    (4, '手续办结率', '应办手续', false, '项'), (5, '手续齐备率', '已报手续的项目', false, '个'),
    (6, '按期办结率', '截至当日应办结手续', false, '项'), (7, '投资完成率', '年度计划投资', false, '元'),
    (8, '竣工率', '本年计划竣工', false, '个'), (9, '按期竣工率', '截至当日应竣工', false, '个'),
    (10, '投产率', '本年计划投产', false, '个'), (11, '达产率', '本年计划达产', false, '个'),
    (12, '入库率', '已开工且总投资500万元及以上', false, '个'),
    (13, '资金到位率(年度计划)', '年度计划投资', false, '元'), (14, '资金到位率(总投资)', '总投资', false, '元'),
    (15, '问题销号率', '提出的问题', false, '个'), (16, '按期销号率', '截至当日承诺解决的问题', false, '个'),
    (17, '走访达标率', '包保领导和首席服务员', false, '人')
) as known (indicator_order, indicator, base, follows_choice, unit)
