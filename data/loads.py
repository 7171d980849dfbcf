"""What is told of one load: its entry in the history, its id, and the sentence about its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from data import contract
from data.errors import Finding, Weight
from data.manifest import Manifest, Version, Via

WEIGHTS: Final[tuple[Weight, ...]] = ("error", "warning", "note")


@dataclass(frozen=True)
class Load:
    """One file that was loaded or sent back, or one rollback.

    `via` tells where it came from. `kept_file` is the file as received, null when there is none (a
    rollback, the demo city) or somebody has removed it; `marked_file` the marked copy of a refused one,
    else null. `counts` are rows a ledger, `findings` how many of each weight, `held_back` the rows left
    out for their errors. `version` is null for a refused file. `reason` and `rolled_back_to` are a
    rollback's.
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
    counts: dict[str, int] = field(default_factory=dict)
    findings: dict[Weight, int] = field(default_factory=dict)
    held_back: int = 0
    kept_file: Path | None = None
    marked_file: Path | None = None
    rolled_back_to: Version | None = None
    reason: str | None = None


def load_id(version: Version) -> str:
    """The id of the load that a version was published by."""
    return f"{version.day.isoformat()}-{version.revision}"


def fresh_id(at: datetime) -> str:
    """An id nobody has yet; ids sort by their moment."""
    return f"{at:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}"


def tally(findings: tuple[Finding, ...]) -> dict[Weight, int]:
    """How many findings of each weight."""
    return {weight: sum(finding.weight == weight for finding in findings) for weight in WEIGHTS}


def sentence(told: Manifest) -> str:
    """What staff are told of a snapshot: its rows, what was carried over and held back, the warnings."""
    if told.rolled_back_to:
        return f"挂图退回到 {told.rolled_back_to}:{told.reason}"
    held_back, warnings = sum(told.held_back.values()), told.findings["warning"]
    return f"已发布 {told.version}:" + rows_sentence(told.counts, told.carried_over, held_back, warnings)


def rows_sentence(
    counts: Mapping[str, int], carried_over: Collection[str], held_back: int, warnings: int
) -> str:
    """What a file brings: rows a ledger, what is carried over, what is held back, how many warnings."""
    rows = "、".join(
        f"{item.sheet} {counts[item.name]:,} 行"
        for item in contract.LEDGERS
        if counts.get(item.name) and item.name not in carried_over
    )
    parts = [rows]
    if carried_over:
        parts.append("沿用上一版:" + "、".join(contract.ledger(name).sheet for name in carried_over))
    if held_back:
        parts.append(f"有错误未采用 {held_back} 行")
    if warnings:
        parts.append(f"提醒 {warnings} 条")
    return ";".join(parts)
