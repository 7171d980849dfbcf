"""One sheet a ledger: header with comments, cells, drop-down lists, formats, frozen panes, print titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from data import contract
from data.contract import Column, Ledger
from data.workbook import letters
from data.writing.cells import Written, WrittenColumn, written_columns
from data.writing.choices import choices, is_closed
from data.writing.examples import comment

# text never becomes a formula, a link or a number
OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MAX_TEXT: Final = 32_767
# rows below the data that already have lists and formats
SPARE_ROWS: Final = 1_000
LISTS_SHEET: Final = "选项"
FONT: Final = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
_LONG: Final = frozenset(
    {"content", "goal_text", "progress_text", "note", "problem", "measure", "need", "result", "next_step"}
    | {"task", "definition", "matter"}
)
_LENT: Final = "只供核对是哪个项目;编号空着时按名称对应。"
_FROZEN: Final = frozenset({"project_id", "project_name", "lead_id", "lead_name", "task_id"})


@dataclass
class Book:
    """A workbook being written, with its formats and the lists its drop-downs point to."""

    book: Any
    formats: dict[str, Any] = field(default_factory=dict)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        line = {"border": 1, "border_color": "#C9D2DC"}
        head = {**FONT, **line, "bold": True, "text_wrap": True, "align": "center"}
        plain: dict[str, dict[str, Any]] = {
            "text": {"num_format": "@"},
            "long": {"num_format": "@", "text_wrap": True},
            "date": {"num_format": "yyyy-mm-dd", "align": "center"},
            "money": {"num_format": "#,##0.00##"},
            "count": {"num_format": "0"},
            "number": {},
            "flag": {"align": "center"},
        }
        self.formats = {name: self.book.add_format({**FONT, **more}) for name, more in plain.items()}
        self.formats["header"] = self.book.add_format({**head, "bg_color": "#E3EBF3"})
        self.formats["required"] = self.book.add_format({**head, "bg_color": "#F6DDB5"})
        self.formats["lent"] = self.book.add_format({**head, "bg_color": "#EFEFEF", "bold": False})

    def list_range(self, words: tuple[str, ...]) -> str:
        """Where the words of a list stand; they are written by `finish`."""
        if words not in self.lists:
            column = letters(len(self.lists))
            self.lists[words] = f"={LISTS_SHEET}!${column}$1:${column}${len(words)}"
        return self.lists[words]

    def finish(self, active: str) -> None:
        """Write the hidden sheet the lists stand in, and open the workbook at the sheet named."""
        self.book.get_worksheet_by_name(active).activate()
        sheet = self.book.add_worksheet(LISTS_SHEET)
        for row in range(max(map(len, self.lists))):
            for column, words in enumerate(self.lists):
                if row < len(words):
                    sheet.write_string(row, column, words[row])
        sheet.hide()


def write_ledger(
    book: Book,
    item: Ledger,
    frame: pl.DataFrame,
    year: int | None,
    ledgers: Mapping[str, pl.DataFrame],
    *,
    name: str | None = None,
    helped: bool = True,
) -> None:
    """One ledger's sheet. `ledgers` are all of them, for lists and project names; not `helped`: cells alone.

    `year` is the one a reader takes for dates that name none; null keeps words as they are.
    """
    columns = written_columns(item, frame, year)
    if helped and "project_name" not in item.schema:
        columns = _with_project_names(columns, frame, ledgers)
    sheet = book.book.add_worksheet(name or item.sheet)
    frozen = _frozen(columns)
    sheet.freeze_panes(1, frozen)
    sheet.set_row(0, 32)
    for index, column in enumerate(columns):
        kind = _kind(column)
        sheet.set_column(index, index, _width(column), book.formats[kind])
        sheet.write_string(0, index, column.header, book.formats[_head(column)])
    if helped:
        _help(book, sheet, item, columns, frame.height, ledgers)
        print_set_up(sheet, len(columns), frozen)
    # last: rows leave memory as they are written, and what stands above them can't be added any more
    _write_rows(sheet, columns, book.formats)


def _with_project_names(
    columns: list[WrittenColumn], frame: pl.DataFrame, ledgers: Mapping[str, pl.DataFrame]
) -> list[WrittenColumn]:
    """The columns with 项目名称 beside 项目编号, so that people see which project a row speaks of."""
    if "project_id" not in frame.columns:
        return columns
    projects = ledgers.get("projects", contract.empty(contract.PROJECTS))
    names = dict(projects.select("project_id", "project_name").iter_rows())
    at = next(i for i, c in enumerate(columns) if c.column is not None and c.column.name == "project_id")
    header = contract.PROJECTS.column("project_name").header
    lent = WrittenColumn(header, [names.get(i) for i in frame["project_id"].to_list()])
    return [*columns[: at + 1], lent, *columns[at + 1 :]]


def _write_rows(sheet: Any, columns: list[WrittenColumn], formats: Mapping[str, Any]) -> None:
    kinds = [formats[_kind(column)] for column in columns]
    for row, cells in enumerate(zip(*(c.cells for c in columns), strict=True), start=1):
        for index, cell in enumerate(cells):
            if cell is not None:
                write_cell(sheet, row, index, cell, kinds[index])


def write_cell(sheet: Any, row: int, column: int, cell: Written, form: Any) -> None:
    """One cell by its type: a text is never taken for a formula, a number or a link."""
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:MAX_TEXT], form)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, form)
    else:
        sheet.write_datetime(row, column, cell, form)


def _help(
    book: Book,
    sheet: Any,
    item: Ledger,
    columns: list[WrittenColumn],
    height: int,
    ledgers: Mapping[str, pl.DataFrame],
) -> None:
    """Header comments, drop-down lists and the filter."""
    last = height + SPARE_ROWS
    for index, written in enumerate(columns):
        note = comment(item, written.column) if written.column else _LENT
        sheet.write_comment(0, index, note, {"x_scale": 1.9, "y_scale": 0.35 + 0.2 * note.count("\n")})
        words = choices(item, written.column, ledgers) if written.column else ()
        if words:
            sheet.data_validation(1, index, last, index, _validation(book, written.column, words))
    sheet.autofilter(0, 0, max(height, 1), len(columns) - 1)


def _validation(book: Book, column: Column | None, words: tuple[str, ...]) -> dict[str, Any]:
    closed = column is not None and is_closed(column)
    more = {
        "error_type": "warning",
        "error_title": "不在选项中",
        "error_message": f"通常填:{'、'.join(words)}"[:255],
    }
    return {"validate": "list", "source": book.list_range(words)} | (
        more if closed else {"show_error": False}
    )


def print_set_up(sheet: Any, columns: int, frozen: int, header_row: int = 0) -> None:
    """A3 across, the rows down to the header and the frozen columns on every page."""
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0, header_row)
    if 0 < frozen < columns:
        sheet.repeat_columns(0, frozen - 1)
    sheet.set_footer("&C第 &P 页,共 &N 页&R&A")


def _frozen(columns: list[WrittenColumn]) -> int:
    """How many columns stay in sight: those that say which row it is."""
    count = 0
    for written in columns[:4]:
        lent = written.column is None
        if not lent and (written.column is None or written.column.name not in _FROZEN | {"project_code"}):
            break
        count += 1
    return count


def _head(written: WrittenColumn) -> str:
    if written.column is None:
        return "lent"
    return "required" if written.column.required else "header"


def _kind(written: WrittenColumn) -> str:
    column = written.column
    if column is None:
        return "text"
    if column.name in _LONG:
        return "long"
    kinds = {
        contract.MONEY: "money",
        contract.DATE: "date",
        contract.COUNT: "count",
        contract.NUMBER: "number",
        contract.FLAG: "flag",
    }
    return kinds.get(column.dtype, "text") if column.unit != "元" else "money"


def _width(written: WrittenColumn) -> int:
    name = written.column.name if written.column else "project_name"
    if name in _LONG:
        return 34
    if name.endswith("_name") or name in ("owner", "video_url"):
        return 28
    if name in ("project_id", "document_number", "leaders", "contact"):
        return 18
    if name == "project_code":
        return 26
    return max(12, 2 * len(written.header) + 2)
