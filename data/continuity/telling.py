"""Sentences about how today's projects continue yesterday's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from data.conform.notices import Notices, shown
from data.conform.places import Columns
from data.continuity.same_project import Again, Entry
from data.contract import Ledger
from data.errors import Weight
from data.workbook import address

_COLUMNS_NAMED: Final = 6


def cell_of(entry: Entry, field: str, columns: Columns) -> str | None:
    """Excel address of a field of today's project, or of its name; null where the table has neither."""
    column = _column(entry, field, columns)
    return None if column is None or entry.row is None else address(entry.row - 1, column)


def _column(entry: Entry, field: str, columns: Columns) -> int | None:
    """The column of a field; where the table lacks it, the one of the project's name."""
    return columns.at(entry.sheet or "", entry.row, field, "project_name")


def tell_again(again: Again, columns: Columns, notices: Notices) -> None:
    """Tell renamed, renumbered, contradictory and likely projects."""
    say = _Teller(columns, notices)
    for pair in again.renamed:
        say.about(
            "project_renamed",
            "note",
            f"项目“{shown(pair.before.title)}”改名为“{shown(pair.today.title)}”,"
            f"按同一项目(编号 {pair.before.number})接着记。",
            pair.today,
            "project_name",
            pair.before.title,
        )
    for pair in again.renumbered:
        say.about(
            "project_renumbered",
            "warning",
            f"项目“{shown(pair.today.title)}”的编号由 {pair.before.number} 改为 {pair.today.number},"
            "名称、县区和业主与上次一致,按同一项目接着记。如是另一个项目,请在名称中写明区别。",
            pair.today,
            "project_id",
            pair.before.number,
        )
    for entry, was, other in again.contradictions:
        say.about(
            "contradictory_identity",
            "error",
            f"编号 {entry.number} 上次是“{shown(was.title)}”,这次写的是“{shown(entry.title)}”,"
            f"而这个项目上次的编号是 {other.number}。请核对编号和名称,一个项目始终用一个编号。",
            entry,
            "project_id",
            other.number,
        )
    for pair in again.close:
        say.about(
            "perhaps_same_project",
            "warning",
            f"“{shown(pair.today.title)}”与上次的“{shown(pair.before.title)}”(编号 {pair.before.number})相近,"
            "可能是同一个项目改了名。确认之前按两个项目处理,请在报送页回答。",
            pair.today,
            "project_name",
            pair.before.title,
        )


def tell_carried(item: Ledger, carried: tuple[str, ...], count: int, notices: Notices) -> None:
    """Tell which columns a ledger left out and keeps from the last time."""
    if not carried:
        return
    headers = "、".join(f"“{item.column(field).header}”" for field in carried[:_COLUMNS_NAMED])
    more = f"等 {len(carried)} 列" if len(carried) > _COLUMNS_NAMED else ""
    notices.add(
        "columns_carried_over",
        "note",
        f"{item.sheet}台账这次没有{headers}{more},{count} 行沿用上次所报的内容。要清空的请保留这一列并留空。",
        found=str(count),
    )


def tell_nodes_of_others(
    ledgers: Mapping[str, pl.DataFrame],
    reported: Mapping[str, pl.Series],
    before: pl.DataFrame,
    notices: Notices,
) -> None:
    """Hint where the file has projects and no nodes, and none of the nodes carried over is of any of them."""
    if "nodes" in ledgers or "projects" not in ledgers or before.is_empty():
        return
    named = ledgers["projects"].filter(reported["projects"])
    if named.is_empty() or before["project_id"].is_in(named["project_id"].implode()).any():
        return
    notices.add(
        "carried_nodes_of_others",
        "warning",
        f"文件没有节点台账,沿用的 {before.height} 行节点没有一行属于这次报的 {named.height} 个项目"
        f"(节点写的编号如 {before['project_id'][0]})。请核对项目编号,或把节点台账一起报来。",
        found=named["project_id"][0],
        expected=before["project_id"][0],
    )


def tell_kept_nodes(count: int, notices: Notices) -> None:
    """Tell how many of today's projects have no node in a 节点 ledger and keep those they had."""
    if count:
        notices.add(
            "nodes_kept",
            "note",
            f"{count} 个项目在这次的节点台账里没有一行,沿用上次的节点。不涉及的请写明“不涉及”。",
            found=str(count),
        )


class _Teller:
    def __init__(self, columns: Columns, notices: Notices) -> None:
        self.columns, self.notices = columns, notices

    def about(self, rule: str, weight: Weight, message: str, entry: Entry, field: str, expected: str) -> None:
        self.notices.add(
            rule,
            weight,
            message,
            sheet=entry.sheet,
            row=None if entry.row is None else entry.row - 1,
            column=_column(entry, field, self.columns),
            found=entry.title if field == "project_name" else entry.number,
            expected=expected,
        )
