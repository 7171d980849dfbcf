"""The 校验结果 sheet: every finding on a line, with a link to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.marking.sheet import Place, address_of
from data.marking.styles import FILLS, Styles
from data.marking.tags import quoted

NAME: Final = "校验结果"
# where an office keeps a sheet of the first name itself
OTHER_NAME: Final = "挂图校验结果"
# how a sheet of ours is known again after Excel or WPS saved it anew
TAB: Final = "FFC62F2B"
WORDS: Final = {"error": "错误", "warning": "提醒", "note": "说明"}
_HEADERS: Final = ("序号", "轻重", "工作表", "单元格", "现在写的", "应当是", "问题和改法")
_WIDTHS: Final = (6, 8, 16, 9, 26, 26, 90)
_MAX_LINKS: Final = 60_000
_HOW: Final = (
    "有颜色的单元格即下列各处:红为错误(须改正才能发布),黄为提醒(请核对),蓝为说明。"
    "点“单元格”一列可跳到该处。直接在本文件里改好、保存,再报一次即可;本表不会被当作台账读入。"
)
_LINE_CHARACTERS: Final = {4: 13, 5: 13, 6: 45}
_LINE_POINTS: Final = 16


@dataclass(frozen=True)
class Line:
    """One finding as told: `weight`, where (`sheet`, `cell`; null for the whole file), texts ("" for none).

    `link` is the cell to jump to, null where the workbook has no such sheet.
    """

    weight: str
    sheet: str | None
    cell: str | None
    found: str
    expected: str
    message: str
    link: Place | None = None


def sheet(lines: Sequence[Line], styles: Styles) -> bytes:
    """The worksheet part."""
    faces = _faces(styles)
    rows = [_title(lines, faces), _how(faces), _header(faces)]
    rows += [_row(number, line, faces) for number, line in enumerate(lines, 1)]
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>' for i, width in enumerate(_WIDTHS, 1)
    )
    last = f"G{len(lines) + 3}"
    return "".join((
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetPr><tabColor rgb="{TAB}"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        '<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18"/><cols>{widths}</cols><sheetData>',
        *rows,
        f'</sheetData><autoFilter ref="A3:{last}"/><mergeCells count="2"><mergeCell ref="A1:G1"/>'
        f'<mergeCell ref="A2:G2"/></mergeCells>{_links(lines)}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>',
    )).encode()  # fmt: skip


def _faces(styles: Styles) -> dict[str, int]:
    """The cell styles the sheet needs, by what they are for."""
    plain, line = styles.font(), styles.border("FFD9DEE4")
    wrap = 'horizontal="left" wrapText="1"'
    marks = {
        weight: styles.style(styles.font(bold=True), styles.fill(rgb), line, 'horizontal="center"')
        for weight, rgb in FILLS.items()
    }
    return marks | {
        "title": styles.style(styles.font(bold=True, points=15), 0, 0, 'horizontal="left"'),
        "how": styles.style(plain, 0, 0, wrap),
        "header": styles.style(
            styles.font(bold=True, rgb="FFFFFFFF"), styles.fill("FF33506B"), line, 'horizontal="center"'
        ),
        "text": styles.style(plain, 0, line, wrap),
        "number": styles.style(plain, 0, line, 'horizontal="center"'),
        "link": styles.style(styles.font(rgb="FF1A5FB4", under=True), 0, line, 'horizontal="center"'),
    }


def _cell(column: int, row: int, style: int, words: str | int | None) -> str:
    where = f'<c r="{address_of((row, column))}" s="{style}"'
    if words is None or words == "":
        return f"{where}/>"
    if isinstance(words, int):
        return f"{where}><v>{words}</v></c>"
    return f'{where} t="inlineStr"><is><t xml:space="preserve">{quoted(words[:32_000]).decode()}</t></is></c>'


def _title(lines: Sequence[Line], faces: dict[str, int]) -> str:
    counts = Counter(line.weight for line in lines)
    told = "、".join(f"{word} {counts[weight]} 条" for weight, word in WORDS.items())
    return f'<row r="1" ht="30" customHeight="1">{_cell(1, 1, faces["title"], f"校验结果:{told}")}</row>'


def _how(faces: dict[str, int]) -> str:
    return f'<row r="2" ht="36" customHeight="1">{_cell(1, 2, faces["how"], _HOW)}</row>'


def _header(faces: dict[str, int]) -> str:
    cells = (_cell(i, 3, faces["header"], word) for i, word in enumerate(_HEADERS, 1))
    return f'<row r="3" ht="24" customHeight="1">{"".join(cells)}</row>'


def _row(number: int, line: Line, faces: dict[str, int]) -> str:
    row = number + 3
    words = (number, WORDS[line.weight], line.sheet, line.cell, line.found, line.expected, line.message)
    kinds = ("number", line.weight, "text", "link" if line.link else "number", "text", "text", "text")
    pairs = enumerate(zip(kinds, words, strict=True), 1)
    cells = (_cell(i, row, faces[kind], word) for i, (kind, word) in pairs)
    lines = max(-(-len(str(words[i] or "")) // room) for i, room in _LINE_CHARACTERS.items())
    height = min(max(lines, 1) * _LINE_POINTS + 6, 400)
    return f'<row r="{row}" ht="{height}" customHeight="1">{"".join(cells)}</row>'


def _links(lines: Sequence[Line]) -> str:
    links = [
        f'<hyperlink ref="D{row}" location="{_location(line.sheet or "", line.link)}"/>'
        for row, line in enumerate(lines, 4)
        if line.link is not None
    ]
    return f"<hyperlinks>{''.join(links[:_MAX_LINKS])}</hyperlinks>" if links else ""


def _location(name: str, place: Place) -> str:
    doubled = name.replace("'", "''")
    return quoted(f"'{doubled}'!{address_of(place)}").decode()
