"""Drafts: files sent from the page, judged and shown to a person before they reach the wall."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from data import drafting, marked, pipeline
from data.conform import UnknownColumn
from data.continuity import Question, answer
from data.draft_store import Draft, DraftStore, State, Wish, safe_name
from data.draft_work import DraftWork
from data.errors import DraftError
from data.loads import fresh_id
from data.read import ACCEPTED_SUFFIXES
from data.remembered import Remembered
from data.settings import Settings
from data.steps import JUDGING, STEPS

__all__ = ["ACCEPTED_SUFFIXES", "Draft", "DraftError", "Drafts", "Question", "State", "UnknownColumn"]

KEPT: Final = timedelta(days=7)

_log = logging.getLogger("guatu.drafts")


class Drafts:
    """The drafts of one office. Any thread or program may ask; each draft is worked on by one at a time.

    Every method that takes an id raises DraftError where there is no such draft (any more), and where the
    draft's state doesn't allow what is asked.
    """

    # the words of the steps, those of judging first
    STEP_WORDS: Final = tuple(word for word, _ in STEPS)

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = DraftStore(settings.drafts_dir)
        self.working = DraftWork(settings, self.store)
        self.remembered = Remembered(settings.data_dir)

    def receive(self, temporary: Path, file_name: str, who: str | None = None) -> Draft:
        """A new draft of an uploaded file, in state working; `temporary` is moved away."""
        now = self.settings.now()
        self.store.clean(now - KEPT)
        draft = Draft(
            id=fresh_id(now),
            file_name=safe_name(file_name),
            received_at=now,
            who=who,
            state="working",
            step=self.STEP_WORDS[0],
            step_number=0,
            steps=len(JUDGING),
            sha256=pipeline.sha256_of(temporary),
            message="已收到,正在读取",
        )
        self.store.begin(draft, temporary)
        return draft

    def get(self, draft_id: str) -> Draft:
        """The draft of this id."""
        return self.store.read(draft_id)

    def drafts(self) -> list[Draft]:
        """Every draft, newest first."""
        return self.store.all()

    def file(self, draft_id: str) -> Path:
        """The file as received."""
        return self.store.file(self.get(draft_id))

    def work(self, draft_id: str) -> Draft:
        """The draft judged: ready or refused. Blocks until then; every step is saved as it begins."""
        with self.store.held(draft_id) as draft:
            _open(draft)
            return self.working.judge(draft)

    def publish(self, draft_id: str, who: str | None = None, good_rows_only: bool = False) -> Draft:
        """The draft published. When the wall has changed since it was judged, it is judged again instead
        and comes back ready, saying so: a person looks once more.

        Rows with errors are held back only with `good_rows_only`; DraftError without it where there are some.
        """
        with self.store.held(draft_id) as draft:
            if draft.state == "published":
                return draft
            if not draft.can_publish:
                raise DraftError(f"“{draft.file_name}”现在不能发布:{draft.message}")
            if draft.needs_consent and not good_rows_only:
                held = f"有 {draft.held_back} 行有错误" if draft.held_back else "有节点成了循环"
                raise DraftError(f"{held};请改正后重新上传,或选择只发布无误的行")
            wish = Wish(who or draft.who, good_rows_only)
            return self.working.publish(self.store.write(replace(draft, state="working", wish=wish)), wish)

    def drop(self, draft_id: str) -> Draft:
        """The draft given up: state dropped, its file gone."""
        with self.store.held(draft_id) as draft:
            _open(draft)
            self.store.empty(draft)
            given_up = replace(draft, state="dropped", can_publish=False, message="已放弃,挂图未变")
            return self.store.write(given_up)

    def answer(self, draft_id: str, question_id: str, value: str, who: str | None = None) -> Draft:
        """The draft judged again after one question was answered; the answer is remembered."""
        with self.store.held(draft_id) as draft:
            _open(draft)
            question = next((q for q in draft.questions if q.id == question_id), None)
            if question is None or value not in dict(question.options):
                raise DraftError("这个问题已经答过,或不再需要回答;请刷新页面")
            decided = answer(question, value, self.remembered, who, self.settings.now())
            draft = replace(
                draft,
                answered=(*draft.answered, question_id),
                questions=tuple(q for q in draft.questions if q.id != question_id),
            )
            return self.working.judge(draft) if decided else self.store.write(draft)

    def map_column(self, draft_id: str, sheet: str, header: str, field: str, who: str | None = None) -> Draft:
        """The draft judged again after a column was mapped by hand ("" leaves it as extra); remembered."""
        with self.store.held(draft_id) as draft:
            _open(draft)
            drafting.map_column(draft, sheet, header, field, self.remembered, who, self.settings.now())
            return self.working.judge(draft)

    def marked_copy(self, draft_id: str) -> Path:
        """The file with every faulty cell marked, made at the first asking."""
        with self.store.held(draft_id) as draft:
            source = self.store.file(draft)
            target = self.store.marked(draft, marked.name_of(draft.file_name))
            if not target.is_file():
                marked.write(source, draft.findings, target, self.settings)
            return target

    def tend(self) -> None:
        """At the program's start: clean old drafts away, take up those that a killed program left."""
        self.store.clean(self.settings.now() - KEPT)
        for draft in self.store.all():
            if draft.state == "working":
                try:
                    self._resume(draft.id)
                except DraftError:
                    pass  # somebody is at it already
                except Exception:
                    _log.exception("draft %s could not be taken up", draft.id)

    def _resume(self, draft_id: str) -> None:
        with self.store.held(draft_id, wait_seconds=0) as draft:
            if draft.state != "working":
                return
            if draft.wish:
                self.working.publish(draft, draft.wish)
            else:
                self.working.judge(draft)


def _open(draft: Draft) -> None:
    if draft.state in ("published", "dropped"):
        word = "已发布" if draft.state == "published" else "已放弃"
        raise DraftError(f"“{draft.file_name}”{word},不能再改;请重新上传文件")
