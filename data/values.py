"""Single cells read as money, numbers, names, ticks and flags; every function is pure and exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from data.text import is_empty, number_text, plain

UNIT_YUAN: Final = {
    "元": 1,
    "千元": 10**3,
    "万": 10**4,
    "万元": 10**4,
    "百万": 10**6,
    "百万元": 10**6,
    "千万": 10**7,
    "千万元": 10**7,
    "亿": 10**8,
    "亿元": 10**8,
    "万亿": 10**12,
    "万亿元": 10**12,
}
_UNIT: Final = r"(?:万亿元?|亿元?|千万元?|百万元?|万元?|千元|元)"
_MONEY: Final = re.compile(
    rf"(?P<about>约|大约|近|超|超过|预计|估算|不少于|≥|>)?(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)(?P<more>多|余)?"
    rf"(?P<unit>{_UNIT})?(?P<after>左右|以上|余|多)?(?:人民币)?(?:\((?P<remark>[^()]*)\))?"
)
_HEADER_UNIT: Final = re.compile(
    rf"(?:[(\[:,/](?:单位[::]?)?(?:人民币)?|(?<=[资金额款入值]))(?P<unit>{_UNIT})[)\]]?$"
)
_UNIT_LINE: Final = re.compile(r"单位[::](?:人民币)?(万亿元|亿元|千万元|百万元|万元|千元|元)")
_DOT_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[。·](?=\d)")
# a remark that says the amount is not the whole: 约42.5亿(新增)
_PART_WORDS: Final = ("新增", "追加", "其中", "本期", "一期", "其余")
# one yuan amount must fit an int64 with room for sums
MAX_YUAN: Final = 10**16


@dataclass(frozen=True)
class Money:
    """An amount in whole yuan. `yuan` is null for an empty cell and wherever `fault` is set.

    `fault`: "unreadable" (not an amount), "no_unit" (no unit in cell, header or unit line), "part" (the cell
    says it is only a part, such as 新增). `approximate` marks 约, 多, 左右: the number itself is taken.
    """

    yuan: int | None = None
    approximate: bool = False
    fault: str | None = None


def money(cell: object, unit_yuan: int | None) -> Money:
    """The amount of a cell. `unit_yuan` is what 1 means in this column, null when nothing says so.

    A unit in the cell goes before the column's. Fractions of a yuan round half up.
    """
    if is_empty(cell):
        return Money()
    if isinstance(cell, bool | date):
        return Money(fault="unreadable")
    if isinstance(cell, int | float):
        return _amount(Decimal(repr(cell)), unit_yuan, approximate=False)
    text = _DOT_BETWEEN_DIGITS.sub(".", plain(str(cell)))
    match = _MONEY.fullmatch(text.removeprefix("人民币").removeprefix("¥").removeprefix("¥"))
    if match is None:
        return Money(fault="unreadable")
    if any(word in (match["remark"] or "") for word in _PART_WORDS):
        return Money(approximate=bool(match["about"]), fault="part")
    factor = UNIT_YUAN[match["unit"]] if match["unit"] else unit_yuan
    approximate = any(match[name] for name in ("about", "more", "after"))
    return _amount(Decimal(match["number"].replace(",", "")), factor, approximate)


def _amount(number: Decimal, factor: int | None, approximate: bool) -> Money:
    if not number.is_finite():
        return Money(fault="unreadable")
    if number == 0:
        return Money(0, approximate)
    if factor is None:
        return Money(fault="no_unit")
    yuan = int((number * factor).to_integral_value(ROUND_HALF_UP))
    return Money(yuan, approximate) if abs(yuan) < MAX_YUAN else Money(fault="unreadable")


def header_unit(header: str) -> tuple[str, int | None]:
    """A header without its unit, and what 1 means in yuan: "总投资(亿元)" → ("总投资", 100000000)."""
    text = plain(header)
    match = _HEADER_UNIT.search(text)
    if match is None or match.start() == 0:
        return text, None
    return text[: match.start()], UNIT_YUAN[match["unit"]]


def unit_line(text: str) -> int | None:
    """What 1 means in yuan by a line such as 单位:万元; null where the text states no unit of money."""
    match = _UNIT_LINE.search(plain(text))
    return UNIT_YUAN[match[1]] if match else None


_BETWEEN_NAMES: Final = re.compile(r"[、,\uff0c;\uff1b/|\n\r]+")
_BETWEEN_NODES: Final = re.compile(r"[、,\uff0c;\uff1b\n\r]+")
_GAP: Final = re.compile(r"[ \t\u3000]+")


def people(cell: object) -> list[str] | None:
    """The names of a cell in order, each once; null for an empty cell.

    Separated by 、,;/ or a line break, or by a space between names of two characters and more (张 三 is one).
    """
    if is_empty(cell):
        return None
    names: list[str] = []
    for piece in _BETWEEN_NAMES.split(as_text(cell) or ""):
        parts = [part for part in _GAP.split(piece.strip()) if part]
        together = all(len(part) >= 2 for part in parts)
        names.extend(parts if together else ["".join(parts)])
    kept = [name for name in dict.fromkeys(names) if not is_empty(name)]
    return kept or None


def list_of_nodes(cell: object) -> list[str] | None:
    """Names of predecessors, in order; "/" is part of a name here. Null for an empty cell."""
    if is_empty(cell):
        return None
    pieces = _BETWEEN_NODES.split(as_text(cell) or "")
    return list(dict.fromkeys(piece.strip() for piece in pieces if not is_empty(piece))) or None


TICKS: Final = {
    "done": "√ ✓ ✔ ☑ V v 已办 已办结 办结 已完成 完成 已批复 批复 已取得 已备案 已核准 已办理 done",
    "running": "在办 办理中 正在办理 在办理 推进中 进行中 running",
    "waiting": "待办 未办 未办理 未启动 尚未办理 × ✗ ✘ 未完成 未取得 waiting",
    "not_applicable": "不涉及 无需办理 不需要 无需 免办 不需办理 不适用 not_applicable",
}
_TICK_OF: Final = {plain(word): state for state, words in TICKS.items() for word in words.split()}


def tick(cell: object) -> str | None:
    """done | running | waiting | not_applicable as the cell says, null where it says none of them."""
    return _TICK_OF.get(plain(cell)) if isinstance(cell, str) else None


_FLAGS: Final = {
    **dict.fromkeys(("是", "√", "✓", "✔", "☑", "1", "true", "有", "y", "yes", "应办", "涉及"), True),
    **dict.fromkeys(("否", "×", "✗", "✘", "0", "false", "无", "n", "no", "不涉及", "不应办"), False),
}
_FLAG_OF: Final = {plain(word): value for word, value in _FLAGS.items()}


def flag(cell: object) -> bool | None:
    """True or false as the cell says (是, √, 1 …); null where it says neither."""
    return _FLAG_OF.get(plain(as_text(cell) or "").lower())


_NUMBER: Final = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)(%)?")
_DAYS: Final = re.compile(r"([+-]?\d+)(?:个?工作日|天|日)?")


def number(cell: object) -> float | None:
    """The number of a cell, "95%" being 0.95; null where it is none."""
    if isinstance(cell, bool | date):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    match = _NUMBER.fullmatch(plain(as_text(cell) or ""))
    if match is None:
        return None
    value = Decimal(match[1].replace(",", ""))
    return float(value / 100 if match[2] else value)


def workdays(cell: object) -> int | None:
    """A whole number of working days ("5个工作日", 5.0); null where the cell is none."""
    match = _DAYS.fullmatch(plain(as_text(cell) or ""))
    return int(match[1]) if match and abs(int(match[1])) < 2**31 else None


def as_text(cell: object) -> str | None:
    """A cell as text: 2.0 is "2", days are 2023-03-15, spaces at the ends removed; null when blank."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, date):
        return str(cell)
    return str(cell).strip() or None
