"""The 42 kinds of mess seen in official tables, each with its published example: what is kept of it.

Numbers are those of the survey of official tables of 31 provinces (MESS.md); its words stand here as data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

Rows = list[list[Any]]


@dataclass(frozen=True)
class Table:
    """Sheets of a workbook, what comes out in these columns of 项目, and rules that have to be told."""

    number: int
    sheets: Mapping[str, Rows]
    columns: str
    expected: list[Any]
    told: str = ""
    name: str = "台账.xlsx"


def t(number: int, rows: Rows, columns: str, expected: list[Any], told: str = "", **more: Any) -> Table:
    """One sheet; a single column's expected values stand without tuples."""
    return Table(number, {"Sheet1": rows}, columns, expected, told, **more)


def column(
    number: int, header: str, cells: list[Any], field: str, expected: list[Any], told: str = ""
) -> Table:
    """One column beside the names."""
    rows = [["项目名称", header], *([f"第{i}项目", cell] for i, cell in enumerate(cells))]
    return t(number, rows, field, expected, told)


NAME: Final = "project_name"
TOTAL: Final = "total_investment_yuan"
PLAN: Final = "annual_plan_yuan"
A: Final = "A县"

HEADERS: Final = [
    t(1, [["项目单位及名称", "项目（法人）单位", "所在省辖市、县区", "建设批次"], ["甲", "某公司", A, "新建"]],
      f"{NAME} owner region kind", [("甲", "某公司", A, "新建")]),
    t(1, [["工程名称", "今年计划投资(万元)", "项目简介", "主责单位"], ["甲", 5, "路", "水利局"]],
      f"{PLAN} content responsible_unit", [(50_000, "路", "水利局")]),
    t(2, [["项目名称", "县级领导", "市级包抓领导"], ["甲", "李四", "张三"]], "leaders", [["李四", "张三"]]),
    t(3, [["项    目  名  称", "投资\n规模(亿元)", "责任\n单位"], ["甲", 1, "北关区"]],
      f"{TOTAL} responsible_unit", [(100_000_000, "北关区")]),
    t(3, [["项 目 名 称", "2022年前期工作或工程\n形象进度目标"], ["甲", "完成选址"]], "goal_text", ["完成选址"]),
    t(4, [["项目名称", "年度计划投资（万元)"], ["路网（北岸片区)", 5], ["铁路(宁甘界）段", 6], ["科创中心 8项)", 7]],
      f"{NAME} {PLAN}", [("路网（北岸片区)", 50_000), ("铁路(宁甘界）段", 60_000), ("科创中心 8项)", 70_000)]),
    t(5, [["附件"], [], ["编制单位:某市发改委", None, "单位：万元"], ["序号", "项目名称", "总投资"], [1, "甲", 5]],
      TOTAL, [50_000]),
    t(5, [["单位:万元"], ["序号", "项目名称", "备注"], [1, "甲", "跨年"]], f"{NAME} {TOTAL}", [("甲", None)]),
    t(6, [["项目名称", "总投资（亿元）", "年度计划投资（万元）"], ["甲", 1.2, 5]], f"{TOTAL} {PLAN}",
      [(120_000_000, 50_000)]),
    t(7, [["附件1"], *[[f"说明{i}"] for i in range(17)], ["报送部门:发改委"], ["5", "25", "20", "20", "50"],
          ["序号", "项目名称", "县区"], [1, "甲", A]], f"{NAME} region", [("甲", A)]),
    t(8, [["项目名称", "2020年计划(万元)", None], [None, "计划投资", "进度目标"], ["甲", 5, "封顶"]],
      f"{PLAN} goal_text", [(50_000, "封顶")], name="2020-06-30.xlsx"),
    t(8, [["项目名称", "2021年投资计划(万元)", None, None], [None, "主要建设内容", "小计", "新增生产能力"],
          ["甲", "路", 5, "8万吨"]], PLAN, [50_000], name="2021-06-30.xlsx"),
    t(8, [["项目名称", "2024年计划投资(万元)", None, None], [None, "计划总投资", "省级以上补助", "市财政"],
          ["甲", 9, 2, 3]], PLAN, [90_000], name="2024-06-30.xlsx"),
    t(8, [["项目名称", "建设起"], [None, "止年限"], ["甲", "2023-2025"]], "planned_finish", [date(2025, 12, 31)]),
    t(9, [["项目名称", "县区", None], [None, "甲", A], [None, "乙", A]], f"{NAME} region", [("甲", A), ("乙", A)],
      "header_shifted"),
    t(9, [["项目名称", "县区", None, None], ["甲", A, "铁路", "列入规划"]], NAME, ["甲"]),
    t(10, [["序号", "项目名称", "县区"], [1, "甲", A], ["序号", "项目名称", "县区"], [2, "乙", A]], NAME,
      ["甲", "乙"]),
    t(11, [["项目名称", *[f"{span}月{word}投资(万元)" for span in ("1", "1-2", "1-3") for word in ("计划", "完成")]],
           ["甲", 1, 1, 2, 3, 4, 5]], f"{NAME} invested_this_year_yuan", [("甲", 50_000)], name="2022-03-31.xlsx"),
]  # fmt: skip

