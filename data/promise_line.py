"""One typed line of a meeting as who, what, by when: "王市长 6月30日前 完成用地预审".

The day may stand anywhere and in the words people use (下周五前, 月底前, 5个工作日内, 国庆前, 下次调度前).
Nothing is guessed silently: what was understood is shown before it is kept, and what is missing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from data.people import people
from data.promise_days import find_day
from data.titles import is_name

LONGEST: Final = 200
_LONGEST_WHO: Final = 20

_GAPS: Final = " \t,,、::;;。"


@dataclass(frozen=True)
class Line:
    """What a line says. `who` and `due` are null where it doesn't; `due_text` are its own words for the day.

    `faults` are sentences on what is missing or can't be; a line may be kept only without them.
    `hints` are sentences on what was assumed.
    """

    text: str
    who: str | None
    what: str
    due: date | None
    due_text: str | None
    faults: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def parse(text: str, today: date, *, next_meeting: date | None = None, otherwise: str | None = None) -> Line:
    """The line understood on a day; `otherwise` answers where nobody is named, `next_meeting` is 下次调度."""
    line = " ".join(text.split())[:LONGEST]
    found = find_day(line, today, next_meeting)
    before, after = (line[: found.start], line[found.end :]) if found else (line, "")
    who, what = _parts(before.strip(_GAPS), after.strip(_GAPS))
    assumed = otherwise if who is None and what else None
    due = found.day if found else None
    return Line(
        line,
        who or assumed,
        what,
        due,
        found.text if found else None,
        tuple(_faults(who or assumed, what, due, today)),
        tuple(_hints(assumed, due)),
    )


def _faults(who: str | None, what: str, due: date | None, today: date) -> list[str]:
    faults = []
    if not what:
        faults.append("没有写办什么事,请写成“谁 几月几日前 办什么事”。")
    elif who is None:
        faults.append("没有写由谁办,请在开头写姓名或单位,后面空一格。")
    if due and due < today:
        faults.append(f"期限{due.month}月{due.day}日已经过去,请写今天以后的日期。")
    return faults


def _hints(assumed: str | None, due: date | None) -> list[str]:
    hints = [f"没有写由谁办,记在包保领导{assumed}名下。"] if assumed else []
    return hints if due else [*hints, "没有写几时办完,记为“未定期限”,不亮黄灯和红灯。"]


def _parts(before: str, after: str) -> tuple[str | None, str]:
    """Who and what, from the words before and after the day."""
    if before and after and len(before) <= _LONGEST_WHO:
        # 完成用地预审 6月30日前 王市长: the other way round
        return (after, before) if _is_party(after) and not _is_party(before) else (before, after)
    return _split(f"{before} {after}".strip())


def _split(rest: str) -> tuple[str | None, str]:
    """Who and what of words without a day: parted at the first blank or mark, else by a title."""
    first, mark, more = _first_gap(rest)
    if mark and len(first) <= _LONGEST_WHO and more:
        return first, more
    addressed = _ADDRESSED.match(rest)
    if addressed and rest[addressed.end() :]:
        return addressed[0], rest[addressed.end() :].strip(_GAPS)
    return None, rest


def _first_gap(text: str) -> tuple[str, str, str]:
    found = re.search(rf"[{re.escape(_GAPS)}]+", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


# 王市长, 自然资源局, 连山区政府: whoever is addressed so, though no blank follows
_ADDRESSED: Final = re.compile(
    r"[\u4e00-\u9fff]{1,2}(?:市长|县长|区长|书记|主任|局长|部长|镇长|总)"
    r"|[\u4e00-\u9fff]{2,8}?(?:局|委|办|中心|公司|管委会|区政府|县政府|市政府)(?=[\u4e00-\u9fff]{2})"
)
_PARTY_END: Final = re.compile(r"(?:局|委|办|中心|公司|会|政府|[区县市镇乡]|长|书记|主任|总)$")


def _is_party(text: str) -> bool:
    """Whether a text can only be somebody: a name, a name with a title, a unit."""
    persons = people(text).names or []
    return len(text) <= _LONGEST_WHO and bool(_PARTY_END.search(text) or all(map(is_name, persons or [""])))
