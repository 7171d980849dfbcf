"""Records that take several sheet rows, and references written only once for several records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from data.conform.cells import Frame, Read
from data.conform.groups import members
from data.conform.headers import Layout
from data.conform.row_kinds import is_blank
from data.conform.rows import Rows
from data.contract import MONEY, Ledger
from data.values import as_text

# ledgers whose rows stand under the project named above them
_UNDER_A_PROJECT: Final = frozenset({"nodes", "problems", "needs", "monthly"})
_MAX_NAMED: Final = 8


def read_further(frame: Frame, layout: Layout, rows: Rows, read: Read) -> None:
    """Keep what the further rows of a project say in its extra, and say that their amounts aren't added."""
    _read_included(frame, layout, rows.included, read)
    said = {row: _said(frame, layout, row, parent) for row, parent in rows.continued.items()}
    if not any(said.values()):
        return
    amounts = any(layout.dtype_of(column) == MONEY for words in said.values() for column in words)
    _keep(frame, layout, "续行", {row: (rows.continued[row], words) for row, words in said.items()}, read)
    frame.notices.add(
        "further_rows",
        "warning" if amounts else "note",
        f"工作表“{frame.sheet.name}”有 {len(rows.continued)} 行({_numbers(rows.continued)})没有项目名称,"
        "并入上一个项目,内容保留备查" + (",其中的金额不计入。请把金额合到一行。" if amounts else "。"),
        sheet=frame.sheet.name,
        found=str(len(rows.continued)),
    )


def _read_included(frame: Frame, layout: Layout, included: Mapping[int, int | None], read: Read) -> None:
    """Keep what 其中 rows say in the extra of the project they split up, and say that they are none."""
    if not included:
        return
    own = {
        row: (parent, _said(frame, layout, row, parent))
        for row, parent in included.items()
        if parent is not None
    }
    _keep(frame, layout, "其中", own, read)
    frame.notices.add(
        "included_rows",
        "note",
        f"工作表“{frame.sheet.name}”有 {len(included)} 行({_numbers(included)})是“其中”一类的细分,"
        "已含在上一行里,不计为项目,金额不重复相加"
        + (",内容记在上一行项目的备查内容里。单独的项目请写序号,去掉“其中”。" if own else "。"),
        sheet=frame.sheet.name,
        found=str(len(included)),
    )


def _keep(
    frame: Frame, layout: Layout, label: str, said: Mapping[int, tuple[int, Mapping[int, str]]], read: Read
) -> None:
    """Words of further rows, by the record they belong to, in its extra."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for parent, words in said.values():
        if words:
            texts[parent].append(
                ";".join(f"{layout.headings[i].label(i)}: {text}" for i, text in words.items())
            )
    if texts:
        whole = [" | ".join(texts[row]) if row in texts else None for row in frame.rows.tolist()]
        read.extra.append(members(label, whole))


def _numbers(rows: Iterable[int]) -> str:
    """Excel rows as a sentence names them: 第 4、5 行."""
    named = [str(row + 1) for row in rows]
    return f"第 {'、'.join(named[:_MAX_NAMED])} 行{'等' if len(named) > _MAX_NAMED else ''}"


def _said(frame: Frame, layout: Layout, row: int, parent: int) -> dict[int, str]:
    """What a further row says that the record itself doesn't, by column."""
    pairs = enumerate(zip(frame.sheet.row(row), frame.sheet.row(parent), strict=True))
    return {
        i: text
        for i, (cell, above) in pairs
        if not (is_blank(cell) or (cell == above and isinstance(cell, str))) and (text := as_text(cell))
    }


def fill_references(frame: Frame, item: Ledger, read: Read) -> None:
    """Rows without a project take the one named above them, with a note: offices write it once."""
    names = [name for name in ("project_id", "project_name") if name in read.series]
    if item.name not in _UNDER_A_PROJECT or not names or frame.exact:
        return
    frames = pl.DataFrame({name: read.series[name] for name in names})
    blank = pl.all_horizontal(pl.col(names).is_null())
    # both columns belong to one row: a number of the row above never joins another row's name
    source = frames.select(pl.when(~blank).then(pl.int_range(pl.len())).forward_fill().alias("row"))["row"]
    count = int(frames.select((blank & source.is_not_null()).sum()).item())
    if not count:
        return
    for name in names:
        read.series[name] = read.series[name].gather(source)
    frame.notices.add(
        "reference_from_above",
        "note",
        f"工作表“{frame.sheet.name}”有 {count} 行没有写项目,按上面最近一行写明的项目计。",
        sheet=frame.sheet.name,
        found=str(count),
    )
