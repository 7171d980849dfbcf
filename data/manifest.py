"""What is written about a snapshot: its version and where it came from."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Final, Literal

from data.errors import SnapshotError

# where a file came from; a rollback and the demo city have no file
Via = Literal["folder", "page", "command", "rollback", "demo"]

_VERSION: Final = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d+)")


@dataclass(frozen=True, order=True)
class Version:
    """One snapshot's name: the day it describes and the revision of that day, from 1."""

    day: date
    revision: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}/{self.revision}"

    @classmethod
    def parse(cls, text: str) -> Version:
        """The version written as 2026-11-22/2; SnapshotError for any other text."""
        match = _VERSION.fullmatch(text.strip())
        try:
            if match and int(match[2]) > 0:
                return cls(date.fromisoformat(match[1]), int(match[2]))
        except ValueError:
            pass
        raise SnapshotError(f"“{text}”不是快照版本;应为日期和修订号,如 2026-11-22/1")


@dataclass(frozen=True)
class Manifest:
    """One snapshot's origin: source file, row counts a ledger, findings a weight, and who wrote it.

    `published_at` is ISO 8601 with zone; `carried_over` names the ledgers the file left out. `who` is
    null where nobody gave a name, `via` where the file came from. `kept_file` is the file as received,
    relative to the version's directory, null where there was none. `held_back` counts, a ledger, the rows
    with errors that staff knowingly left out. `decisions` is a mark of what staff had decided about files
    of this source. A rollback has the version it brought back and its `reason`; others null.
    """

    version: Version
    snapshot_date: date
    as_of: date
    source_name: str
    source_sha256: str
    counts: dict[str, int]
    findings: dict[str, int]
    published_at: str
    software_version: str
    contract_version: int
    carried_over: list[str] = field(default_factory=list)
    demo: bool = False
    who: str | None = None
    via: Via = "folder"
    kept_file: str | None = None
    held_back: dict[str, int] = field(default_factory=dict)
    decisions: str = ""
    rolled_back_to: Version | None = None
    reason: str | None = None

    def to_json(self) -> str:
        """The manifest as the text of manifest.json."""
        told = asdict(self) | {
            "version": str(self.version),
            "snapshot_date": self.snapshot_date.isoformat(),
            "as_of": self.as_of.isoformat(),
            "rolled_back_to": str(self.rolled_back_to) if self.rolled_back_to else None,
        }
        return json.dumps(told, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """The manifest in this text; KeyError, TypeError or ValueError when something is missing."""
        told: dict[str, Any] = json.loads(text)
        known = {item.name: told[item.name] for item in fields(cls) if item.name in told}
        origin = told.get("rolled_back_to")
        return cls(
            **known
            | {
                "version": Version.parse(told["version"]),
                "snapshot_date": date.fromisoformat(told["snapshot_date"]),
                "as_of": date.fromisoformat(told["as_of"]),
                "rolled_back_to": Version.parse(origin) if origin else None,
            }
        )
