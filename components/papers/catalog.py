"""The papers there are, and how one is made: whole, from one version of the ledger, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from components.papers import bulletin, filled, ledger, letters, slides, templates
from components.papers.asked import Asked
from data import escalation
from data.errors import GuatuError, UnknownQuery

Step = Callable[[str], None]


@dataclass(frozen=True)
class Paper:
    """One paper: `name` in addresses and on the command line, `suffix` of its file, `what` is in it.

    `steps` are the words it reports, in order; `kind` is the kind of letter, "" for other papers. One of a
    `meeting` isn't about a single project.
    """

    name: str
    title: str
    suffix: str
    what: str
    steps: tuple[str, ...]
    make: Callable[[Asked, Path, Step], Path]
    kind: str = ""
    meeting: bool = False


def _bulletin(asked: Asked, target: Path, step: Step) -> Path:
    step("取数")
    context = bulletin.context(asked)
    step("套用模板")
    return filled.fill(templates.BULLETIN, context, target)


def _letters(kind: str) -> Callable[[Asked, Path, Step], Path]:
    def made(asked: Asked, target: Path, step: Step) -> Path:
        step("取数")
        context = letters.context(asked, kind)
        if not context["函件"]:
            raise GuatuError(f"当前范围没有要起草{kind}的逾期节点。")
        step("套用模板")
        return filled.fill(templates.LETTERS, context, target)

    return made


_FILLED: Final = ("取数", "套用模板")


def papers() -> tuple[Paper, ...]:
    """Every paper; the letters follow the configured ladder."""
    return (*_MEETING, *(_drafted(step) for step in escalation.letters()))


def _drafted(step: escalation.Step) -> Paper:
    what = f"逾期第{step.from_workday}个工作日起"
    name = f"letter-{step.from_workday}"
    return Paper(name, step.letter, ".docx", what, _FILLED, _letters(step.letter), step.letter)


_MEETING: Final = (
    Paper(
        "bulletin", "通报", ".docx",
        "进展、新变化、投资、问题、下一步;周、月调度另有各县区、排名和两张附表",
        _FILLED, _bulletin, meeting=True,
    ),
    Paper(
        "slides", "会议材料", ".pptx", "图表可在 PPT/WPS 里改,挂图为图形", slides.STEPS, slides.write,
        meeting=True,
    ),
    Paper("ledger", "台账", ".xlsx", "各张清单,一张清单一张表", ledger.STEPS, ledger.write),
)  # fmt: skip


def paper(name: str) -> Paper:
    """The paper of this name; UnknownQuery names the ones there are."""
    found = next((one for one in papers() if one.name == name), None)
    if found is None:
        names = "、".join(f"{one.name}({one.title})" for one in papers())
        raise UnknownQuery(f"没有名为“{name}”的材料;可用的有:{names}。")
    return found


def file_name(paper: Paper, asked: Asked) -> str:
    """ "周调度通报 2026-11-23.docx": a letter or ledger is of the status date, the others of the meeting."""
    if paper.kind or paper.name == "ledger":
        return f"{paper.title} {asked.as_of}{paper.suffix}"
    return f"{asked.meeting.rhythm.word}{paper.title} {asked.meeting.day}{paper.suffix}"


def made(paper: Paper, order: Asked, folder: Path, step: Step = lambda word: None) -> Path:
    """The paper as a file in a folder, all of it from one version of the ledger.

    A version published meanwhile makes it begin again, once; GuatuError where that happens twice.
    """
    for _ in range(2):
        fresh = replace(order)
        target = paper.make(fresh, folder / file_name(paper, fresh), step)
        if _still(fresh):
            return target
    raise GuatuError("制作时台账又有新版本;请稍后再试。")


def _still(order: Asked) -> bool:
    return bool(order.ask("freshness")["version"][0] == order.freshness["version"])
