"""Drafts: files sent from the page, judged and shown to a person before they reach the wall.

drafts/
├── .changed                     touched whenever a draft changes: the one file to watch
└── 20261122-093000-1a2b3c/      one draft
    ├── draft.json               what the page shows
    ├── file/台账.xlsx           as received
    └── marked/台账.标注.xlsx    made when somebody asks for it
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from data.errors import Finding
from data.settings import Settings
from data.summary import Summary

if TYPE_CHECKING:
    from data.conform import UnknownColumn
    from data.continuity import Question

State = Literal["working", "ready", "refused", "published", "dropped"]


@dataclass(frozen=True)
class Draft:
    """One uploaded file on its way. `state` is working while it is being judged (or published).

    `step` is the word of the step under way, `step_number` of `steps` from 1 (0 before the first).
    `day` is the day its snapshot would describe, null until it is known. `counts` are rows a ledger.
    `rows` holds, for rows that findings name, "sheet!row" → the cells as text, and "sheet!header" → the
    header. `held_back` counts the rows with errors that publishing would hold back; `needs_consent` says
    there are some and a person has to want it. `message` is the sentence for staff; `version` what it was
    published as, null before.
    """

    id: str
    file_name: str
    received_at: datetime
    who: str | None
    state: State
    step: str
    step_number: int
    steps: int
    sha256: str
    day: date | None = None
    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    unknown_columns: tuple[UnknownColumn, ...] = ()
    carried_over: tuple[str, ...] = ()
    summary: Summary | None = None
    held_back: int = 0
    can_publish: bool = False
    needs_consent: bool = False
    message: str = ""
    version: str | None = None


class Drafts:
    """The drafts of one office. Any thread or program may ask; each draft is worked on by one at a time.

    Every method that takes an id raises DraftError where there is no such draft (any more), and where the
    draft's state doesn't allow what is asked.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.dir = settings.drafts_dir

    def receive(self, temporary: Path, file_name: str, who: str | None = None) -> Draft:
        """A new draft of an uploaded file, in state working; `temporary` is moved away."""
        raise NotImplementedError

    def get(self, draft_id: str) -> Draft:
        """The draft of this id."""
        raise NotImplementedError

    def drafts(self) -> list[Draft]:
        """Every draft, newest first."""
        raise NotImplementedError

    def file(self, draft_id: str) -> Path:
        """The file as received."""
        raise NotImplementedError

    def work(self, draft_id: str) -> Draft:
        """The draft judged: ready or refused. Blocks until then; every step is saved as it begins."""
        raise NotImplementedError

    def publish(self, draft_id: str, who: str | None = None, good_rows_only: bool = False) -> Draft:
        """The draft published. When the wall has changed since it was judged, it is judged again instead
        and comes back ready, saying so: a person looks once more.

        Rows with errors are held back only with `good_rows_only`; DraftError without it where there are some.
        """
        raise NotImplementedError

    def drop(self, draft_id: str) -> Draft:
        """The draft given up: state dropped, the file gone with the next cleaning."""
        raise NotImplementedError

    def answer(self, draft_id: str, question_id: str, value: str, who: str | None = None) -> Draft:
        """The draft judged again after one question was answered; the answer is remembered."""
        raise NotImplementedError

    def map_column(self, draft_id: str, sheet: str, header: str, field: str, who: str | None = None) -> Draft:
        """The draft judged again after a column was mapped by hand ("" leaves it as extra); remembered."""
        raise NotImplementedError

    def marked_copy(self, draft_id: str) -> Path:
        """The file with every faulty cell marked, made at the first asking."""
        raise NotImplementedError
