"""What a person narrows a list to: words looked for, filters of single columns, and an order.

The screen's windows and the exported workbook go through the same function, so that what is exported
is what is shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from data import lights
from data.contract import NODE_STATUS_WORDS
from data.errors import BadParameter
from data.initials import AT_START, NOWHERE, WHOLE, Ranks, Texts, sort_key
from data.lists import ListColumn

_YUAN_IN_WAN: Final = 10_000
_WORDED: Final = ("text", "name", "long", "light", "flag")
# a filter of a column compares what people read
_STATES: Final = NODE_STATUS_WORDS | {"unreported": "台账未报"}


@dataclass(frozen=True)
class Asked:
    """`find`: words that must all stand in a row; `where`: column → AG Grid's filter model; `sort`: column,
    descending."""

    find: str = ""
    where: Mapping[str, Mapping[str, Any]] | None = None
    sort: Sequence[tuple[str, bool]] = ()

    @classmethod
    def of(cls, find: str | None, where: str | None, sort: str | None) -> Asked:
        """From an address: `where` is JSON, `sort` "column:desc,column:asc"; BadParameter if broken."""
        try:
            model = json.loads(where) if where else {}
        except ValueError:
            model = None
        if not isinstance(model, dict) or not all(isinstance(one, dict) for one in model.values()):
            raise BadParameter("参数“where”读不懂;应为列名和筛选条件的 JSON。")
        pairs = [part.partition(":") for part in (sort or "").split(",") if part]
        return cls(find or "", model, [(name, way == "desc") for name, _, way in pairs])


def narrowed(frame: pl.DataFrame, columns: Sequence[ListColumn], asked: Asked) -> pl.DataFrame:
    """The rows asked for, in the order asked for; BadParameter names a column or condition there isn't."""
    known = {column.name: column for column in columns}
    unknown = [
        name for name in (*(asked.where or {}), *(name for name, _ in asked.sort)) if name not in known
    ]
    if unknown:
        raise BadParameter(f"清单没有“{'、'.join(unknown)}”这一列;可用的列有:{'、'.join(known)}。")
    if asked.find.strip():
        frame = frame.filter(_holds(frame, columns, asked.find))
    for name, model in (asked.where or {}).items():
        frame = frame.filter(_where(frame, known[name], model))
    return _sorted(frame, [(known[name], descending) for name, descending in asked.sort])


def _holds(frame: pl.DataFrame, columns: Sequence[ListColumn], typed: str) -> pl.Series:
    """Whether each row has every word in one of its texts; each text is looked through once."""
    texts = [read(frame, column) for column in columns if column.kind in _WORDED]
    held = pl.repeat(True, frame.height, eager=True)
    for word in typed.split():
        here = pl.repeat(False, frame.height, eager=True)
        for series in texts:
            here |= _matches(series, word, lambda ranks: ranks > NOWHERE)
        held &= here
    return held


def _matches(texts: pl.Series, typed: str, judge: Any) -> pl.Series:
    """Whether the rank of each text, found through its distinct values, passes `judge`; null never does."""
    distinct = texts.unique().drop_nulls()
    ranks: Ranks = Texts(distinct).find(typed)
    return texts.is_in(distinct.filter(pl.Series(judge(ranks)))).fill_null(False)


def read(frame: pl.DataFrame, column: ListColumn) -> pl.Series:
    """A column of words as people read it: 逾期, 是, 在办; null stays null."""
    series = frame[column.name]
    if column.kind == "flag":
        return series.replace_strict({True: "是", False: "否"}, return_dtype=pl.String)
    series = series.cast(pl.String)
    if column.kind == "light":
        return series.replace({item.code: item.word for item in lights.lights()})
    return series.replace(_STATES) if column.name == "state" else series


def _where(frame: pl.DataFrame, column: ListColumn, model: Mapping[str, Any]) -> pl.Series:
    """Whether each row passes one column's filter, several conditions joined by AND or OR."""
    conditions = model.get("conditions")
    if not isinstance(conditions, list):
        return _condition(frame, column, model)
    passed = [_condition(frame, column, one) for one in conditions]
    together = passed[0]
    for one in passed[1:]:
        together = together | one if model.get("operator") == "OR" else together & one
    return together


def _condition(frame: pl.DataFrame, column: ListColumn, model: Mapping[str, Any]) -> pl.Series:
    kind = model.get("type")
    if kind in ("blank", "notBlank"):
        series = frame[column.name]
        return series.is_null() if kind == "blank" else series.is_not_null()
    try:
        if column.kind in _WORDED:
            return _worded(read(frame, column), str(kind), str(model["filter"]))
        low, high = _bounds(column, model)
        return _compared(frame[column.name], str(kind), low, high)
    except (KeyError, TypeError, ValueError) as fault:
        raise BadParameter(f"列“{column.header}”的筛选条件“{kind}”读不懂;请重新选择。") from fault


def _worded(texts: pl.Series, kind: str, typed: str) -> pl.Series:
    if kind == "endsWith":
        return texts.str.ends_with(typed).fill_null(False)
    if kind in ("notContains", "notEqual"):
        return ~_worded(texts, "contains" if kind == "notContains" else "equals", typed)
    least = {"contains": NOWHERE + 1, "startsWith": AT_START, "equals": WHOLE}[kind]
    return _matches(texts, typed, lambda ranks: ranks >= least)


def _bounds(column: ListColumn, model: Mapping[str, Any]) -> tuple[Any, Any]:
    """The condition's values as they are stored: days, yuan for 万元, shares for percent."""
    if column.kind == "date":
        second = model.get("dateTo")
        return date.fromisoformat(model["dateFrom"][:10]), second and date.fromisoformat(second[:10])
    scale = {"money": float(_YUAN_IN_WAN), "ratio": 0.01}.get(column.kind, 1.0)
    second = model.get("filterTo")
    return float(model["filter"]) * scale, None if second is None else float(second) * scale


def _compared(values: pl.Series, kind: str, low: Any, high: Any) -> pl.Series:
    tests: dict[str, Callable[[], pl.Series]] = {
        "equals": lambda: values == low,
        "notEqual": lambda: values != low,
        "lessThan": lambda: values < low,
        "lessThanOrEqual": lambda: values <= low,
        "greaterThan": lambda: values > low,
        "greaterThanOrEqual": lambda: values >= low,
        "inRange": lambda: values.is_between(low, high),
    }
    return tests[kind]().fill_null(False)


def _sorted(frame: pl.DataFrame, order: Sequence[tuple[ListColumn, bool]]) -> pl.DataFrame:
    """By the columns asked for, empty cells last; rows that are equal in them keep their order."""
    if not order:
        return frame
    keys = [_key(frame, column).alias(f"key {place}") for place, (column, _) in enumerate(order)]
    descending = [way for _, way in order]
    ranked = pl.DataFrame(keys).with_row_index("row")
    ranked = ranked.sort(
        [key.name for key in keys], descending=descending, nulls_last=True, maintain_order=True
    )
    return frame[ranked["row"]]


def _key(frame: pl.DataFrame, column: ListColumn) -> pl.Series:
    if column.kind == "light":
        gravity = {item.code: rank for rank, item in enumerate(lights.lights())}
        return frame[column.name].cast(pl.String).replace_strict(gravity, default=None, return_dtype=pl.Int32)
    if column.kind not in _WORDED or column.kind == "flag":
        return frame[column.name]
    texts = read(frame, column)
    distinct = texts.unique().drop_nulls()
    keys = pl.Series([sort_key(text) for text in distinct], dtype=pl.String)
    return texts.replace_strict(distinct, keys, default=None, return_dtype=pl.String)
