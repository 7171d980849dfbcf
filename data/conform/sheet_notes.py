"""What staff are told about a sheet as a whole: hidden parts, formula errors, several tables, no ledger."""

from __future__ import annotations

from typing import Final

from data.conform.headers import Layout
from data.conform.notices import Notices
from data.contract import LEDGERS, OWN_SHEETS
from data.reading.sheet_xml import NO_RESULT
from data.text import plain
from data.workbook import Sheet, Workbook, letters, parted

_MAX_NAMED: Final = 8


def tell_shown(sheet: Sheet, layouts: list[Layout], notices: Notices) -> None:
    """Say which formula errors were read as empty, that hidden parts were read, and how many tables."""
    _tell_formulas(sheet, notices)
    _tell_hidden(sheet, layouts[0].header_row, notices)
    if len(layouts) > 1:
        ledgers = "、".join(
            dict.fromkeys(f"第 {layout.header_row + 1} 行起{layout.ledger.sheet}" for layout in layouts)
        )
        notices.add(
            "several_tables",
            "note",
            f"工作表“{sheet.name}”里有 {len(layouts)} 张表({ledgers}),分别读入。",
            sheet=sheet.name,
            found=str(len(layouts)),
        )


def _tell_formulas(sheet: Sheet, notices: Notices) -> None:
    """A warning a cell whose formula gives an error, or whose result the file doesn't hold."""
    for cell, text in sheet.errors:
        column, row = parted(cell)
        what, advice = f"是公式错误 {text}", "请改正公式或填数值。"
        if text == NO_RESULT:
            what, advice = "的公式没有存下计算结果", "请用 Excel 或 WPS 打开原表,保存一次再报。"
        notices.add(
            "formula_error",
            "warning",
            f"工作表“{sheet.name}”{cell} {what},按空处理。{advice}",
            sheet=sheet.name,
            row=row,
            column=column,
            found=text,
            expected="数值",
        )


def _tell_hidden(sheet: Sheet, header_row: int, notices: Notices) -> None:
    rows = [row for row in sheet.hidden_rows if row > header_row and any(sheet.row(row))]
    columns = [i for i in sheet.hidden_columns if i < sheet.width and any(sheet.columns[i].values)]
    for rule, words, names in (
        ("hidden_rows", "行", [str(row + 1) for row in rows]),
        ("hidden_columns", "列", [letters(column) for column in columns]),
    ):
        if names:
            more = "等" if len(names) > _MAX_NAMED else ""
            notices.add(
                rule,
                "note",
                f"工作表“{sheet.name}”有 {len(names)} 个隐藏的{words}"
                f"(第 {'、'.join(names[:_MAX_NAMED])} {words}{more}),也已读入。"
                "不该报送的请删去,只隐藏没有用。",
                sheet=sheet.name,
                found=str(len(names)),
            )


def tell_hidden_sheets(workbook: Workbook, notices: Notices) -> None:
    """Say which hidden worksheets were left out."""
    for name in (n for n in workbook.hidden_sheets if n not in OWN_SHEETS):
        notices.add(
            "hidden_sheet",
            "note",
            f"工作表“{name}”是隐藏的,未读入。需要读入请取消隐藏后重报。",
            sheet=name,
        )


def tell_unrecognised(sheet: Sheet, notices: Notices) -> None:
    """Say that a sheet is no ledger: an error where its name says it should be one."""
    named = (i for i in LEDGERS if plain(sheet.name) in (plain(i.sheet), *map(plain, i.synonyms)))
    item = next(named, None)
    if item is None:
        notices.add(
            "sheet_not_recognised",
            "note",
            f"工作表“{sheet.name}”不是{len(LEDGERS)}个台账中的任何一个,未读入。",
            sheet=sheet.name,
        )
        return
    needed = "、".join(c.header for c in item.columns if c.required)
    notices.add(
        "header_not_found",
        "error",
        f"工作表“{sheet.name}”里找不到{item.sheet}台账的表头(至少要有 {needed})。请核对列名后重报。",
        sheet=sheet.name,
        expected=needed,
    )
