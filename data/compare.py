"""What differs between two sets of ledgers, cell by cell, in the words and units staff know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from data import contract
from data.contract import Column, Ledger

# one changed cell a row; an added or removed row is one row with column, before and after null
CHANGES: Final[dict[str, pl.DataType]] = {
    "ledger": pl.String(),
    "kind": pl.String(),
    "project_id": pl.String(),
    "project_name": pl.String(),
    "row_key": pl.String(),
    "column": pl.String(),
    "before": pl.String(),
    "after": pl.String(),
}
ADDED, REMOVED, CHANGED = "added", "removed", "changed"

_WAN: Final = 10_000
_OCCURRENCE: Final = "_occurrence"
_AFTER: Final = "_after"
# what a person would call a row whose key is only a number
_CALLED: Final = {"problems": "problem", "leads": "lead_name", "tasks": "task"}
_EXTRA: Final = Column("extra", "其他列", contract.TEXT, "数据约定以外的列")


def changes(before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """One changed cell, added row or removed row each; columns as in CHANGES.

    `ledger` is the sheet's name, `kind` added, removed or changed, `column` the Chinese header with its
    unit, `row_key` what names the row inside its project (a node, a day; null in the project ledger).
    A day that staff wrote in words is told in their words with the day behind it.
    """
    names = _project_names(before, after)
    parts = [
        found.join(names, on="project_id", how="left", maintain_order="left").select(list(CHANGES))
        for item in contract.LEDGERS
        if (found := _ledger_changes(item, _frame(before, item), _frame(after, item))) is not None
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema=CHANGES)


def _frame(ledgers: Mapping[str, pl.DataFrame], item: Ledger) -> pl.DataFrame:
    return ledgers.get(item.name, contract.empty(item))


def _project_names(*told: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The newest name of every project either side knows."""
    frames = [_frame(ledgers, contract.PROJECTS).select("project_id", "project_name") for ledgers in told]
    return pl.concat(frames).unique("project_id", keep="last")


def _ledger_changes(item: Ledger, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame | None:
    pairs = _paired(item, before, after)
    is_old, is_new = pl.col("_old").fill_null(False), pl.col("_new").fill_null(False)
    whole = [
        _told(item, pairs.filter(is_new & ~is_old), ADDED),
        _told(item, pairs.filter(is_old & ~is_new), REMOVED),
    ]
    both = pairs.filter(is_old & is_new)
    cells = [
        _told(item, changed, CHANGED, column)
        for column in _compared(item)
        if (changed := both.filter(_differs(column))).height
    ]
    found = pl.concat([*whole, *cells])
    return found.sort("_row", maintain_order=True) if found.height else None


def _compared(item: Ledger) -> list[Column]:
    return [c for c in item.columns if c.filled_in and c.name not in item.key] + [_EXTRA]


def _paired(item: Ledger, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Rows of one key side by side; rows that share a key are paired in their order."""
    occurrence = pl.int_range(pl.len()).over(item.key).alias(_OCCURRENCE)
    paired = before.with_columns(occurrence, _old=pl.lit(True)).join(
        after.with_columns(occurrence, _new=pl.lit(True)),
        on=[*item.key, _OCCURRENCE],
        how="full",
        coalesce=True,
        nulls_equal=True,
        suffix=_AFTER,
        maintain_order="right_left",
    )
    return paired.with_row_index("_row")


def _differs(column: Column) -> pl.Expr:
    """Whether a cell says something else; the same day in other words of the same precision does not."""
    cell = pl.col(column.name).ne_missing(pl.col(f"{column.name}{_AFTER}"))
    if not column.worded:
        return cell
    # a plain date may come without a precision
    old, new = (pl.col(f"{column.name}_precision{side}").fill_null("day") for side in ("", _AFTER))
    return cell | (old != new)


def _told(item: Ledger, pairs: pl.DataFrame, kind: str, column: Column | None = None) -> pl.DataFrame:
    nothing = pl.lit(None, pl.String)
    return pairs.select(
        "_row",
        ledger=pl.lit(item.sheet),
        kind=pl.lit(kind),
        project_id=_either(item, "project_id") if "project_id" in item.schema else nothing,
        row_key=_row_key(item),
        column=nothing if column is None else pl.lit(column.written_header),
        before=nothing if column is None else _words(column, ""),
        after=nothing if column is None else _words(column, _AFTER),
    )


def _either(item: Ledger, name: str) -> pl.Expr:
    """What a row says on either side, the newer first; a key stands there only once."""
    return pl.col(name) if name in item.key else pl.coalesce(f"{name}{_AFTER}", name)


def _row_key(item: Ledger) -> pl.Expr:
    if item.name in _CALLED:
        return _either(item, _CALLED[item.name])
    parts = [pl.col(name).cast(pl.String) for name in item.key if name != "project_id"]
    return pl.concat_str(parts, separator=" ", ignore_nulls=True) if parts else pl.lit(None, pl.String)


def _words(column: Column, suffix: str) -> pl.Expr:
    """A cell as staff would write it; null stays null."""
    cell = pl.col(f"{column.name}{suffix}")
    if column.worded:
        return _day_words(cell, pl.col(f"{column.name}_text{suffix}"))
    if column.unit == "元":
        return _wan(cell)
    if column.dtype == contract.NAMES:
        return cell.list.join("、")
    if column.dtype == contract.FLAG:
        return pl.when(cell).then(pl.lit("是")).when(~cell).then(pl.lit("否"))
    if column.name == "status":
        return cell.replace(contract.NODE_STATUS_WORDS)
    return cell.cast(pl.String)


def _day_words(day: pl.Expr, text: pl.Expr) -> pl.Expr:
    iso = day.cast(pl.String)
    return pl.when(text.is_null()).then(iso).otherwise(pl.concat_str(text, pl.lit("("), iso, pl.lit(")")))


def _wan(yuan: pl.Expr) -> pl.Expr:
    """Whole yuan as 万元, exact, without superfluous zeros."""
    size = yuan.abs()
    rest = (size % _WAN).cast(pl.String).str.zfill(4).str.strip_chars_end("0")
    return pl.concat_str(
        pl.when(yuan < 0).then(pl.lit("-")).otherwise(pl.lit("")),
        (size // _WAN).cast(pl.String),
        pl.when(rest == "").then(pl.lit("")).otherwise(pl.lit(".") + rest),
    )
