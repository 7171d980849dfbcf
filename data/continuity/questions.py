"""What only staff can say about a project, and what is remembered of their answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from data.conform.notices import shown
from data.continuity.same_project import Pair
from data.remembered import Decision, Kind, Remembered

SAME, DIFFERENT, WITHDRAWN, KEEP = "same", "different", "withdrawn", "keep"
PAIR_OPTIONS: Final = ((SAME, "是同一个项目(改名)"), (DIFFERENT, "不是,是新项目"))
GONE_OPTIONS: Final = ((KEEP, "继续保留"), (WITHDRAWN, "已移出,不再上墙"))


@dataclass(frozen=True)
class Question:
    """One thing only staff can say; until they do, nothing is merged and nothing is taken away.

    `options` are (value, label on the button). `project_ids` are the projects an answer is about (one,
    or many asked together); `other_id` is the project of yesterday it may be the same as, null for
    gone_project. `sheet` and `cell` say where today's row stands, null where it doesn't. `day` is the status
    date of the file that misses a project, null for same_project.
    """

    id: str
    kind: Literal["same_project", "gone_project"]
    text: str
    options: tuple[tuple[str, str], ...]
    project_id: str
    other_id: str | None = None
    sheet: str | None = None
    cell: str | None = None
    project_ids: tuple[str, ...] = ()
    day: date | None = None


def about_pair(pair: Pair, cell: str | None) -> Question:
    """Whether a new project of today is one of yesterday's under another name."""
    today, before = pair.today, pair.before
    where = "、".join(part for part in (before.region, before.owner) if part)
    return Question(
        f"same:{today.number}:{before.number}",
        "same_project",
        f"“{shown(today.title)}”是不是上次的“{shown(before.title)}”(编号 {before.number}"
        f"{',' + where if where else ''})?",
        PAIR_OPTIONS,
        today.number,
        before.number,
        today.sheet,
        cell,
        (today.number,),
    )


def about_gone(identity: str, title: str, day: date) -> Question:
    """Whether a project the file no longer names has left the list."""
    return Question(
        f"gone:{identity}",
        "gone_project",
        f"项目“{shown(title)}”(编号 {identity})上次有,这次文件里没有。继续保留,还是已移出?",
        GONE_OPTIONS,
        identity,
        project_ids=(identity,),
        day=day,
    )


def about_many_gone(identities: Sequence[str], titles: Sequence[str], day: date) -> Question:
    """The same about more projects than anybody would answer one by one."""
    names = "、".join(shown(title, 16) for title in titles[:3])
    return Question(
        f"gone:{len(identities)}:{identities[0]}",
        "gone_project",
        f"上次的 {len(identities)} 个项目(“{names}”等)这次文件里没有。全部继续保留,还是全部已移出?",
        GONE_OPTIONS,
        identities[0],
        project_ids=tuple(identities),
        day=day,
    )


def answer(
    question: Question, value: str, remembered: Remembered, who: str | None, at: datetime
) -> tuple[Decision, ...]:
    """What is remembered of an answer. ValueError: not an option of this question."""
    labels: Mapping[str, str] = dict(question.options)
    if value not in labels:
        raise ValueError(value)
    words = f"{question.text} {labels[value]}"
    if value == SAME:
        key: tuple[str, ...] = (question.project_id,)
        return (remembered.add("same_project", key, question.other_id, who, words, at),)
    if value == DIFFERENT:
        key = (question.project_id, question.other_id or "")
        return (remembered.add("different_project", key, None, who, words, at),)
    kind: Kind = "withdrawn" if value == WITHDRAWN else "kept"
    day = question.day or at.date()
    return (remembered.add(kind, question.project_ids, day.isoformat(), who, words, at),)
