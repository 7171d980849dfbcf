"""What staff decided once about their files, so that nobody is asked twice: visible and removable.

Kept in `remembered.json` in the data directory. A file that was damaged by hand is refused with a
sentence, never overwritten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any, Final, Literal, get_args
from uuid import uuid4

from data import disk
from data.errors import ConfigurationError
from data.lock import ProgramLock
from data.text import plain

Kind = Literal["column", "same_project", "different_project", "withdrawn", "kept"]

FILE_NAME: Final = "remembered.json"
ANY_SHEET: Final = "*"
# days, times, revisions and copies: whatever an office changes in the name of the same monthly file
_CHANGING: Final = re.compile(
    r"\((?:\d+|副本|最终|定稿|修改)\)|副本|最终版?|定稿|修改版?|终版|[vV]\d+(?:\.\d+)*"
    r"|[一二三四五六七八九十]+(?=[年月日季])|上半(?=年)|下半(?=年)|[年月日号时分]|[上中下]旬|第?[1-4一二三四]季度"
    r"|\d+|[\s_\-—.()\[\]【】]+"
)
LOCK_WAIT_SECONDS: Final = 10.0


@dataclass(frozen=True)
class Decision:
    """One thing staff decided. `words` says it in Chinese, `who` is null where nobody gave a name.

    `key` and `value` by kind: column (source, sheet or "*", header in plain form) → field, "" for
    "leave it as it is"; same_project (number today,) → number of the project it is; different_project
    (number today, number before) → null; withdrawn and kept (numbers…) → the
    status date on which all of that was said.
    """

    id: str
    kind: Kind
    key: tuple[str, ...]
    value: str | None
    at: datetime
    who: str | None
    words: str


class Remembered:
    """The decisions of one data directory. Cheap to make; reads the file at every question."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / FILE_NAME
        self._lock = ProgramLock(data_dir / f".{FILE_NAME}.lock")

    def decisions(self) -> list[Decision]:
        """Every decision, newest first. ConfigurationError where the file isn't what was written."""
        try:
            text = disk.read_text(self.path)
        except FileNotFoundError:
            return []
        try:
            found = [_decision(item) for item in json.loads(text)]
        except (ValueError, KeyError, TypeError) as fault:
            raise ConfigurationError(
                f"记住的决定 {self.path} 已损坏,应为程序写的 JSON;请从备份恢复,或移走这个文件后重新确认"
            ) from fault
        return sorted(found, key=lambda item: item.at, reverse=True)

    def add(
        self, kind: Kind, key: tuple[str, ...], value: str | None, who: str | None, words: str, at: datetime
    ) -> Decision:
        """The decision as remembered; one of the same kind and key is replaced."""
        made = Decision(uuid4().hex[:12], kind, key, value, at, who, words)
        with self._lock.held(LOCK_WAIT_SECONDS):
            kept = [item for item in self.decisions() if (item.kind, item.key) != (kind, key)]
            self._write([made, *kept])
        return made

    def remove(self, identity: str) -> None:
        """Forget one decision; nothing happens when it is forgotten already."""
        with self._lock.held(LOCK_WAIT_SECONDS):
            self._write([item for item in self.decisions() if item.id != identity])

    def mapping(self, source: str) -> Mapping[tuple[str, str], str]:
        """Columns mapped by hand in files of this source: (sheet or "*", plain header) → field or ""."""
        return {
            (item.key[1], item.key[2]): item.value or ""
            for item in self._of("column")
            if item.key[0] == source
        }

    def same_projects(self) -> Mapping[str, str]:
        """Numbers that stand for another project's number."""
        return {item.key[0]: item.value for item in self._of("same_project") if item.value}

    def different_projects(self) -> frozenset[tuple[str, str]]:
        """Pairs of numbers (today, before) that staff said are two projects."""
        return frozenset((item.key[0], item.key[1]) for item in self._of("different_project"))

    def withdrawn(self) -> Mapping[str, date]:
        """Projects staff took off the list, and the status date on which they said so."""
        return self._standing("withdrawn")

    def kept(self) -> Mapping[str, date]:
        """Projects staff want kept although the file doesn't name them, and the status date of saying so."""
        return self._standing("kept")

    def _standing(self, kind: Kind) -> Mapping[str, date]:
        """Projects for which this is the last thing said of keeping and withdrawing."""
        last: dict[str, Decision] = {}
        for item in self.decisions():
            if item.kind in ("withdrawn", "kept"):
                for number in item.key:
                    last.setdefault(number, item)
        return {n: date.fromisoformat(d.value) for n, d in last.items() if d.kind == kind and d.value}

    def _of(self, kind: Kind) -> Iterable[Decision]:
        return (item for item in self.decisions() if item.kind == kind)

    def _write(self, decisions: list[Decision]) -> None:
        told = [asdict(item) | {"at": item.at.isoformat()} for item in decisions]
        disk.make_dir(self.path.parent)
        disk.replace_text(self.path, json.dumps(told, ensure_ascii=False, indent=1))


def source_of(file_name: str) -> str:
    """What the same office's file is called every month: its name without dates, digits, copies, extension.

    A name made of nothing else is kept whole.
    """
    name = plain(PurePath(file_name.replace("\\", "/")).stem)
    return _CHANGING.sub("", name) or name


def _decision(told: dict[str, Any]) -> Decision:
    if told["kind"] not in get_args(Kind):
        raise ValueError(told["kind"])
    return Decision(**told | {"key": tuple(told["key"]), "at": datetime.fromisoformat(told["at"])})
