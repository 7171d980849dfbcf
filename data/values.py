"""Single cells read as money, numbers, lists and text; every function is pure and exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Final

from data.numerals import spelled_number
from data.text import is_empty, is_nothing, number_text, plain

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
# commas part thousands: "3,5" is neither 35 nor 3.5
_DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MONEY: Final = re.compile(
    rf"(?P<about>约|大约|近|超|超过|预计|估算|不少于|≥|>)?(?P<number>[+-]?{_DIGITS}(?P<power>[eE][+-]?\d{{1,2}})?)"
    rf"(?P<more>多|余)?(?P<unit>{_UNIT}|[wW])?"
    rf"(?:(?<=[亿万])(?P<small>{_DIGITS})(?P<small_unit>千万元?|百万元?|万元?|元))?"
    rf"(?P<after>左右|以上|余|多)?(?:人民币)?(?:\((?P<remark>[^()]*)\))?"
)
# 三千万, 约两亿元, 五百八十(万元 by the header)
_SPELLED: Final = re.compile(
    r"(?P<about>约|大约|近|超|超过|预计|估算)?(?P<words>[零〇一二三四五六七八九十百千万亿两点壹贰叁叄肆伍陆陸柒捌玖拾佰仟]+?)"
    r"(?P<more>多|余)?(?P<yuan>元)?整?(?P<after>左右|以上|余|多)?"
)
_HEADER_UNIT: Final = re.compile(
    rf"(?:[(\[:,/](?:单位[::]?)?(?:人民币)?|(?<=[资金额款入值]))(?P<unit>{_UNIT})[)\]]?$"
)
_UNIT_LINE: Final = re.compile(r"单位[::](?:人民币)?(万亿元|亿元|千万元|百万元|万元|千元|元)")
_DOT_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[。·](?=\d)")
# a remark that says the amount is not the whole: 约42.5亿(新增); 其中 with a figure only names a part of it
_PART: Final = re.compile(r"^(?!其中.*\d).*(?:新增|追加|其中|本期|一期|其余)")
# a longer text is no number, whatever it holds
_LONGEST: Final = 100
# one yuan amount must fit an int64 with room for sums
MAX_YUAN: Final = 10**16
# below, a product of floats is off by less than a tenth of a yuan
EXACT_YUAN: Final = 10**14
FAR_FROM_HALF: Final = 0.25


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
    if is_nothing(cell):
        return Money()
    if isinstance(cell, bool | date):
        return Money(fault="unreadable")
    if isinstance(cell, int | float):
        return _of_number(cell, unit_yuan)
    text = _DOT_BETWEEN_DIGITS.sub(".", plain(str(cell))) if len(str(cell)) <= _LONGEST else ""
    text = text.removeprefix("投资").removeprefix("人民币").removeprefix("¥").replace("个亿", "亿")
    match = _MONEY.fullmatch(text)
    if match is None and (spelled := _SPELLED.fullmatch(text)):
        return _of_words(spelled, unit_yuan)
    if match is None or (match["small"] and _unit(match["small_unit"]) >= _unit(match["unit"])):
        return Money(fault="unreadable")
    if _PART.match(match["remark"] or ""):
        return Money(approximate=bool(match["about"]), fault="part")
    # a spreadsheet that writes 1.2E+08 has dropped digits
    approximate = any(match[name] for name in ("about", "more", "after", "power"))
    factor = _unit(match["unit"]) if match["unit"] else unit_yuan
    if not match["small"]:
        return _amount(_decimal(match["number"]), factor, approximate)
    parts = ((match["number"], match["unit"]), (match["small"], match["small_unit"]))
    return _amount(sum((_decimal(n) * _unit(u) for n, u in parts), Decimal(0)), 1, approximate)


def _of_words(match: re.Match[str], unit_yuan: int | None) -> Money:
    """An amount in Chinese figures; 万 or 亿 at its end is its unit, as 元 is, else the column's holds."""
    number = spelled_number(match["words"])
    if number is None:
        return Money(fault="unreadable")
    stated = bool(match["yuan"]) or match["words"][-1] in "万亿"
    approximate = any(match[name] for name in ("about", "more", "after"))
    return _amount(number, 1 if stated else unit_yuan, approximate)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _unit(word: str) -> int:
    return UNIT_YUAN.get(word, 10**4)  # w and W stand for 万


