"""Whatever a sheet looks like and wherever the marks are: those cells change their style, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from data.marking.sheet import Place, SheetXml, address_of, place_of
from data.marking.tags import attribute, children

Cells = dict[Place, tuple[int, int]]
ROWS, COLUMNS = 8, 6
CELLS = st.dictionaries(
    st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)), st.tuples(st.integers(0, 9), st.integers(0, 99))
)
PLACES = st.sets(st.tuples(st.integers(1, ROWS + 2), st.integers(1, COLUMNS + 2)))
OURS = 1_000


def sheet_of(cells: Cells, empty_rows: Sequence[int], addressed: bool, prefix: str) -> bytes:
    """A worksheet of these cells (style, value); not `addressed`: cells and rows without their names."""
    p = prefix
    rows = []
    for row in range(1, ROWS + 1):
        last = max((c for r, c in cells if r == row), default=0)
        inside = ""
        for column in range(1, last + 1):
            where = f' r="{address_of((row, column))}"' if addressed else ""
            if (row, column) in cells:
                style, value = cells[row, column]
                inside += f'<{p}c{where} s="{style}"><{p}v>{value}</{p}v></{p}c>'
            elif not addressed:
                inside += f"<{p}c/>"
        if inside or row in empty_rows or not addressed:
            number = f' r="{row}"' if addressed else ""
            rows.append(f"<{p}row{number}>{inside}</{p}row>" if inside else f"<{p}row{number}/>")
    return f"<{p}worksheet><{p}sheetData>{''.join(rows)}</{p}sheetData><{p}drawing/></{p}worksheet>".encode()


def cells_of(xml: bytes) -> dict[Place, tuple[int, bytes]]:
    """Every cell that is there with a style or a value, as a reader sees it; addresses must ascend."""
    sheet, found = SheetXml(xml), dict[Place, tuple[int, bytes]]()
    row = 0
    for line in children(xml, sheet.data.inner, sheet.data.end):
        number = int(attribute(xml[line.start : line.inner], "r") or row + 1)
        assert number > row
        row, column = number, 0
        for cell in children(xml, line.inner, line.end):
            raw = xml[cell.start : cell.end]
            place = place_of(attribute(raw, "r") or "") or (row, column + 1)
            assert place[0] == row
            assert place[1] > column
            column = place[1]
            style = int(attribute(raw, "s") or 0)
            value = raw[cell.inner - cell.start :] if not cell.empty else b""
            if style or value:
                found[place] = (style, value)
    return found


@given(CELLS, st.lists(st.integers(1, ROWS)), st.booleans(), st.sampled_from(["", "x:"]), PLACES)
def test_only_the_marked_cells_change(
    cells: dict[Place, tuple[int, int]],
    empty_rows: list[int],
    addressed: bool,
    prefix: str,
    places: set[Place],
) -> None:
    xml = sheet_of(cells, empty_rows, addressed, prefix)
    before = cells_of(xml)
    marked = b"".join(SheetXml(xml).restyled(places, lambda style, _: OURS + style))
    expected = {place: (style + OURS * (place in places), value) for place, (style, value) in before.items()}
    expected |= dict.fromkeys(places - set(before), (OURS, b""))
    assert cells_of(marked) == expected
    assert marked.endswith(xml[xml.index(f"</{prefix}sheetData>".encode()) :]) or not cells


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_addresses(row: int, column: int) -> None:
    assert place_of(address_of((row, column))) == (row, column)
