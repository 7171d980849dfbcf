"""The history page, from loads and changes alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from components import intake_history
from data.compare import CHANGES
from data.history import Load
from data.manifest import Version
from tests.web.reading import words as text

VERSIONS = [Version(date(2026, 11, day), 1) for day in (22, 20, 19)]
AT = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
LOAD = Load(
    "l1", AT, "张三", "page", "台账.xlsx", "ab" * 32, True, VERSIONS[0], "已发布",
    {"projects": 354, "nodes": 3799}, {"warning": 46}, held_back=2,
)  # fmt: skip


def changed(count: int) -> pl.DataFrame:
    row = dict.fromkeys(CHANGES, "x") | {"kind": "changed", "project_id": "P1"}
    return pl.DataFrame([row] * count, schema=CHANGES)


def test_the_newest_two_are_compared_unless_the_address_names_others() -> None:
    assert intake_history.chosen("", VERSIONS) == (VERSIONS[1], VERSIONS[0])
    assert intake_history.chosen("", VERSIONS, VERSIONS[1]) == (VERSIONS[2], VERSIONS[1])
    assert intake_history.chosen("?before=2026-11-19/1", VERSIONS) == (VERSIONS[2], VERSIONS[0])
    assert intake_history.chosen("?before=2026-11-19/1&after=2026-11-20/1", VERSIONS) == (
        VERSIONS[2],
        VERSIONS[1],
    )


@pytest.mark.parametrize("versions", [[], VERSIONS[:1]])
def test_one_snapshot_can_t_be_compared(versions: list[Version]) -> None:
    assert intake_history.chosen("", versions) is None


def test_how_much_differs_is_said_in_a_sentence() -> None:
    assert text(intake_history.outcome(changed(0))) == "两个快照内容相同。"
    assert text(intake_history.outcome(changed(3))) == "涉及 1 个项目:新增 0 行、移除 0 行、改动 3 格。"


def test_what_is_left_out_of_the_grid_is_said() -> None:
    many = changed(intake_history.CHANGES_SHOWN + 1)
    assert "只列出前 5,000 处" in text(intake_history.outcome(many))
    assert len(intake_history.rows_of(many)) == intake_history.CHANGES_SHOWN


def test_a_load_tells_who_when_what_and_offers_the_way_back() -> None:
    shown = text(intake_history.loads_table([LOAD]))
    for part in (
        "11月22日 09:05",
        "张三",
        "网页",
        "2026-11-22/1",
        "项目 354 · 节点 3,799 · 未采用 2",
        "退回到此",
    ):
        assert part in shown
    assert "退回到此" not in text(intake_history.loads_table([LOAD], LOAD.version))
