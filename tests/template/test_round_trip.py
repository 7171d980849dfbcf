"""Template → fill → load → template: what was written reads back as the same ledgers."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from polars.testing import assert_frame_equal

from data import demo, template
from data.conform import Conformed
from data.contract import LEDGERS, ledger
from tests.intake.books import DAY, REAL, load


def stored(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The ledger without where its rows stood."""
    return frame.select(c for c in ledger(name).schema if not c.startswith("source"))


def assert_same(found: Mapping[str, pl.DataFrame], told: Mapping[str, pl.DataFrame]) -> None:
    assert {n for n, f in found.items() if f.height} == {n for n, f in told.items() if f.height}
    for name, frame in told.items():
        if frame.height:
            assert_frame_equal(stored(name, found[name]), stored(name, frame))


def written_and_read(told: Mapping[str, pl.DataFrame], folder: Path, day: date = DAY) -> Conformed:
    return load(template.write(folder / template.FILE_NAME, told, day))


def test_the_demo_city_comes_back(tmp_path: Path) -> None:
    first = written_and_read(demo.ledgers(60, DAY), tmp_path).ledgers
    again = written_and_read(first, tmp_path)
    assert_same(again.ledgers, first)
    assert not [f for f in again.findings if f.weight != "note"]


# where a file speaks of another year, dates in words get their year: their words differ, their days don't
@pytest.mark.parametrize("file", sorted(p.name for p in REAL.glob("0*.*")))
def test_what_a_real_ledger_says_comes_back(tmp_path: Path, file: str) -> None:
    first = load(REAL / file).ledgers
    second = written_and_read(first, tmp_path).ledgers
    for name, frame in first.items():
        kept = [c for c in frame.columns if not c.endswith("_text")]
        assert_frame_equal(
            stored(name, second[name]).select(kept_in(kept)), stored(name, frame).select(kept_in(kept))
        )
    third = written_and_read(second, tmp_path).ledgers
    assert_same(third, second)


def kept_in(columns: list[str]) -> list[str]:
    return [c for c in columns if not c.startswith("source")]


WORDS = st.text(
    st.sampled_from("项目一二三甲乙丙ABC019 -()《》、,。·=+@'\"<&\n%"), min_size=1, max_size=12
).map(str.strip)
NAMES = st.sampled_from(["王建国", "李明", "欧阳修", "赵六(副市长)", "钱七(市政府党组成员)"])
DATES = st.sampled_from(
    [
        "2026-03-15",
        "3月中旬",
        "2026年6月底前",
        "一季度",
        "2025年下半年",
        "年底前",
        "2024年",
        "已开工",
        "3小时解决",
        "2026.3.15",
    ]
)


@st.composite
def projects(draw: st.DrawFn) -> list[list[Any]]:
    """A sheet of projects as staff might type it."""
    columns: dict[str, st.SearchStrategy[Any]] = {
        "县区/园区": st.sampled_from(["连山区", "经开区", "市直"]),
        "建设性质": st.sampled_from(["新建", "续建", "前期"]),
        "总投资(万元)": st.integers(0, 10**9) | st.floats(0, 1e6),
        "本年完成投资(亿元)": st.sampled_from(["3.5", "约2.8亿元", "三五个亿", 12]),
        "计划开工": DATES,
        "实际开工": DATES,
        "计划竣工": DATES,
        "包保领导": st.lists(NAMES, min_size=1, max_size=3, unique=True).map("、".join),
        "绿色通道": st.sampled_from(["是", "否", "√", "看情况"]),
        "建设内容": WORDS,
        "自定一列": WORDS,
        "备注": WORDS,
    }
    rows = [
        [f"XM{i:03}", f"项目{i}号", *(draw(st.none() | cells) for cells in columns.values())]
        for i in range(draw(st.integers(1, 6)))
    ]
    return [["项目编号", "项目名称", *columns], *rows]


@given(projects())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_sheet_of_projects_comes_back(rows: list[list[Any]]) -> None:
    from tests.intake.books import conformed

    first = conformed(("项目", rows)).ledgers
    with tempfile.TemporaryDirectory() as folder:
        second = written_and_read(first, Path(folder)).ledgers
        third = written_and_read(second, Path(folder)).ledgers
    assert_same(third, second)
    same = [c for c in stored("projects", first["projects"]).columns if not c.endswith("_text")]
    assert_frame_equal(second["projects"].select(same), first["projects"].select(same))


def test_a_changed_cell_is_the_only_change(tmp_path: Path) -> None:
    first = written_and_read(demo.ledgers(20, DAY), tmp_path).ledgers
    path = template.write(tmp_path / template.FILE_NAME, first, DAY)
    book = load_workbook(path)
    sheet = book["项目"]
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(3, headers.index("累计完成投资(万元)") + 1, 12345.6789)
    book.save(path)
    found = load(path).ledgers
    told = first["projects"].with_row_index("row")
    changed = (
        pl.when(pl.col("row") == 1)
        .then(123_456_789)
        .otherwise("invested_total_yuan")
        .alias("invested_total_yuan")
    )
    assert_same(found, first | {"projects": told.with_columns(changed).drop("row")})


def test_an_empty_template_holds_every_ledger_and_nothing_else(tmp_path: Path) -> None:
    result = load(template.write(tmp_path / "空.xlsx", None, DAY))
    assert set(result.ledgers) == {item.name for item in LEDGERS}
    assert not any(frame.height for frame in result.ledgers.values())
    assert result.as_of is None
