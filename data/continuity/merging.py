"""Rows of today laid over those of yesterday: sheets with only what changed, columns a file leaves out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import reduce

import polars as pl

from data.changes import Changes
from data.conform.places import Columns
from data.contract import DATE, ORIGIN, Ledger

# fields worked out from one another move together: what is given, and what follows from it
TOGETHER = {
    "leaders": ("leader_titles", "accountable_leader"),
    "region": ("region_kind",),
}
# what conforming fills in where a 节点 row says nothing, so it must not overwrite what was known
_ASSUMED = ("status", "applicable")
_NEW = "_new_"


def merged(
    item: Ledger,
    base: pl.DataFrame,
    changed: pl.DataFrame,
    changes: Changes,
    columns: Columns,
) -> tuple[pl.DataFrame, pl.Series]:
    """The rows of `base` with those of `changed` laid over, new ones at the end; and which came today.

    An empty cell leaves what was known, a cleared one empties it. A second row of one key is put at the end
    as it is, for the rule against duplicates.
    """
    key = list(item.key)
    whole = changed.filter(pl.all_horizontal(pl.col(key).is_not_null()))
    over = whole.unique(key, keep="first", maintain_order=True).join(base, on=key, how="semi")
    rest = changed.join(
        over.select("source_sheet", "source_row", *key),
        on=["source_sheet", "source_row", *key],
        how="anti",
        maintain_order="left",
    )
    over = _said(item, over, changes, columns)
    laid = base.join(
        over.rename({c: _NEW + c for c in over.columns if c not in key}),
        on=key,
        how="left",
        maintain_order="left",
    )
    came = laid[f"{_NEW}source_row"].is_not_null()
    laid = laid.with_columns(expr for group in _groups(item) for expr in _laid(group))
    laid = laid.with_columns(
        *(pl.when(came).then(_NEW + name).otherwise(name).alias(name) for name in ORIGIN if name != "extra"),
        extra=_joined_extra(laid),
    )
    laid = _cleared(item, laid.select(list(item.schema)), changes, columns)
    reported = pl.concat([came, pl.repeat(True, rest.height, eager=True)])
    return pl.concat([laid, rest.select(list(item.schema))]), reported


def carried_columns(
    item: Ledger,
    today: pl.DataFrame,
    before: pl.DataFrame,
    columns: Columns,
) -> tuple[pl.DataFrame, tuple[str, ...], int]:
    """Today's rows with what yesterday knew of columns the file lacks; those columns, and how many rows.

    A column the file has and leaves empty is empty: only what no sheet has a header for is carried.
    """
    sheets = set(today["source_sheet"].drop_nulls().unique())
    absent = [
        group
        for group in _groups(item)
        if group[0] not in item.key
        and all(today[name].null_count() == today.height for name in group)
        and not any(columns.has(sheet, item.name, group[0]) for sheet in sheets)
        and before[group[0]].null_count() < before.height
    ]
    if not absent or not columns:
        return today, (), 0
    names = [name for group in absent for name in group]
    old = before.unique(item.key, keep="first", maintain_order=True).select(*item.key, *names)
    filled = today.drop(names).join(old, on=item.key, how="left", maintain_order="left")
    if item.name == "nodes":
        filled = filled.with_columns(_in_keeping(names))
    kept = [group[0] for group in absent if filled[group[0]].null_count() < filled.height]
    rows = filled.filter(pl.any_horizontal(pl.col(kept).is_not_null())).height if kept else 0
    return filled.select(list(item.schema)), tuple(kept), rows


def _in_keeping(names: Sequence[str]) -> list[pl.Expr]:
    """Old dates of a node stay only where today's status agrees with them."""
    allowed = {"actual_finish": ["done"], "document_number": ["done"], "accepted_date": ["done", "running"]}
    return [
        pl.when(pl.col("status").is_in(states)).then(name).alias(name)
        for stem, states in allowed.items()
        for name in names
        if name == stem or name.startswith(f"{stem}_")
    ]


def _groups(item: Ledger) -> list[tuple[str, ...]]:
    """Stored columns that move together, the one staff fill in first; key and origin left out."""
    followers = {name for group in TOGETHER.values() for name in group}
    groups = []
    for column in item.columns:
        if column.name in item.key or column.name in followers or not column.filled_in:
            continue
        stored = (column.name, f"{column.name}_precision", f"{column.name}_text")
        groups.append(stored if column.dtype == DATE else (column.name, *_followers(item, column.name)))
    return groups


def _followers(item: Ledger, name: str) -> tuple[str, ...]:
    return tuple(follower for follower in TOGETHER.get(name, ()) if follower in item.schema)


def _laid(group: tuple[str, ...]) -> list[pl.Expr]:
    """What is new of a group where any of it is, else what was."""
    given = reduce(pl.Expr.or_, [pl.col(_NEW + name).is_not_null() for name in group])
    return [pl.when(given).then(_NEW + name).otherwise(name).alias(name) for name in group]


def _said(item: Ledger, over: pl.DataFrame, changes: Changes, columns: Columns) -> pl.DataFrame:
    """Rows of changes without what conforming assumed for them."""
    if item.name != "nodes":
        return over
    told = _cells(over, ("status", "applicable", "accepted_date", "actual_finish"), changes.filled, columns)
    # out of a procedure column, or of a sheet whose cells nobody noted, the status is what was said
    own = pl.Series(
        values=[
            columns.has(sheet, item.name, "node") and sheet in changes.sheets
            for sheet in over["source_sheet"]
        ],
        dtype=pl.Boolean,
    )
    return over.with_columns(pl.when(told | ~own).then(name).alias(name) for name in _ASSUMED)


def _cells(
    rows: pl.DataFrame,
    fields: Collection[str],
    cells: frozenset[tuple[str, int, int]],
    columns: Columns,
) -> pl.Series:
    """Whether one of these fields' cells in a row is among `cells`."""
    places = zip(rows["source_sheet"], rows["source_row"], strict=True)
    found = [
        any((sheet, row, columns.at(sheet, row, name)) in cells for name in fields) for sheet, row in places
    ]
    return pl.Series(values=found, dtype=pl.Boolean)


def _joined_extra(laid: pl.DataFrame) -> pl.Series:
    """Unknown columns of both days, today's going first."""
    pairs = zip(laid["extra"], laid[f"{_NEW}extra"], strict=True)
    return pl.Series(values=[_join(old, new) for old, new in pairs], dtype=pl.String)


def _join(old: str | None, new: str | None) -> str | None:
    if old is None or new is None:
        return old if new is None else new
    return json.dumps(json.loads(old) | json.loads(new), ensure_ascii=False)


def _cleared(item: Ledger, laid: pl.DataFrame, changes: Changes, columns: Columns) -> pl.DataFrame:
    """Empty what a cell of today's sheet asks to empty."""
    rows = defaultdict(list)
    for sheet, row, column in changes.cleared:
        for name in columns.fields_of(sheet, row, column):
            rows[name, sheet].append(row)
    groups = {group[0]: group for group in _groups(item)}
    for (name, sheet), lines in rows.items():
        here = (pl.col("source_sheet") == sheet) & pl.col("source_row").is_in(lines)
        laid = laid.with_columns(
            pl.when(~here.fill_null(False)).then(stored).alias(stored) for stored in groups.get(name, ())
        )
    return laid
