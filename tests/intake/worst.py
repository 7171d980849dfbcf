"""The worst workbook: one real .xlsx with every kind of mess an office's ledger has, written cell by cell.

Four visible sheets (one of them a pivot), one hidden. The first holds two tables: projects under a header of
three rows with procedures and months as columns, groups, parts, totals and notes; below it the problems.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

MAIN: Final = "10月调度"
# field → what is typed above it in the three header rows
_HEADER: Final[list[tuple[str | None, str | None, str | None]]] = [
    ("序号", None, None),
    ("项    目\n名  称", None, None),
    ("所在縣區", None, None),
    ("建设规模及内容", None, None),
    ("總投資", None, None),
    ("２０２６年投资", "计划投资", None),
    (None, "1-9月", "计划"),
    (None, None, "完成"),
    (None, "1-10月", "计划"),
    (None, None, "完成(亿元)"),
    ("计划开工", None, None),
    ("实际开工", None, None),
    ("建设起止年限", None, None),
    ("前期手续", "立项", None),
    (None, "能评", None),
    (None, "环评", None),
    ("包联领导", None, None),
    ("业主单位", None, None),
    ("主管部门", None, None),
    ("纳入情况", None, None),
    ("首席服务圆", None, None),
    ("备注", None, None),
]
_MERGED: Final = (
    "A1:V1",
    "F4:J4",
    "G5:H5",
    "I5:J5",
    "F5:F6",
    "N4:P4",
    *(f"{column}5:{column}6" for column in "NOP"),
    *(f"{column}4:{column}6" for column in "ABCDEKLMQRSTUV"),
)
_BLANK: Final = [None] * len(_HEADER)


def _row(**cells: Any) -> list[Any]:
    """A row by column letter."""
    row = list(_BLANK)
    for letter, value in cells.items():
        row[ord(letter) - ord("A")] = value
    return row


_PROJECTS: Final = [
    _row(A="一、新建项目（5项）"),
    _row(A="甲  县"),
    _row(
        A=1, B="D1-5地块项目", C="/", D="年产3万套,占地300万平方米", E="约3.5亿", F="12,000", G=9000, H=8000,
        I=10000, J=0.9, K="3月中旬", L="已开工", M="2026-2027", N="√", O="在办", P="不涉及", Q="张三、李四",
        R="某公司", S="市工信局、市商务局", T="已纳入", U="王服务", V="一般",
    ),
    _row(
        A=2, B="君澜府小区", E="1.2亿元", F="5000万", G=100, H=90, I=200, J="/", K="2026年3月底", L=45931,
        N="已办", O="待办", P="√", Q="市委书记 张三", R="某公司",
    ),
    _row(A="乙县"),
    _row(
        A=3, B="2022年桂林市人行天桥新建工程", E=28000, F=1000, G=0, H=None, I=500, J=None, K="上半年",
        L="2026.3.15", N="2026/3/5", O="—", P="12月20日", Q="张三(副市长)", R="待定",
    ),
    _row(A="3-1", B="人行天桥之东段", E=20000, K="一季度", Q="王五\n赵六"),
    _row(A=date(2026, 3, 2), B="人行天桥之西段", E=8000, K="年底前"),
    _row(B="小计", E="1.0亿元"),
    _row(A="二、续建项目"),
    _row(
        A=1, B="秀峰区敦睦村3、4、5组", C="乙縣", E=100, F="-", K="2025/3", L=date(2025, 3, 15), N="办结",
        O="√", P="✓", Q="钱七", R="二公司",
    ),
    _row(D="新增配套道路", E=50, V="追加"),
    _row(A=2, B="合计工程师培训中心", C="市直", E=200, K="2026-11-30", N="√", O="√", P="√", Q="钱七"),
    _row(B="合計", D="7个", E=99999),
    _row(A="注:“—”为不涉及。"),
]  # fmt: skip
_PROBLEMS: Final = [
    [],
    ["附表 存在问题清单"],
    ["序号", "项目名称", "存在的问题", "提出时间", "解决时限", "牵头单位"],
    [1, "D1-5地块", "施工用水未接通", "2026年9月初", "年底前", "市水务集团"],
    [None, None, "用电容量不足", "9月10日", "3小时解决", "供电公司"],
]
_NODES: Final = [
    ["項目名稱", "手續名稱", "辦理狀態", "受理時間", "承諾時限", "批覆文號"],
    ["君澜府小区", "施工许可", "在办", "2026年10月8日", "11月上旬", None],
    [None, "消防", "待办", None, None, None],
    ["秀峰区敦睦村3、4、5组", "立项", "已办", "2025-01-06", None, "〔2025〕12号"],
]
_TARGETS: Final = [
    ["指标名称", "范围", "期间", "目标值"],
    ["开复工率", "全市", "2026", "95%"],
    ["投资完成率", "全市", 2026, 1.05],
]
_PIVOT: Final = [["行标签", "求和项:总投资"], ["甲县", 5]]


def write(path: Path) -> Path:
    """The worst workbook as a file of this path."""
    book = Book()
    main = book.active
    assert main is not None
    main.title = MAIN
    _write_main(main)
    for title, rows in (("Sheet2", _NODES), ("目标", _TARGETS), ("透视", _PIVOT)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    old = book.create_sheet("去年")
    old.append(["项目名称", "县区"])
    old.append(["去年的项目", "甲县"])
    old.sheet_state = "hidden"
    book.save(path)
    return path


def _write_main(sheet: Worksheet) -> None:
    sheet.append(["某市2026年重点项目調度表(截至10月31日)"])
    sheet.append(["报送部门:市发改委"])
    sheet.append(_row(V="单位：万元"))
    for level in range(3):
        sheet.append([words[level] for words in _HEADER])
    for row in [*_PROJECTS, *_PROBLEMS]:
        sheet.append(row)
    for area in _MERGED:
        sheet.merge_cells(area)
    sheet.row_dimensions[12].hidden = True
    sheet.column_dimensions["T"].hidden = True
