-- question: 一个节点名称属于手续还是建设节点,通常排在第几?
-- row: one node name known from practice
-- A name staff write that isn't listed is a procedure, ordered after the listed ones.
select node, sort_order, is_procedure
from (
    values
    ('备案', 10, true), ('核准', 11, true), ('建议书', 12, true), ('项目建议书', 12, true), ('立项', 13, true),
    ('用地预审', 20, true), ('选址', 21, true), ('稳评', 22, true), ('可研', 25, true), ('初设', 27, true),
    ('能评', 30, true), ('节能审查', 30, true), ('环评', 31, true), ('安评', 32, true), ('水保', 33, true),
    ('洪评', 34, true), ('文物', 35, true), ('地灾', 36, true), ('压矿', 37, true), ('压覆矿', 37, true),
    ('用地', 40, true), ('供地', 40, true), ('用地规划', 41, true), ('规划', 42, true), ('不动产权', 43, true),
    ('方案', 45, true), ('工程规划', 46, true), ('图审', 47, true), ('施工图', 47, true), ('消防', 48, true),
    ('招标', 50, true), ('定施工单位', 51, true), ('施工单位', 51, true), ('施工许可', 55, true),
    ('开工', 60, false), ('复工', 61, false), ('基础', 62, false), ('主体', 63, false), ('封顶', 64, false),
    ('主体封顶', 64, false), ('设备安装', 65, false), ('供电', 66, false), ('供水', 67, false), ('调试', 68, false),
    ('竣工', 70, false), ('竣工验收', 71, false), ('试生产', 72, false), ('投产', 73, false), ('达产', 74, false)
) as known (node, sort_order, is_procedure)
