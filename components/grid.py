"""AG Grid in Chinese: the words of its menus, filters and empty states."""

from __future__ import annotations

from typing import Final

CHINESE: Final[dict[str, str]] = {
    "noRowsToShow": "没有符合条件的行;请清空查找,或去掉一个筛选",
    "loadingOoo": "正在读取…", "filterOoo": "筛选…", "searchOoo": "查找…",
    "blanks": "(空)", "selectAll": "全选", "equals": "等于", "notEqual": "不等于", "blank": "为空",
    "notBlank": "不为空", "contains": "包含", "notContains": "不包含", "startsWith": "开头是",
    "endsWith": "结尾是", "lessThan": "小于", "greaterThan": "大于", "lessThanOrEqual": "不大于",
    "greaterThanOrEqual": "不小于", "inRange": "介于", "inRangeStart": "从", "inRangeEnd": "到",
    "andCondition": "并且", "orCondition": "或者", "applyFilter": "应用", "resetFilter": "重置",
    "clearFilter": "清除", "cancelFilter": "取消", "textFilter": "文本筛选", "numberFilter": "数字筛选",
    "dateFilter": "日期筛选", "columns": "列", "filters": "筛选", "page": "第", "of": "/", "to": "至",
    "nextPage": "下一页", "lastPage": "末页", "firstPage": "首页", "previousPage": "上一页",
    "pinColumn": "固定列", "pinLeft": "固定在左", "pinRight": "固定在右", "noPin": "不固定",
    "autosizeThisColumn": "本列适应内容", "autosizeAllColumns": "各列适应内容", "resetColumns": "恢复各列",
    "copy": "复制", "export": "导出", "sortAscending": "升序", "sortDescending": "降序",
    "sortUnSort": "不排序",
    "ariaFilterValue": "筛选值", "ariaFilterFromValue": "起", "ariaFilterToValue": "止", "ariaColumn": "列",
    "ariaSearch": "查找", "ariaFilteringOperator": "筛选方式", "ariaMenuColumn": "列菜单",
    "ariaFilterColumn": "筛选本列", "ariaSortableColumn": "回车排序", "ariaFilterMenuOpen": "打开筛选",
    "ariaLabelColumnFilter": "列筛选", "ariaFilterColumnsInput": "筛选各列", "dateFormatOoo": "年-月-日",
}  # fmt: skip
