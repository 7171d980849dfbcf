"""What a cell's drop-down list offers: the words of the contract, and what today's ledgers already say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from data import contract
from data.conform.groups import KINDS
from data.contract import NODE_STATUS_WORDS, Column, Ledger
from data.dates import STATES
from data.procedures import templates

FLAGS: Final = ("是", "否")
# what a project's state says when it leaves the list (data/continuity/gone.py)
LEFT: Final = ("终止", "移出")
# lists nobody goes beyond: another word is asked about, others are only offered
_CLOSED: Final = frozenset({"kind", "region_kind", "project_type", "approval_level"})
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": tuple(KINDS),
    "region_kind": ("县区", "园区", "市直"),
    "approval_level": ("国", "省", "市", "县"),
    "stage": ("线索", "洽谈", "签约", "落地", "开工"),
    "factor": ("用地", "用能", "用工", "物流", "道路", "政策", "手续", "融资", "环保指标"),
}
# columns whose words come from what the ledgers hold, wherever the same kind of word stands
_KNOWN: Final[tuple[frozenset[str], ...]] = (
    frozenset({"region"}),
    frozenset({"district"}),
    frozenset({"industry"}),
    frozenset({"category"}),
    frozenset({"level"}),
    frozenset({"campaign"}),
    frozenset({"leaders", "leader", "lead_leader", "visitor"}),
    frozenset({"chief_officer"}),
    frozenset({"promoter"}),
    frozenset({"responsible_unit", "department", "provider"}),
    frozenset({"deferred"}),
    frozenset({"origin"}),
)
_MOST: Final = 300


def is_closed(column: Column) -> bool:
    """Whether a word that isn't on the list is asked about."""
    return column.name in _CLOSED or column.dtype == contract.FLAG


def choices(item: Ledger, column: Column, ledgers: Mapping[str, pl.DataFrame]) -> tuple[str, ...]:
    """The words to offer in a column, the contract's first; () for a column without a list."""
    if column.dtype == contract.FLAG:
        return FLAGS
    if column.name == "status":
        fixed = {"projects": (*STATES, *LEFT), "nodes": tuple(NODE_STATUS_WORDS.values())}.get(item.name, ())
    elif column.name == "project_type":
        fixed = tuple(t.name for t in templates().values() if t.phase == "start")
    elif column.name in ("node", "predecessors"):
        fixed = tuple(dict.fromkeys(node.name for t in templates().values() for node in t.nodes))
    else:
        fixed = _WORDS.get(column.name, ())
    if is_closed(column) or (item.name, column.name) == ("nodes", "status"):
        return fixed
    return tuple(dict.fromkeys((*fixed, *_in_use(item, column, ledgers))))[:_MOST]


def _in_use(item: Ledger, column: Column, ledgers: Mapping[str, pl.DataFrame]) -> list[str]:
    """The words the ledgers hold for this kind of column, most frequent first."""
    kind = next((names for names in _KNOWN if column.name in names), None)
    if kind is None:
        return _of_columns([(item.name, column.name)], ledgers) if column.name in ("status", "node") else []
    same = [(other.name, c.name) for other in contract.LEDGERS for c in other.columns if c.name in kind]
    return _of_columns(same, ledgers)


def _of_columns(columns: list[tuple[str, str]], ledgers: Mapping[str, pl.DataFrame]) -> list[str]:
    found = []
    for ledger, name in columns:
        if ledger in ledgers:
            series = ledgers[ledger][name]
            found.append(series.explode() if series.dtype == contract.NAMES else series)
    if not found:
        return []
    counted = pl.concat(found).drop_nulls().value_counts(sort=True, name="n")
    ordered = counted.sort(["n", counted.columns[0]], descending=[True, False])
    return [text for text in ordered[counted.columns[0]].to_list() if "\n" not in text]
