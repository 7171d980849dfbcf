"""Texts searched by what people type: characters, codes, and pinyin initials in any reading.

A character is a set of letters, one bit a letter: 行 is x and h, 单 is d, c and s. What is typed is
held against all texts at once, as numbers, so that a hundred thousand names cost a few milliseconds.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.pinyin import PINYIN_DICT

NOWHERE, INSIDE, AT_START, WHOLE = 0, 1, 2, 3

_FIRST: Final = ord("a")
_LETTERS: Final = 26
_CODEPOINTS: Final = 0x110000
_END: Final = "\n"

Ranks = np.ndarray[Any, np.dtype[np.uint8]]
Places = np.ndarray[Any, np.dtype[np.int64]]


def plain(text: str) -> str:
    """The text as it is compared: half width, lower case, one line."""
    return unicodedata.normalize("NFKC", text).lower().replace(_END, " ")


def readings(character: str) -> tuple[str, ...]:
    """The pinyin of a character without tones, the commonest first; () where it has none."""
    told = PINYIN_DICT.get(ord(character), "")
    return tuple(dict.fromkeys(_toneless(reading) for reading in told.split(",") if reading))


def _toneless(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    return "".join(part for part in parts if not unicodedata.combining(part)).lower()


@cache
def _letters() -> np.ndarray[Any, np.dtype[np.uint32]]:
    """By codepoint: the letters it may be typed with, one bit each."""
    table = np.zeros(_CODEPOINTS, np.uint32)
    for number in PINYIN_DICT:
        for reading in readings(chr(number)):
            place = ord(reading[0]) - _FIRST
            if 0 <= place < _LETTERS:
                table[number] |= 1 << place
    for place in range(_LETTERS):
        table[_FIRST + place] = 1 << place
    return table


@cache
def _sort_table() -> dict[int, str]:
    # the space keeps 西安 before 先
    return {number: f"{readings(chr(number))[0]} " for number in PINYIN_DICT if readings(chr(number))}


def sort_key(text: str) -> str:
    """What texts are put in order by: pinyin, as Excel does, in the commonest reading."""
    return text.translate(_sort_table())


class Texts:
    """Many texts made ready once and searched at every key press."""

    def __init__(self, texts: pl.Series) -> None:
        """`texts` may hold nulls, which are never found."""
        joined = plain_lines(texts)
        self.count = len(texts)
        self._codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
        self._letters = _letters()[self._codes]
        ends = self._codes == ord(_END)
        self._text_of = np.cumsum(ends, dtype=np.int32) - ends
        self._starts = np.concatenate([[True], ends[:-1]])
        self._ends = ends
        self._first = np.flatnonzero(self._starts) if self.count else np.zeros(0, np.int64)
        # all letters of a text together: one letter typed is found in most texts, and only looked up
        self._any = np.bitwise_or.reduceat(self._letters, self._first) if self.count else self._letters

    def find(self, typed: str) -> Ranks:
        """Where each text has all words typed: NOWHERE, INSIDE, AT_START or WHOLE, the worst of the words."""
        words = plain(typed).split()
        ranks = np.full(self.count, WHOLE if words else NOWHERE, np.uint8)
        for word in words:
            ranks = np.minimum(ranks, self._ranks(word))
        return ranks

    def _ranks(self, word: str) -> Ranks:
        bit = _bit(word) if len(word) == 1 else 0
        return self._of_letter(bit) if bit else self._of_word(word)

    def _of_letter(self, bit: int) -> Ranks:
        ranks = np.where(self._any & bit, np.uint8(INSIDE), np.uint8(NOWHERE))
        starts = (self._letters[self._first] & bit) != 0
        ranks[starts] = AT_START
        # an empty last text has nothing behind it
        ranks[starts & self._ends[np.minimum(self._first + 1, len(self._ends) - 1)]] = WHOLE
        return ranks

    def _of_word(self, word: str) -> Ranks:
        ranks = np.zeros(self.count, np.uint8)
        at = self.places(word)
        whole = self._ends[at + len(word)]
        starts = self._starts[at]
        for rank, places in ((INSIDE, at), (AT_START, at[starts]), (WHOLE, at[starts & whole])):
            ranks[self._text_of[places]] = rank
        return ranks

    def places(self, word: str) -> Places:
        """Where the word begins, ascending."""
        bit = _bit(word[0])
        at = np.flatnonzero(self._letters & bit if bit else self._codes == ord(word[0]))
        # no word reaches beyond the last line's end
        at = at[at + len(word) < len(self._codes)]
        for shift, letter in enumerate(word[1:], start=1):
            at = at[self._fits(at + shift, letter)]
        return at

    def _fits(self, at: Places, letter: str) -> Any:
        bit = _bit(letter)
        return (self._letters[at] & bit) != 0 if bit else self._codes[at] == ord(letter)


def spans(text: str, typed: str) -> list[tuple[int, int]]:
    """Where in a text the words typed were found, first places only, ascending: [start, end)."""
    if len(plain(text)) != len(text):
        return []
    line = Texts(pl.Series([text]))
    found = ((line.places(word), len(word)) for word in plain(typed).split())
    return sorted((int(at[0]), int(at[0]) + length) for at, length in found if len(at))


def plain_lines(texts: pl.Series) -> str:
    """All texts, each on a line of its own, as they are compared."""
    lines = texts.cast(pl.String).fill_null("").str.replace_all(_END, " ", literal=True)
    return unicodedata.normalize("NFKC", _END.join([*lines.to_list(), ""])).lower()


def _bit(letter: str) -> int:
    place = ord(letter) - _FIRST
    return 1 << place if 0 <= place < _LETTERS else 0
