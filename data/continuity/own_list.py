"""A county's own list: ten counties each send a file on one day, and none speaks for the others."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data.conform.notices import Notices
from data.continuity.today import Today
from data.contract import LEDGERS, ledger

_NAMED: Final = 5


def own_regions(named: pl.DataFrame, before: pl.DataFrame) -> frozenset[str]:
    """The regions a file is about, where it is about part of them: one, or at most half of those known.

    Empty for a file about the whole list, and where the rows don't say their region.
    """
    here = frozenset(named["region"].drop_nulls())
    known = frozenset(before["region"].drop_nulls()) | here
    others = known - here
    return here if here and others and (len(here) == 1 or len(here) <= len(others)) else frozenset()


def of_others(rows: pl.DataFrame, own: frozenset[str]) -> pl.Series:
    """Which rows belong to no region of the file."""
    return rows.select(~pl.col("region").is_in(list(own)).fill_null(False)).to_series()


def tell_others(others: pl.DataFrame, own: frozenset[str], day: date, notices: Notices) -> None:
    """One sentence about the projects of all other regions: who reported today, who hasn't yet; none where
    they have none."""
    if others.is_empty():
        return
    regions = others.group_by(pl.col("region").fill_null("未写县区"), maintain_order=True).agg(
        pl.len(), late=(pl.col("last_reported_date") != day).fill_null(True).sum()
    )
    late = regions.filter(pl.col("late") > 0)
    waiting = _list([f"{name} {count} 个" for name, _, count in late.iter_rows()])
    done = _list(regions.filter(pl.col("late") == 0)["region"].to_list())
    notices.add(
        "list_of_own_region",
        "note",
        f"这份文件是{_list(sorted(own))}的,并入当天的挂图;"
        f"其他 {regions.height} 个县区的 {others.height} 个项目不动"
        + (f",今天已报:{done}" if done else "")
        + (f",今天还没有报、标“未更新”:{waiting}" if waiting else "")
        + "。",
        found=_list(sorted(own)),
        expected=str(others.height),
    )


def keep_others(now: Today, own: frozenset[str]) -> None:
    """Rows that hang on no project and are another region's, or nobody's: a county speaks for itself."""
    for item in LEDGERS:
        old = now.yesterday(item.name)
        if item.name in ("projects", "nodes", "monthly", "visits", "needs") or item.name not in now.ledgers:
            continue
        rows = now.ledgers[item.name]
        if "region" in old.columns:
            old = old.filter(of_others(old, own))
        if "project_id" in old.columns:
            old = old.filter(pl.col("project_id").is_null())
        key = list(ledger(item.name).key)
        stay = old.join(rows, on=key, how="anti", nulls_equal=True, maintain_order="left")
        if stay.height:
            reported = pl.concat([now.reported[item.name], pl.repeat(False, stay.height, eager=True)])
            now.put(item.name, pl.concat([rows, stay.select(rows.columns)]), reported)


def _list(words: list[str]) -> str:
    more = f"等 {len(words)} 个县区" if len(words) > _NAMED else ""
    return "、".join(words[:_NAMED]) + more
