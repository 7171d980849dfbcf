"""Amounts spelled in Chinese figures: 三千万, 一亿二千万, 壹仟伍佰, 两点五亿."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_FORMAL: Final = str.maketrans("〇壹贰叁叄肆伍陆陸柒捌玖拾佰仟两", "零一二三三四五六六七八九十百千二")
_FIGURES: Final = "零一二三四五六七八九"
_D: Final = "[一二三四五六七八九]"
_SECTION: Final = re.compile(
    rf"(?:(?P<k>{_D})千)?(?P<zero>零?)(?:(?P<h>{_D})百)?(?P<gap>零?)(?:(?P<t>{_D}?)(?P<ten>十))?(?P<o>{_D})?"
)
_FRACTION: Final = re.compile(rf"(?P<whole>.+)点(?P<part>[{_FIGURES}]+)")
_MYRIADS: Final = (("亿", 10**8), ("万", 10**4))
_LONGEST: Final = 30


def spelled_number(text: str) -> Decimal | None:
    """The number that plain Chinese figures spell; null for other texts.

    Null also where speech leaves the reader to guess: 二三千万 (two or three), 三百五 and 一亿二.
    """
    rest = text.translate(_FORMAL)
    if not rest or len(rest) > _LONGEST:
        return None
    total, larger = Decimal(0), False
    for word, factor in _MYRIADS:
        above, found, below = rest.rpartition(word)
        if not found:
            continue
        part = _section(above, larger)
        if part is None:
            return None
        total, rest, larger = total + part * factor, below, True
    if larger and not rest:
        return total
    last = _section(rest, larger)
    return None if last is None else total + last


def _section(text: str, after_myriad: bool) -> Decimal | None:
    """A number below 10,000; after 亿 or 万 a bare figure needs 零 before it."""
    if fraction := _FRACTION.fullmatch(text):
        whole = _section(fraction["whole"], after_myriad)
        digits = "".join(str(_FIGURES.index(figure)) for figure in fraction["part"])
        return None if whole is None else whole + Decimal(f"0.{digits}")
    match = _SECTION.fullmatch(text)
    if match is None or not text.strip("零"):
        return None
    spoken_short = match["o"] and not match["ten"] and not (match["zero"] or match["gap"])
    if spoken_short and (match["k"] or match["h"] or after_myriad):
        return None
    tens = 0 if not match["ten"] else _value(match["t"]) or 1
    return Decimal(_value(match["k"]) * 1000 + _value(match["h"]) * 100 + tens * 10 + _value(match["o"]))


def _value(figure: str | None) -> int:
    return _FIGURES.index(figure) if figure else 0