ROWS: Final = [
    t(12, [["序号", "项目名称", "建设内容", "总投资(万元)"], ["合计", None, 241, None], [1, "甲", "路", 5]],
      f"{NAME} {TOTAL}", [("甲", 50_000)], "total_rows"),
    t(13, [["序号", "项目名称", "总投资(万元)"], [None, "一、基础设施|2", 30], [None, "（一）交通", 30],
           [None, "——铁路", 30], [1, "甲", 10], [2, "乙", 20]], f"{NAME} {TOTAL}", [("甲", 100_000), ("乙", 200_000)],
      "group_rows"),
    *(t(14, [["序号", "项目名称", "总投资(万元)"], [*group, None], [1, "甲", 5]], NAME, ["甲"], "group_rows")
      for group in ((None, "Ⅰ 机场（1项）"), (None, "① 交通项目1个"), (None, "【预备】(1个)"), (None, "一、续建项目"),
                    (-1, "国铁干线项目"), ("428-442", "4.房地产开发"))),
    t(14, [["序号", "项目名称", "个数", "总投资(万元)"], ["一", "农林水利", 1, 5], [1, "甲", None, 5]], NAME, ["甲"],
      "group_rows"),
    t(14, [["序号", "项目名称", "个数", "总投资(万元)"], [None, "计划新开工项目", 1, 5], [1, "甲", None, 5]],
      f"{NAME} kind", [("甲", "新建")]),
    t(15, [["序号", "项目名称", "个数", "总投资(万元)"], [None, "南宁市人民政府", 1, 5], [1, "甲", None, 5]],
      f"{NAME} region", [("甲", "南宁市")]),
    t(15, [["序号", "项目名称", "总投资(万元)"], ["南 宁 市", None, None], [1, "甲", 5], ["市直", None, None],
           [1, "乙", 6]], f"{NAME} region", [("甲", "南宁市"), ("乙", "市直")]),
    *(t(16, [["序号", "项目名称", "县区"], [1, "甲", A], [said], [2, "乙", A]], NAME, ["甲", "乙"], "note_rows")
      for said in ("重大前期项目92个,总投资494亿元。其中省级3个。", '备注：标"★"的为2025年重大项目。', "下列12个子项目")),
    t(17, [["江门市2024年重点项目计划表(444项)"], ["序号", "项目名称", "县区"], [1, "甲", A]], NAME, ["甲"],
      "declared_count_differs"),
    *(Table(18, {"项目": [["项目名称", "县区"], ["甲", A]], title: rows}, NAME, ["甲"], "sheet_not_recognised")
      for title, rows in {
          "透视": [["行标签", "求和项:总投资\n（万元）", "计数项:项目名称"], [A, 5, 3], ["总计", 5, 3]],
          "挂图作战任务汇总表": [["挂图作战任务汇总表"], ["序号", "牵头单位", "任务数", "完成数", "总投资(亿元)"],
                        [1, "市发改委", 5, 3, 20.5], [2, "市住建局", 6, 4, 11]],
          "字典": [["建设性质", "行业", "县区", "项目类型"], ["新建", "交通", "北碚区", "审批"]],
          "Sheet2": [["北碚区", "新建", "交通"], ["湘潭县", "续建", "能源"]],
          "统计表": [["区县", "项目个数", "总投资", "年度计划投资"], ["江阳区", 5, 100, 20]],
      }.items()),
]  # fmt: skip

