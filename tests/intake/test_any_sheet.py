"""Whatever stands in a sheet, the intake answers with ledgers or with findings, never with a crash."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from data.conform import conform
from data.contract import LEDGERS, ledger
from data.errors import FaultyLedger
from data.rules import check
from data.workbook import Workbook, sheet_of_rows
from tests.intake.books import DAY, in_memory

HEADERS = st.sampled_from(
    [h for item in LEDGERS for c in item.columns for h in c.headers]
    + [
        "序号",
        "立项",
        "能评",
        "前期手续",
        "总投资(亿元)",
        "总投资(万元)",
        "",
        None,
        "随便什么",
        "2026年投资(万元)",
        "1-3月计划投资(万元)",
        "1-6月",
        "完成",
        "建设年限",
        "总头资",
    ]
)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "",
            "/",
            "—",
            "√",
            "在办",
            "不涉及",
            "合计",
            "小计",
            "一、新建项目",
            "(一)交通",
            "——铁路",
            "注:无",
            "9个",
            "单位:万元",
            "3月底",
            "约2.5亿",
            "已开工",
            "甲项目",
            "连山区",
            "张三、李四",
            "是",
            "否",
            "#REF!",
            "待定",
            "项目名称",
            "存在问题",
            "1-1",
            "市直",
            "交通项目7个",
            "2023-2025",
            "其中省级3个。",
        ]
    ),
    st.text(max_size=6),
    st.integers(-10, 100_000),
    st.floats(allow_nan=False, width=32),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.booleans(),
)


@st.composite
def sheets(draw: st.DrawFn) -> Workbook:
    """A workbook of one or two sheets: some rows, a row of headers, more rows, some cells merged."""
    made = []
    for name in draw(
        st.lists(st.sampled_from(["项目", "节点", "问题", "Sheet1"]), min_size=1, max_size=2, unique=True)
    ):
        width = draw(st.integers(1, 6))
        row = st.lists(CELLS, min_size=width, max_size=width)
        rows: list[list[Any]] = draw(st.lists(row, max_size=2))
        rows += [draw(st.lists(HEADERS, min_size=width, max_size=width))]
        rows += draw(st.lists(row, max_size=6))
        corners = st.tuples(st.integers(0, len(rows) - 1), st.integers(0, width - 1))
        areas = draw(st.lists(st.tuples(corners, corners), max_size=2))
        merged = tuple(
            (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in areas if a != b
        )
        made.append(sheet_of_rows(name, rows, merged))
    return Workbook(in_memory().path, tuple(made))


MAPPINGS = st.dictionaries(
    st.tuples(st.sampled_from(["*", "项目"]), st.sampled_from(["随便什么", "列B", "总头资", "县区"])),
    st.sampled_from(["project_name", "total_investment_yuan", "planned_start", "node", ""]),
    max_size=2,
)


@settings(max_examples=200, deadline=None)
@given(sheets(), MAPPINGS)
def test_any_sheet_gives_ledgers_or_findings(workbook: Workbook, mapping: dict[tuple[str, str], str]) -> None:
    conformed = conform(workbook, DAY, None, mapping)
    for name, frame in conformed.ledgers.items():
        assert dict(frame.schema) == ledger(name).schema
    try:
        checked = check(conformed, None, DAY)
    except FaultyLedger as fault:
        assert any(finding.weight == "error" for finding in fault.findings)
    else:
        assert not any(finding.weight == "error" for finding in checked.findings)