def _of_number(number: float, factor: int | None) -> Money:
    """A number's amount; in plain arithmetic where that is exact, which nearly always it is."""
    yuan = number * (factor or 0)
    if factor and abs(yuan) < EXACT_YUAN and abs(yuan - (whole := round(yuan))) < FAR_FROM_HALF:
        return Money(whole)
    return _amount(Decimal(repr(number)), factor, approximate=False)


def _amount(number: Decimal, factor: int | None, approximate: bool) -> Money:
    if not number.is_finite():
        return Money(fault="unreadable")
    if number == 0:
        return Money(0, approximate)
    if factor is None:
        return Money(fault="no_unit")
    yuan = int((number * factor).to_integral_value(ROUND_HALF_UP))
    return Money(yuan, approximate) if abs(yuan) < MAX_YUAN else Money(fault="unreadable")


def money_words(yuan: int) -> str:
    """An amount in 亿元, 万元 or 元, every figure of it kept: 4250000000 is "42.5亿元"."""
    for unit, word in ((10**8, "亿元"), (10**4, "万元")):
        if abs(yuan) >= unit and yuan % (unit // 10**4) == 0:
            return f"{(Decimal(yuan) / unit).normalize():f}{word}"
    return f"{yuan}元"


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


_BETWEEN_NODES: Final = re.compile(r"[、,\uff0c;\uff1b\n\r]+")


def list_of_nodes(cell: object) -> list[str] | None:
    """Names of predecessors, in order; "/" is part of a name here. Null for an empty cell."""
    if is_empty(cell):
        return None
    pieces = _BETWEEN_NODES.split(as_text(cell) or "")
    return list(dict.fromkeys(piece.strip() for piece in pieces if not is_empty(piece))) or None


_NUMBER: Final = re.compile(rf"([+-]?{_DIGITS})([%‰])?")
_DAYS: Final = re.compile(r"([+-]?\d+)(?:个?工作日|天|日)?内?")


def number(cell: object) -> float | None:
    """The number of a cell, "95%" being 0.95; null where it is none."""
    if isinstance(cell, bool | date):
        return None
    if isinstance(cell, int | float):
        return float(cell) if isfinite(cell) else None
    match = _NUMBER.fullmatch(plain((as_text(cell) or "")[: _LONGEST + 1]))
    if match is None or len(match[0]) > _LONGEST:
        return None
    value = Decimal(match[1].replace(",", ""))
    return float(value / {"%": 100, "‰": 1000}.get(match[2], 1))


def workdays(cell: object) -> int | None:
    """A whole number of working days ("5个工作日", 5.0); null where the cell is none."""
    match = _DAYS.fullmatch(plain(as_text(cell) or ""))
    return int(match[1]) if match and len(match[1]) < 12 and abs(int(match[1])) < 2**31 else None


_FORMULA_ERRORS: Final = frozenset(
    {"#ref!", "#n/a", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#spill!", "#calc!"}
)


def is_formula_error(cell: object) -> bool:
    """Whether a cell holds the words of a formula error (#REF!), as .csv files keep them."""
    return isinstance(cell, str) and cell.startswith("#") and cell.strip().lower() in _FORMULA_ERRORS


def as_text(cell: object) -> str | None:
    """A cell as text: 2.0 is "2", days are 2023-03-15, spaces at the ends removed; null when blank."""
    if isinstance(cell, str):  # most cells by far
        return cell.strip() or None
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, date):
        return str(cell)
    return str(cell).strip() or None
