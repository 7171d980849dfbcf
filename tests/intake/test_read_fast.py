"""The fast reader gives what calamine gives, and what was written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.read import read
from data.reading import workbook as reading
from data.reading.archive import parts_of
from data.reading.fast_sheet import day_value
from data.reading.regular import Irregular
from data.reading.strings import shared_strings
from data.reading.styles import is_day
from data.settings import Settings
from data.workbook import Cell
from tests.hostile.seeds import unzipped, xlsx_of_openpyxl, xlsx_of_xlsxwriter, zipped

REAL = sorted((Path(__file__).resolve().parents[3] / "shared" / "data" / "real_ledgers").glob("*.xlsx"))
SETTINGS = Settings()
LIMIT = 5_000_000
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

texts = st.text(st.characters(exclude_categories=("C",), include_characters="\n\t"), max_size=12).filter(
    lambda text: "_x" not in text  # the programs disagree on whether these escapes are escaped
)
cells = st.one_of(
    st.none(),
    texts,
    st.sampled_from(["a&b<c>\"'", " 前后有空格 ", "第一行\n第二行", "√", "="]),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    # as many digits as Excel keeps
    st.floats(-1e200, 1e200).map(lambda x: float(f"{x:.15g}")),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0)),  # noqa: DTZ001
)
grids = st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=8)
Grid = list[list[Any]]


def by_openpyxl(grid: Grid) -> bytes:
    """Inline strings."""
    book = openpyxl.Workbook()
    for r, row in enumerate(grid, start=1):
        for c, value in enumerate(row, start=1):
            cell = book.active.cell(r, c)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_xlsxwriter(grid: Grid) -> bytes:
    """Shared strings."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": 'yyyy"年"m"月"d"日" hh:mm'})
        for r, row in enumerate(grid):
            for c, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif isinstance(value, bool):
                    sheet.write_boolean(r, c, value)
                elif isinstance(value, date):
                    sheet.write_datetime(r, c, value, day)
                elif value is not None:
                    sheet.write_number(r, c, value)
    return stream.getvalue()


def fast(raw: bytes) -> list[dict[str, Any]]:
    """The sheets by the fast reader; raises Irregular."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts, from_1904 = parts_of(archive)
        return reading.fast_sheets(archive, [p for p in parts if p.visible], from_1904, LIMIT)


def careful(path: Path, raw: bytes) -> list[dict[str, Any]]:
    """The sheets by calamine."""
    path.write_bytes(raw)
    with zipfile.ZipFile(path) as archive:
        parts, _ = parts_of(archive)
        looks = reading.inspect_sheets(archive, [p for p in parts if p.visible], LIMIT)
    return reading.calamine_sheets(path, looks)


def table(sheet: dict[str, Any]) -> list[list[Any]]:
    """The rows of a sheet as sent."""
    columns = [
        [values[int.from_bytes(codes[i : i + 4], "little")] for i in range(0, len(codes), 4)]
        for values, codes in sheet["columns"]
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def sent(value: Any) -> Any:
    """A cell's value as it is sent: empty is "", numbers are floats, midnight is a day."""
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, datetime):
        day = (value.toordinal(),)
        moment = (value.year, value.month, value.day, value.hour, value.minute, value.second)
        return moment if any(moment[3:]) else day
    return (value.toordinal(),) if isinstance(value, date) else float(value)


def trimmed(rows: Grid) -> Grid:
    """The rows without empty ones and cells at the end."""
    rows = [list(row) for row in rows]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@given(grid=grids)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_written_is_read(write: Callable[[Grid], bytes], grid: Grid) -> None:
    assert trimmed(table(fast(write(grid))[0])) == trimmed([[sent(v) for v in row] for row in grid])


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_ledgers_need_no_second_reader(tmp_path: Path, path: Path) -> None:
    raw = path.read_bytes()
    ours, theirs = fast(raw), careful(tmp_path / "a.xlsx", raw)
    assert [table(sheet) for sheet in ours] == [table(sheet) for sheet in theirs]
    for key in ("name", "height", "merged", "errors", "hidden_rows", "hidden_columns"):
        assert [sorted(sheet[key]) if isinstance(sheet[key], list) else sheet[key] for sheet in ours] == [
            sorted(sheet[key]) if isinstance(sheet[key], list) else sheet[key] for sheet in theirs
        ]