ODD_NAMES: Final = [
    "君澜府小区", "汉中综合保税区", "未来智慧餐厅", "肖家村预留地项目", "兴安县县城东环、南环路",
    "秀峰区敦睦村3、4、5组安置房", "某项目(含旅游）：良丰河治理", "D1-5地块项目", "2022年桂林市人行天桥新建工程",
    "桂林▪两江四湖", "驰普·桂北", "迷山·阳朔",
]  # fmt: skip
IDENTITY: Final = [
    t(19, [["序号", "项目名称", "县区"], [None, "一、新建", None], [1, "甲", A], [None, "二、续建", None],
           [1, "(1)宁夏泽恺农业", A]], NAME, ["甲", "(1)宁夏泽恺农业"]),
    t(19, [["序号", "项目名称", "投资来源", "总投资(万元)"], [1, "甲", "中央", 100], [None, None, "地方", 60],
           [2, "乙", "企业", 5]], f"{NAME} {TOTAL}", [("甲", 1_000_000), ("乙", 50_000)], "further_rows"),
    Table(20, {"续建": [["项目编号", "项目名称"], ["1", "宁夏美术馆"]], "新建": [["项目编号", "项目名称"],
               ["2", "宁夏美术馆▲"]]}, NAME, ["宁夏美术馆", "宁夏美术馆▲"], "same_name_twice"),
    t(21, [["项目名称", "县区"], ["上海光源二期", A], ["上海光源二期(线站工程)", A], ["藍星島", A], ["藍星島旅游公路", A],
           ["热电厂一期", A], ["热电厂五期", A]], NAME,
      ["上海光源二期", "上海光源二期(线站工程)", "藍星島", "藍星島旅游公路", "热电厂一期", "热电厂五期"]),
    t(22, [["序号", "项目名称", "县区"], *([i, name, A] for i, name in enumerate(ODD_NAMES, 1))], NAME, ODD_NAMES),
]  # fmt: skip

PEOPLE: Final = [
    column(24, "责任单位", ["广西壮族自治区港航管理局、市交通运输局"], "responsible_unit",
           ["广西壮族自治区港航管理局、市交通运输局"]),
    *(column(24, "包保领导", [cell], "leaders", [["张三", "李四"]])
      for cell in ("张三、李四", "张三,李四", "张三 李四", "张三\n李四")),
    column(24, "包保领导", ["张建国李爱民"], "leaders", [["张建国李爱民"]], "names_run_together"),
    column(25, "责任单位", ["秀峰区政府", "桂林市秀峰区人民政府", "恭城瑶族自治县政府"], "region",
           ["秀峰区", "秀峰区", "恭城瑶族自治县"]),
    t(25, [["项目名称", "责任单位", "建设单位"], ["甲", "市经投集团", "市经投集团"], ["乙", "市经投集团", "待定"],
           ["丙", "市经投集团", None]], "owner", ["市经投集团", None, None]),
    column(26, "责任单位", ["市交通运输局"], "region", ["市直"]),
]  # fmt: skip

