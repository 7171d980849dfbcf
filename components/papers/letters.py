"""提醒函, 督办函 and 约谈通知: what their template is filled with.

Drafts, numbered for the day; nothing is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from components import formats
from components.papers import bulletin, overdue, words
from components.papers.asked import Asked, office_name
from components.papers.overdue import Letter
from data.escalation import Step


def context(asked: Asked, kind: str | None = None) -> dict[str, Any]:
    """Everything the template may name; `kind` is the one kind of letter wanted, null for all."""
    return {
        "单位": office_name() or words.wide("(印发单位)"),
        "截至": words.day(asked.as_of),
        "版本": asked.freshness["version"],
        "演示": asked.freshness["demo"],
        "范围": asked.scope,
        "函件": [letter for letter in drafts(asked) if kind in (None, letter["文种"])],
    }


def drafts(asked: Asked) -> list[dict[str, Any]]:
    """Every letter in words; one kind to one addressee has one number that day, whatever the filters."""
    numbered = _numbers(replace(asked, project=None, shown=replace(asked.shown, search="")))
    return [_draft(letter, numbered[letter.step, letter.addressee]) for letter in overdue.letters(asked)]


def _numbers(everything: Asked) -> dict[tuple[Step, str], str]:
    """The numbers of the day: they run through the letters of a kind about all projects."""
    counted: Counter[Step] = Counter()
    found = {}
    for letter in overdue.letters(everything):
        counted[letter.step] += 1
        place = counted[letter.step]
        found[letter.step, letter.addressee] = number(letter.step.letter, everything.as_of, place)
    return found


def number(kind: str, day: date, place: int) -> str:
    """The draft's number: kind, year, month and day, place: "督办函(草)〔2026〕1122-1号"."""
    return f"{words.bracketed(kind, '草')}〔{day.year}〕{day:%m%d}-{place}号"


def _draft(letter: Letter, numbered: str) -> dict[str, Any]:
    return {
        "编号": numbered,
        "文种": letter.step.letter,
        "主送": letter.addressee,
        "件数": formats.count(len(letter.rows)),
        "最长": formats.count(letter.longest),
        "要求": words.wide(letter.step.asks),
        "抄送": letter.leaders,
        "行": rows(letter),
    }


def rows(letter: Letter) -> Sequence[dict[str, Any]]:
    """The overdue nodes of a letter as its table's cells; all of them, however many."""
    return [{"序号": place, **bulletin.late(row)} for place, row in enumerate(letter.rows, 1)]
