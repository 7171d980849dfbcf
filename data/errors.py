"""Every error Guatu raises on purpose, as one tree.

GuatuError                  anything staff or operators are told in one Chinese sentence
├── RejectedFile            the dropped file was refused; nothing was published
│   ├── UnreadableFile      wrong kind, encrypted, too large, or broken
│   └── FaultyLedger        read, but its content may not be published (carries findings)
├── ConfigurationError      a rule, template, holiday file or setting contradicts itself
├── SnapshotError           a snapshot is missing, damaged or of a newer contract
├── DraftError              a draft is gone, or not in the state for what is asked
├── RecordError             what a meeting decided can't be kept, or is no longer as it was taken for
└── QueryError              a question that can't be asked
    ├── UnknownQuery
    └── BadParameter

A message says what was found, where, what was expected and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Weight = Literal["error", "warning", "note"]
# how the finding begins that stands for the places of a rule not listed
MORE: Final = "同类情况"


@dataclass(frozen=True)
class Finding:
    """One thing staff should know about the dropped file.

    `weight`: error stops the file, warning is shown and counted, note informs.
    `rule` is the rule's name; `sheet` and `cell` (Excel address such as "E12") say where, null when
    the finding is about the whole file; `found` and `expected` are texts as staff would type them.
    """

    rule: str
    weight: Weight
    message: str
    sheet: str | None = None
    cell: str | None = None
    found: str | None = None
    expected: str | None = None

    @property
    def is_rest(self) -> bool:
        """Whether it only says how many more places its rule has."""
        return self.cell is None and self.message.startswith(MORE)


class GuatuError(Exception):
    """A fault with a Chinese sentence for the person who can mend it."""


class RejectedFile(GuatuError):
    """The dropped file was refused and the wall is unchanged; `findings` says why."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class UnreadableFile(RejectedFile):
    """The file can't be read as a table: wrong kind, encrypted, too large or broken."""


class FaultyLedger(RejectedFile):
    """The file was read, but what it says may not be published."""


class ConfigurationError(GuatuError):
    """A rule, template, calendar file or setting contradicts itself; refused at start-up."""


class SnapshotError(GuatuError):
    """A snapshot is missing, damaged, or written by a newer version of the program."""


class DraftError(GuatuError):
    """An uploaded file's draft is gone, or what is asked of it is not possible in its state."""


class RecordError(GuatuError):
    """What a meeting decided can't be kept, or is no longer in the state for what is asked."""


class QueryError(GuatuError):
    """A question that can't be asked."""


class UnknownQuery(QueryError):
    """No query has this name."""


class BadParameter(QueryError):
    """A parameter is unknown, missing or of the wrong type."""
