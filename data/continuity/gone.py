"""Projects that yesterday had and today's file doesn't: kept and told, or taken off the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from data.conform.notices import MAX_PER_RULE, Notices, shown
from data.continuity.own_list import of_others, own_regions, tell_others
from data.continuity.questions import Question, about_gone, about_many_gone
from data.remembered import Remembered

# 项目状态 of a project that has left the list for good
_LEFT: Final = r"^(?:已|予以)?(?:终止|移出|退出|调出|撤销|取消)(?:建设|实施|项目|清单|计划|库)*$"
# a list this long that shares no project with the last one is another list
_ANOTHER_LIST: Final = 5


def left_by_status(projects: pl.DataFrame) -> pl.DataFrame:
    """Projects whose status says that they ended or were taken off the list."""
    return projects.filter(pl.col("status").str.contains(_LEFT))


def withdrawn(not_named: pl.DataFrame, remembered: Remembered | None) -> frozenset[str]:
    """Those of the projects not named today that staff took off; not when the project came back since."""
    return _still(not_named, remembered.withdrawn() if remembered else {})


def kept_by_decision(not_named: pl.DataFrame, remembered: Remembered | None) -> frozenset[str]:
    """Those of the projects not named today that staff want kept, so that nobody is asked again."""
    return _still(not_named, remembered.kept() if remembered else {})


def _still(not_named: pl.DataFrame, said: Mapping[str, date]) -> frozenset[str]:
    """Projects decided on since they were last reported."""
    if not said:
        return frozenset()
    known = not_named.filter(pl.col("project_id").is_in(list(said)))
    dates = known.select("project_id", "last_reported_date").iter_rows()
    return frozenset(number for number, last in dates if last is None or last <= said[number])


def tell(
    kept: pl.DataFrame, before: pl.DataFrame, named: pl.DataFrame, day: date, notices: Notices
) -> pl.DataFrame:
    """Tell which projects the file doesn't name; the rows of those worth a question.

    What another file of the same day reported is no news; a region missing from the whole list is one
    sentence, and so are all other regions where the file is one county's.
    """
    if kept.height == before.height and before.height >= _ANOTHER_LIST and not _other_regions(before, named):
        _tell_another_list(kept, named, notices)
        return kept
    own = own_regions(named, before)
    if own:
        others = of_others(kept, own)
        tell_others(kept.filter(others), own, day, notices)
        kept = kept.filter(~others)
    else:
        kept = _tell_regions(kept, named, day, notices)
    for row in kept.iter_rows(named=True):
        _tell_one(row, day, notices)
    return kept


def _other_regions(before: pl.DataFrame, named: pl.DataFrame) -> bool:
    """Whether both lists name their regions and share none."""
    old, new = set(before["region"].drop_nulls()), set(named["region"].drop_nulls())
    return bool(old and new) and not old & new


def _tell_another_list(kept: pl.DataFrame, named: pl.DataFrame, notices: Notices) -> None:
    notices.add(
        "nothing_in_common",
        "warning",
        f"文件里的 {named.height} 个项目和上次的 {kept.height} 个没有一个相同,上次的全部保留并标“未更新”,"
        "墙上会有两份名单。如果换了名单,请在报送页确认旧项目已移出;如果只是编号或名称写法变了,请改回原来的写法。",
        found=str(named.height),
        expected=str(kept.height),
    )


def _tell_regions(kept: pl.DataFrame, named: pl.DataFrame, day: date, notices: Notices) -> pl.DataFrame:
    """Tell each region the file doesn't name at all in one sentence; the other kept projects."""
    absent = kept.filter(pl.col("region").is_not_null() & ~pl.col("region").is_in(named["region"].implode()))
    counts = absent.group_by("region", maintain_order=True).agg(
        pl.len(), late=(pl.col("last_reported_date") != day).fill_null(True).sum()
    )
    counts = counts.filter(pl.col("len") > 1)
    for region, count, late in counts.filter(pl.col("late") > 0).iter_rows():
        others = f",另 {count - late} 个今天已由别的文件报过" if count > late else ""
        notices.add(
            "region_not_reported",
            "warning",
            f"文件里没有{region}的任何项目,上次的 {late} 个保留并标“未更新”{others}。该报的请补报。",
            expected=f"{region} {late} 个项目",
        )
    return kept.filter(~pl.col("region").is_in(counts["region"].implode()).fill_null(False))


def _tell_one(row: dict[str, object], day: date, notices: Notices) -> None:
    last = row["last_reported_date"]
    title = f"项目“{shown(row['project_name'] or '')}”(编号 {row['project_id']})"
    if last == day:
        notices.add(
            "reported_by_another_file",
            "note",
            f"{title}今天前一份文件报过,这份文件里没有,予以保留。多报的请把项目状态写成“移出”,或在报送页确认。",
            expected=str(row["project_id"]),
        )
        return
    since = f"(最近报送 {last})" if last is not None else ""
    notices.add(
        "project_not_reported",
        "warning",
        f"{title}这次文件里没有,保留上次的内容并标“未更新”{since}。"
        "终止或移出的,请把项目状态写成“移出”,或在报送页确认。",
        expected=str(row["project_id"]),
    )


def questions(kept: pl.DataFrame, day: date) -> list[Question]:
    """One question a project while there are few, the lately reported first; else one about all."""
    ordered = kept.sort("last_reported_date", descending=True, nulls_last=True, maintain_order=True)
    numbers = ordered["project_id"].to_list()
    titles = [title or number for title, number in zip(ordered["project_name"], numbers, strict=True)]
    if len(numbers) > MAX_PER_RULE:
        return [about_many_gone(numbers, titles, day)]
    return [about_gone(number, title, day) for number, title in zip(numbers, titles, strict=True)]


def tell_left(left: pl.DataFrame, taken_off: frozenset[str], notices: Notices) -> None:
    """Tell which projects left the list today."""
    for number, name, status in left.select("project_id", "project_name", "status").iter_rows():
        notices.add(
            "project_left",
            "note",
            f"项目“{shown(name or '')}”(编号 {number})状态为“{status}”,不再上墙,以前的记录保留。",
            found=status,
        )
    if taken_off:
        notices.add(
            "project_withdrawn",
            "note",
            f"{len(taken_off)} 个项目已确认移出,不再沿用。",
            found=str(len(taken_off)),
        )
