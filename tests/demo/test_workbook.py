"""A written workbook reads back as the ledgers it was written from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
from openpyxl import load_workbook
from polars.testing import assert_frame_equal

from data import contract
from data.demo import ledgers, write_workbook
from data.pipeline import load
from data.settings import Settings
from data.snapshots import SnapshotStore

TODAY = date(2026, 11, 22)


def test_what_was_written_reads_back(tmp_path: Path) -> None:
    told = ledgers(80, TODAY)
    path = tmp_path / "台账.xlsx"
    write_workbook(told, path)
    settings = Settings(data_dir=tmp_path / "data", today=TODAY)
    loaded = load(path, settings, TODAY)
    read = SnapshotStore(settings.snapshots_dir).ledgers(loaded.version)
    for item in contract.LEDGERS:
        # the day a project was last reported is the load's own
        stored = [c.name for c in item.columns if c.name != "last_reported_date"]
        assert_frame_equal(
            read[item.name].select(stored).sort(item.key), told[item.name].select(stored).sort(item.key)
        )
    assert read["projects"]["last_reported_date"].unique().to_list() == [TODAY]


def test_headers_carry_units_and_text_is_never_a_formula(tmp_path: Path) -> None:
    told = ledgers(3, TODAY)
    told["projects"] = told["projects"].with_columns(pl.lit("=1+1").alias("note"))
    path = tmp_path / "台账.xlsx"
    write_workbook(told, path)
    sheet = load_workbook(path)["项目"]
    headers = [cell.value for cell in sheet[1]]
    assert "总投资(万元)" in headers
    note = sheet.cell(2, headers.index("备注") + 1)
    assert (note.value, note.data_type) == ("=1+1", "s")