MONEY: Final = [
    column(27, "总投资", ["120.5亿元", "120000万元", "约2.8亿元", "约279亿元", "投资9000多万元"], TOTAL,
           [12_050_000_000, 1_200_000_000, 280_000_000, 27_900_000_000, 90_000_000], "approximate_money"),
    column(27, "总投资(万元)", ["120,000", "1,584,946.56", 32890747.21, 28000], TOTAL,
           [1_200_000_000, 15_849_465_600, 328_907_472_100, 280_000_000]),
    t(27, [["项目名称", "建设内容", "总投资(万元)"], ["甲", "项目总投资约2.8亿元,新建厂房", 28000]], TOTAL,
      [280_000_000]),
    column(28, "总投资(万元)", ["6973148"], TOTAL, [69_731_480_000]),
    column(28, "总投资(万元)", [737500, "7089078737500"], TOTAL, [7_375_000_000, None], "unreadable_money"),
    *(column(29, "总投资(万元)", [cell], TOTAL, [None], "unreadable_money")
      for cell in ("年产3万套", "300萬平方米", "120万千瓦", "5万亩", "3000吨")),
    column(30, "总投资(亿元)", ["5。41億元", "５"], TOTAL, [541_000_000, 500_000_000]),
    column(30, "总投资(亿元)", [6.1, 5.2, 4.4, 7.5, 5.9, "3.06萬元"], TOTAL,
           [610_000_000, 520_000_000, 440_000_000, 750_000_000, 590_000_000, 30_600], "amount_out_of_scale"),
    column(32, "總投資(億元)", ["1.2萬億", 3], TOTAL, [1_200_000_000_000, 300_000_000]),
    column(32, "总投资(新臺幣千元)", [5], TOTAL, [None]),
]  # fmt: skip

DATES: Final = [
    *(column(33, "建设起止年限", [cell], "planned_finish", [date(2025, 12, 31)])
      for cell in ("2023-2025", "2023年至2025年", "2023—2025")),
    column(33, "计划竣工", ["2024年10月", 45597, "2023-05-04 08:48:14.0"], "planned_finish",
           [date(2024, 10, 31), date(2024, 11, 1), date(2023, 5, 4)]),
    column(33, "计划竣工", ["99.01-110.12"], "planned_finish", [None], "unreadable_date"),
    column(34, "计划竣工", ["3月中旬", "6月底前", "年底前", "9月末", "一季度"], "planned_finish",
           [date(2026, 3, 20), date(2026, 6, 30), date(2026, 12, 31), date(2026, 9, 30), date(2026, 3, 31)]),
    *(column(34, "计划开工", [cell], "planned_start planned_start_text", [(None, cell)], "unreadable_date")
      for cell in ("10月底,最晚11月", "待上位规划确定后")),
    column(34, "计划开工", ["力争开工建设"], "planned_start status", [(None, None)], "unreadable_date"),
    column(35, "年度目标", ["完成项目选址核准。", "1.完成前期规划。\n2.取得选址、环评批复"], "goal_text status",
           [("完成项目选址核准。", None), ("1.完成前期规划。\n2.取得选址、环评批复", None)]),
]  # fmt: skip

MARKS: Final = [
    column(36, "计划开工", ["待定", "/", "—", "——", "--", "\\", None], "planned_start planned_start_text",
           [(None, None)] * 7),
    column(36, "总投资(万元)", [0, "#REF!", 5], TOTAL, [0, None, 50_000], "unreadable_money"),
    column(38, "实际竣工", ["20231018日"], "actual_finish", [date(2023, 10, 18)]),
    column(38, "进展情况", ["川环审批【20209", "占年度计划的75%124个新建项目"], "progress_text",
           ["川环审批【20209", "占年度计划的75%124个新建项目"]),
    t(38, [["項(xiàng)目名稱", "計劃開(kāi)工"], ["開(kāi)發區項(xiàng)目", "2026年3月"]], f"{NAME} planned_start",
      [("開(kāi)發區項(xiàng)目", date(2026, 3, 31))]),
]  # fmt: skip

TABLES: Final = (*HEADERS, *ROWS, *IDENTITY, *PEOPLE, *MONEY, *DATES, *MARKS)


@dataclass(frozen=True)
class Again:
    """The same list on two days: the rows of today under the numbers they had, and what is told or asked."""

    number: int
    before: Rows
    today: Rows
    same: bool
    told: str = ""


