"""Every load there ever was: who, when, which file, what it made of the wall; and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from data import contract
from data.errors import Finding, Weight
from data.journal import Via
from data.manifest import Manifest, Version
from data.rollback import roll_back
from data.settings import Settings
from data.snapshots import SnapshotStore


@dataclass(frozen=True)
class Load:
    """One file that was loaded or sent back, or one rollback.

    `via` tells where it came from. `kept_file` is the file as received,
    null when there is none (a rollback, the demo city) or somebody has removed it; `marked_file` the
    marked copy of a refused one, else null. `counts` are rows a ledger and `findings` how many of each
    weight. `version` is null for a refused file. `reason` and `rolled_back_to` are a rollback's.
    """

    id: str
    at: datetime
    who: str | None
    via: Via
    file_name: str
    sha256: str
    accepted: bool
    version: Version | None
    message: str
    counts: dict[str, int]
    findings: dict[Weight, int]
    held_back: int = 0
    kept_file: Path | None = None
    marked_file: Path | None = None
    rolled_back_to: Version | None = None
    reason: str | None = None


def sentence(told: Manifest) -> str:
    """What staff are told of a snapshot: its rows, what was carried over and held back, the warnings."""
    if told.rolled_back_to:
        return f"挂图退回到 {told.rolled_back_to}:{told.reason}"
    counts = "、".join(
        f"{item.sheet} {told.counts[item.name]:,} 行"
        for item in contract.LEDGERS
        if told.counts.get(item.name) and item.name not in told.carried_over
    )
    parts = [f"已发布 {told.version}:{counts}"]
    if told.carried_over:
        parts.append("沿用上一版:" + "、".join(contract.ledger(n).sheet for n in told.carried_over))
    if told.held_back:
        parts.append(f"有错误未采用 {sum(told.held_back.values())} 行")
    if told.findings["warning"]:
        parts.append(f"提醒 {told.findings['warning']} 条")
    return ";".join(parts)


class History:
    """The loads of one office, and comparing and restoring its snapshots."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def loads(self, limit: int | None = None) -> list[Load]:
        """The last loads, newest first; null for all of them."""
        raise NotImplementedError

    def load(self, load_id: str) -> Load:
        """The load of this id; SnapshotError where there is none."""
        raise NotImplementedError

    def findings(self, load_id: str) -> tuple[Finding, ...]:
        """Everything that was found in the file of this load; SnapshotError where there is no such load."""
        raise NotImplementedError

    def changes(self, before: Version, after: Version) -> pl.DataFrame:
        """What differs between two snapshots, one cell a row: columns as in data.compare.CHANGES."""
        raise NotImplementedError

    def roll_back(self, version: Version, reason: str, who: str | None = None) -> Version:
        """The new revision that says again what `version` said; newer ones are set aside, none is erased.

        SnapshotError where there is no such version, or no reason is given.
        """
        store = SnapshotStore(self.settings.snapshots_dir)
        return roll_back(store, version, reason, who=who, published_at=self.settings.now())
