"""The journal of dropped files, from outcomes alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dash.development.base_component import Component

from components import intake, intake_findings, intake_journal
from data.contract import LEDGERS
from data.errors import MORE, Finding
from data.inbox import Outcome
from data.read import ACCEPTED_SUFFIXES
from data.remembered import Decision
from tests.web.reading import words as text

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
START = Finding(
    "start_not_before_permit",
    "error",
    "项目 P1 先开工后办证,请核对",
    "项目",
    "T5",
    "2026-10-01",
    "不早于 2026-10-20",
)
MONEY = Finding(
    "money_unreadable", "warning", "“约三亿多”不是金额,请写数字", "项目", "K7", "约三亿多", "数字"
)
REFUSED = Outcome("台账.xlsx", AT, False, None, "台账.xlsx 有 2 处须改正", (MONEY, START, START))


def test_nothing_reported_yet_says_so() -> None:
    assert text(intake_journal.journal([])) == "还没有报送过文件。"


def test_a_refused_file_says_what_where_found_expected_and_that_the_wall_is_unchanged() -> None:
    shown = text(intake_journal.entry(REFUSED, is_open=True))
    for part in ("已退回", "台账.xlsx", "11月22日 08:30", "台账.xlsx 有 2 处须改正", "挂图未变"):
        assert part in shown
    assert "项目T52026-10-01不早于 2026-10-20项目 P1 先开工后办证,请核对" in shown


def test_findings_are_grouped_by_rule_the_weightiest_first() -> None:
    groups = intake_findings.by_rule(REFUSED.findings)
    assert [(found[0].rule, len(found)) for found in groups] == [
        ("start_not_before_permit", 2), ("money_unreadable", 1),
    ]  # fmt: skip


def test_a_group_is_headed_by_the_name_of_its_rule() -> None:
    assert text(intake_findings.group([START, START])).startswith("须改正先开工后办施工许可2 处")


def test_what_was_not_listed_stands_below_the_places_of_its_rule() -> None:
    rest = Finding(START.rule, "note", f"{MORE}在工作表“项目”还有 9 处,未逐条列出。", "项目")
    (found,) = intake_findings.by_rule([rest, START])
    shown = text(intake_findings.group(found))
    assert shown.startswith("须改正先开工后办施工许可1 处")
    assert shown.endswith("还有 9 处,未逐条列出。")


def test_a_row_of_a_further_table_stands_under_its_own_headers() -> None:
    rows = {"项目!5": ("1", "甲"), "项目!header": ("序号", "名称"), "项目!5!header": ("编号", "问题")}
    finding = replace(START, cell="B5")
    assert text(intake_findings.the_row(finding, rows)) == "第 5 行编号1问题甲"


def test_tally_counts_by_weight() -> None:
    assert text(intake_findings.tally(REFUSED.findings)) == "须改正 2 处请核对 1 处"


def test_a_whole_file_refusal_is_said_once() -> None:
    sentence = "台账.xlsm 是带宏的工作簿,请另存为 .xlsx 后再放"
    outcome = Outcome("台账.xlsm", AT, False, None, sentence, (Finding("file_refused", "error", sentence),))
    assert text(intake_journal.entry(outcome, is_open=True)).count(sentence) == 1


def test_a_long_group_shows_twenty_places_and_counts_the_rest() -> None:
    group = intake_findings.group([START] * 33)
    assert text(group).count("不早于 2026-10-20") == 20
    assert "同类还有 13 处" in text(group)


def opened(entries: list[Component]) -> list[bool]:
    return [part.open for entry in entries for part in entry.children if hasattr(part, "open")]


def test_older_reasons_are_folded() -> None:
    assert opened(intake_journal.journal([REFUSED, replace(REFUSED, file_name="旧.xlsx")])) == [True, False]


def test_the_last_refused_file_s_reasons_stay_open_below_an_accepted_one() -> None:
    accepted = replace(REFUSED, accepted=True, findings=(MONEY,))
    assert opened(intake_journal.journal([accepted, REFUSED])) == [True, True]


def test_files_under_way_come_first() -> None:
    assert text(intake_journal.journal([REFUSED], ["新.xlsx"])[0]) == "正在处理 新.xlsx"


def test_the_page_says_where_to_drop_and_names_every_ledger() -> None:
    shown = text(intake.layout())
    assert "inbox" in shown
    for item in LEDGERS:
        assert item.sheet in shown


def test_the_zone_takes_every_kind_that_is_read() -> None:
    zone = intake.drop_zone().to_plotly_json()["props"]
    assert zone["data-kinds"].split(",") == list(ACCEPTED_SUFFIXES)


def test_decisions_can_be_forgotten() -> None:
    decision = Decision(
        "d1", "column", ("台账", "项目", "督办"), "note", AT, "张三", "“督办”一列对应到“备注”"
    )
    shown = intake.remembered([decision])
    assert "“督办”一列对应到“备注” 张三 11月22日" in text(shown)
    assert intake.remembered([]) is None