UNITS: Final = ["项目名称", "县区", "建设单位"]
DAYS: Final = (
    # the health bureaus were renamed after a merger
    Again(23, [UNITS, ["妇幼保健院迁建", A, "区卫计局"]], [UNITS, ["妇幼保健院迁建", A, "区卫健局"]], True),
    # two districts became one
    Again(23, [UNITS, ["妇幼保健院迁建", "下关区", "区卫健局"]], [UNITS, ["妇幼保健院迁建", "鼓楼区", "区卫健局"]],
          False, "perhaps_same_project"),
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """Projects and nodes of a city, and (numerator, denominator, shown) of an indicator on a day."""

    number: int
    indicator: str
    projects: list[dict[str, Any]]
    expected: tuple[int | None, int | None, str]
    nodes: tuple[dict[str, Any], ...] = ()
    base: str = "annual"


def some(count: int, **more: Any) -> list[dict[str, Any]]:
    """So many projects alike."""
    return [dict(more) for _ in range(count)]


def procedures(projects: int, each: int, done: int) -> tuple[dict[str, Any], ...]:
    """`each` formalities of every project, the first `done` of all finished."""
    states = ["done"] * done + ["waiting"] * (projects * each - done)
    return tuple(
        {"project_id": str(i // each), "node": f"手续{i % each}", "status": state}
        for i, state in enumerate(states)
    )


NEW, OLD = {"kind": "新建"}, {"kind": "续建"}
RATES: Final = (
    Rate(31, "投资完成率", [{"annual_plan_yuan": 1000, "invested_this_year_yuan": 1226}], (1226, 1000, "122.6%")),
    Rate(31, "投资完成率", [{"annual_plan_yuan": 10_000, "invested_this_year_yuan": 15_147}], (15_147, 10_000, "151.5%")),
    Rate(31, "投资完成率", [{"annual_plan_yuan": 371, "invested_this_year_yuan": 149}], (149, 371, "40.2%")),
    Rate(39, "开复工率", [*some(5, **NEW, status="已开工"), *some(2, **NEW), *some(3, **OLD, status="已复工")], (8, 10, "80.0%")),
    # 许昌 counts the finished ones too: whoever is finished has begun
    Rate(39, "开复工率", [*some(2, **NEW, status="已竣工"), *some(1, **NEW, status="已开工"), *some(1, **NEW)], (3, 4, "75.0%")),
    Rate(39, "开复工率", [*some(33, **NEW, status="已开工"), *some(17, **NEW)], (33, 50, "66.0%")),
    # 江门: 206 started of 255 planned for the year, 223 of them planned by now
    Rate(39, "开复工率", [*some(206, **NEW, status="已开工", planned_start=date(2022, 6, 1)),
                      *some(17, **NEW, planned_start=date(2022, 10, 1)),
                      *some(32, **NEW, planned_start=date(2022, 12, 1))], (206, 255, "80.8%")),
    Rate(39, "开复工率", [*some(206, **NEW, status="已开工", planned_start=date(2022, 6, 1)),
                      *some(17, **NEW, planned_start=date(2022, 10, 1)),
                      *some(32, **NEW, planned_start=date(2022, 12, 1))], (206, 223, "92.4%"), base="due"),
    # 包头 counts 无需办理 as done; here it is out of the base
    Rate(41, "手续办结率", some(2), (1, 2, "50.0%"), nodes=(
        {"project_id": "0", "node": "立项", "status": "done"}, {"project_id": "1", "node": "立项", "status": "waiting"},
        {"project_id": "0", "node": "环评", "status": "not_applicable"})),
    Rate(41, "手续办结率", some(23), (200, 253, "79.1%"), nodes=procedures(23, 11, 200)),
    # 甘孜: finished projects are some of the others, no class beside them
    Rate(42, "开复工率", [*some(2, **OLD, status="已竣工"), *some(1, **NEW, status="已竣工"), *some(1, **NEW)], (3, 4, "75.0%")),
    Rate(42, "复工率(续建)", [*some(2, **OLD, status="已竣工"), *some(1, **NEW, status="已竣工"), *some(1, **NEW)],
         (2, 2, "100.0%")),
)  # fmt: skip

# 40: 97.1579 % against 10 of 12 months, which 江门 printed as 13.8; from the rounded rate it would be 13.9
PACE: Final = (40, 629.0, 647.4, date(2022, 10, 31), "+13.8 pp")

# 37: names and contents, and what the sentence says
FILES: Final = {
    "台账.xls.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
    "台账.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为"),
    "台账.jpg": (b"\xff\xd8\xff\xe0" + bytes(600), "另存为"),
    "台账.xls": (b"\xff\xd8\xff\xe0" + bytes(600), "台账.xls"),
}
