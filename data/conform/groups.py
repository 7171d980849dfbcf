"""What group rows say about the projects below them: 建设性质, 项目状态, 县区, else 项目类别 or 行业."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

import polars as pl

from data.conform.cells import Frame, Read
from data.conform.headers import Layout
from data.conform.regions import region_of_unit
from data.conform.rows import Group, Rows
from data.conform.title_groups import title_groups
from data.contract import TEXT
from data.dates import state_of
from data.text import plain

KINDS: Final = {
    "新建": ("新建", "新开工"),
    "续建": ("续建", "结转", "在建", "收尾"),
    "前期": ("前期", "预备", "储备"),
}
_STATUS: Final = re.compile(r"((?:[已未停]|尚未|正在).{1,6}?|在建)(?:类|重点)?(?:项目)?")
_REGION: Final = re.compile(
    r"^(?:[市区县州省]直|.{1,12}(?:[县区市旗]|人民政府|管委会)|.{1,8}[县区市旗]政府)$"
)
# 连山区续建项目: a region before what else the label says
_REGION_FIRST: Final = re.compile(
    r"^(?P<region>.{1,8}(?:自治县|自治旗|开发区|高新区)|.{1,5}?[县区市旗]|市直)"
    r"(?:新建|新开工|续建|结转|在建|前期|储备|预备|重点|产业|工业|竣工)?(?:类|重点)?项目$"
)


def flow_down(frame: Frame, layout: Layout, rows: Rows, read: Read) -> None:
    """Fill kind, region, category, industry and status from the group rows and titles above; the whole path
    stays in extra."""
    titled = tuple(Group(row, -1, label, None) for row, label in title_groups(frame.sheet, layout))
    titled = tuple(group for group in titled if _said(group))
    if not rows.path and not titled:
        return
    paths = [(*titled, *rows.path.get(row, ())) for row in frame.rows.tolist()]
    for name in ("kind", "region", "category", "industry", "status"):
        values = [_from_groups(path, name) for path in paths]
        if any(value is not None for value in values):
            series = pl.Series(values=values, dtype=TEXT)
            known = read.series.get(name)
            read.series[name] = series if known is None else known.zip_with(known.is_not_null(), series)
    labels = ["/".join(group.label for group in path) or None for path in paths]
    read.extra.append(members("分组", labels))


def members(name: str, texts: Sequence[str | None]) -> pl.Series:
    """JSON members `"name": "text"` of all record rows, null where there is no text."""
    quoted = (None if text is None else json.dumps(text, ensure_ascii=False) for text in texts)
    return pl.Series(values=[None if q is None else f'"{name}": {q}' for q in quoted], dtype=TEXT)


def kind_of(label: str) -> str | None:
    """新建, 续建 or 前期 where a group's label speaks of one of them and no other."""
    found = [kind for kind, words in KINDS.items() if any(word in label for word in words)]
    return found[0] if len(found) == 1 else None


def region_in(label: str) -> str | None:
    """The region a group's label names (南 宁 市, 连山区人民政府, 连山区续建项目); null where none."""
    text = plain(label)
    if _REGION.match(text):
        return text if text.endswith("直") else region_of_unit(text) or text
    match = _REGION_FIRST.match(text)
    return match["region"] if match else None


def fields_of_group(group: Group) -> dict[str, str]:
    """What a group row says: project column → value."""
    return _said(group) or {"category" if group.level <= 0 else "industry": group.label}


def _said(group: Group) -> dict[str, str]:
    """What a label says in words that are known."""
    label = group.label
    said = {"kind": kind_of(label), "region": region_in(label), "status": _status_in(label)}
    return {name: value for name, value in said.items() if value is not None}


def _status_in(label: str) -> str | None:
    """The status a label says its projects have (在建项目, 已竣工项目); 竣工项目 may be what is due."""
    match = _STATUS.fullmatch(plain(label))
    return state_of(match[1]) if match else None


def _from_groups(path: tuple[Group, ...], name: str) -> str | None:
    """What the innermost group that speaks of this field says."""
    said = (fields_of_group(group).get(name) for group in reversed(path))
    return next((value for value in said if value is not None), None)
