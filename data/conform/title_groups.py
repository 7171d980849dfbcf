"""Title lines that head the whole table below them: 一、在建项目, 2026年续建项目清单, 连山区."""

from __future__ import annotations

import re
from typing import Final

from data.conform.headers import Layout
from data.conform.row_kinds import STAGE, is_blank, is_number, is_region, level_of, without_numbering
from data.text import plain
from data.workbook import Sheet

_STATED: Final = re.compile(r"^(?:[已未停]|尚未|正在).{1,6}项目$")
_BEFORE: Final = re.compile(r"^(?:[\u4e00-\u9fff]{1,12}?[县区市旗])?(?:(?:19|20)\d{2}年)?度?(?:重点)?")
_BEHIND: Final = re.compile(r"(?:清单|一览表|台账|汇总表|计划表|名单|情况表|进展表|表)+$")


def title_groups(sheet: Sheet, layout: Layout) -> list[tuple[int, str]]:
    """Rows between a table's top and its header that head all its records, and their labels."""
    if layout.ledger.name != "projects":
        return []
    labels = ((row, _label(sheet, row)) for row in range(layout.top, layout.header_row))
    return [(row, label) for row, label in labels if label]


def _label(sheet: Sheet, row: int) -> str | None:
    """What a title line calls the projects below; null for any other line."""
    texts = {c for c in sheet.row(row) if isinstance(c, str) and not is_blank(c) and not is_number(c)}
    if len(texts) != 1:
        return None
    text = texts.pop()
    label = without_numbering(text)
    bare = _BEHIND.sub("", plain(label))
    if level_of(text) is not None or STAGE.match(bare) or _STATED.match(bare) or is_region(bare):
        return label
    stage = _BEFORE.sub("", bare)
    return stage if STAGE.match(stage) else None