@pytest.mark.parametrize("make", [xlsx_of_openpyxl, xlsx_of_xlsxwriter])
def test_seeds_need_no_second_reader(tmp_path: Path, make: Callable[[], bytes]) -> None:
    raw = make()
    assert [table(s) for s in fast(raw)] == [table(s) for s in careful(tmp_path / "a.xlsx", raw)]


def unusual(**changes: tuple[str, str]) -> bytes:
    """A book with its first sheet's XML written another way."""
    parts = unzipped(xlsx_of_xlsxwriter())
    xml = parts["xl/worksheets/sheet1.xml"].decode()
    for old, new in changes.values():
        xml = re.sub(old, new, xml)
    parts["xl/worksheets/sheet1.xml"] = xml.encode()
    return zipped(parts)


UNUSUAL = {
    "prefixed": unusual(a=(r"<(/?)(?=[a-z])", r"<\1x:"), b=("xmlns=", "xmlns:x=")),
    "single quotes": unusual(a=(r'<c r="(\w+)"', r"<c r='\1'")),
    "other attributes": unusual(a=(r"<c r=", '<c cm="1" r=')),
    "a comment": unusual(a=(r"<row r=\"3\"", '<!-- x --><row r="3"')),
}


@pytest.mark.parametrize("kind", UNUSUAL)
def test_unusual_xml_is_read_all_the_same(tmp_path: Path, kind: str) -> None:
    with pytest.raises(Irregular):
        fast(UNUSUAL[kind])
    path = tmp_path / "台账.xlsx"
    path.write_bytes(UNUSUAL[kind])
    sheet = read(path, SETTINGS).sheets[0]
    assert sheet.row(0)[:3] == ("序号", "项目名称", "县区")
    assert sheet.row(3)[3:5] == (201.0, date(2026, 3, 3))


def test_rich_text_loses_its_format_and_its_reading_aid() -> None:
    part = (
        f'<sst {MAIN}><si><r><rPr><b/></rPr><t>重点</t></r><r><t xml:space="preserve"> 项目</t></r>'
        '<rPh sb="0" eb="1"><t>zhong</t></rPh></si><si/>'
        "<si><t>A&amp;B&#x4E00;_x000A__x005F_x0000__x0000_</t></si></sst>"
    )
    assert shared_strings(part.encode()) == ["重点 项目", "", "A&B一\n_x0000_"]


@pytest.mark.parametrize(
    ("serial", "from_1904", "value"),
    [
        (46_096, False, (date(2026, 3, 15).toordinal(),)),
        (46_096 - 1462, True, (date(2026, 3, 15).toordinal(),)),
        (46_096.5, False, (2026, 3, 15, 12, 0, 0)),
        (1, False, (date(1900, 1, 1).toordinal(),)),
        (59, False, (date(1900, 2, 28).toordinal(),)),
        (61, False, (date(1900, 3, 1).toordinal(),)),
        (0.5, False, "12:00"),
        (-3, False, -3),
        (9_999_999, False, 9_999_999),
    ],
)
def test_serial_numbers_are_days(serial: float, from_1904: bool, value: Cell) -> None:
    assert day_value(serial, from_1904) == value


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("yyyy-mm-dd", True),
        ('[$-804]yyyy"年"m"月";@', True),
        ("[DBNum1]m/d", True),
        ("h:mm", True),
        ("[h]:mm", False),
        ('0"天"', False),
        ('#,##0.00"days"', False),
        ("[Red]0.00_);0.00\\d", False),
        ("General", False),
        ("0.00E+00", False),
    ],
)
def test_formats_of_days(code: str, day: bool) -> None:
    assert is_day(code) is day
