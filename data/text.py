"""Cell text made comparable: full-width to half-width, traditional to simplified, no stray spaces.

What staff read keeps their own characters; these forms serve comparing, parsing and identity.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from opencc import OpenCC

_SIMPLER: Final = OpenCC("t2s")
# unchanged alone, but not in every word: 答覆 → 答复, 藉口 → 借口
_CHANGED_IN_WORDS: Final = frozenset("覆藉么瞭俱甦彷")
# characters met so far that simplifying leaves alone; most texts hold no others
_unchanged: set[str] = set()
_DASHES: Final = re.compile("[‐‑‒–—―−─━﹣]")
# blanks, and marks without width that editors and web pages leave behind
_SPACES: Final = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
# full-width marks in most names, and what stays as it is beside them: such texts need no full normalising
_WIDE: Final = (("（", "("), ("）", ")"), ("，", ","), ("：", ":"), ("；", ";"))
_UNUSUAL: Final = re.compile(r"[^!-~\u4e00-\u9fff、。《》【】“”·]")
# a mirrored page's reading aid after a character: 開(kāi)工
_READING: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*\)", re.IGNORECASE
)

# what offices write into a cell that has nothing to say; rows of strokes and dots count as well
EMPTY_WORDS: Final = frozenset({"待定", "未定", "暂无", "无数据", "空"})
_STROKES: Final = "-/\\_~.?"
# said of a date, an amount, a person or a number these mean the same; a text may mean them
_NOTHING_WORDS: Final = frozenset(
    {
        "无",
        "没有",
        "不详",
        "未知",
        "未填",
        "未报",
        "不明确",
        "暂缺",
        "空缺",
        "none",
        "null",
        "nan",
        "nat",
        "n/a",
        "na",
    }
)
# a longer text says nothing only if it is all blanks and strokes
_LONGEST_NOTHING: Final = 8
_MAYBE_NOTHING: Final = frozenset("-/\\_~.?—–―─━－…。？、／＼ \t\r\n\u3000\u00a0\u200b\ufeff待未暂无空")


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """The text in half-width, simplified characters and ordinary dashes, spaces and line breaks removed."""
    if text.isascii():
        return _SPACES.sub("", text)
    usual = text
    for wide, narrow in _WIDE:
        usual = usual.replace(wide, narrow)
    if not _UNUSUAL.search(usual):
        return usual if _is_simplified(usual) else str(_SIMPLER.convert(usual))
    normal = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    return _READING.sub("", _SPACES.sub("", simplified(normal)))


def simplified(text: str) -> str:
    """The text with traditional characters replaced, everything else kept."""
    return text if text.isascii() or _is_simplified(text) else str(_SIMPLER.convert(text))


def _is_simplified(text: str) -> bool:
    """Whether simplifying would change nothing, told by the characters alone."""
    new = set(text) - _unchanged
    if not new:
        return True
    same = {c for c in new if c not in _CHANGED_IN_WORDS and _SIMPLER.convert(c) == c}
    _unchanged.update(same)
    return same == new


def name_characters(text: str) -> str:
    """The text in half-width and simplified characters, but for those that simplified writing keeps in names
    of persons and places: 乾县 is no 干县, 李昇 no 李升."""
    normal = unicodedata.normalize("NFKC", text)
    if normal.isascii() or simplified(normal) == normal:
        return normal
    return "".join(c if _kept_in_names(c) else simplified(c) for c in normal)


# characters of the general list of standard characters (2013) beyond GB 2312 that a converter replaces
_NAME_CHARACTERS: Final = frozenset("昇濛陞祕氾鉅煇脩苧")


@lru_cache(maxsize=16_384)
def _kept_in_names(character: str) -> bool:
    if character.isascii() or character in _NAME_CHARACTERS:
        return True
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_empty(cell: object) -> bool:
    """Whether a cell says nothing: blank, strokes, or one of the words for "not known"."""
    return cell is None or (isinstance(cell, str) and _says_nothing(cell))


def is_nothing(cell: object) -> bool:
    """Whether a date, an amount, a person or a number is not there: empty, or 无, 不详, N/A and the like."""
    if not isinstance(cell, str):
        return cell is None
    if len(cell) > _LONGEST_NOTHING:
        return _says_nothing(cell)
    return _says_nothing(cell) or plain(cell).lower() in _NOTHING_WORDS


def _says_nothing(text: str) -> bool:
    if len(text) > _LONGEST_NOTHING and text[0] not in _MAYBE_NOTHING:
        return False
    words = plain(text)
    return not words.strip(_STROKES) or words in EMPTY_WORDS


def number_text(number: float) -> str:
    """A number as staff typed it: 2.0 is "2", 2.5 is "2.5"."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)
