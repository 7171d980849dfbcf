"""Persons of a cell: names in order, each with the title written beside it (张三(副市长), 市委书记 张三).

A name comes out without its title, so that one person is one name in every ledger. Where a title can't be
told from a name (连山区长, 王主任), the words stay as they are: nobody is given a name by guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from data.text import is_nothing, name_characters
from data.titles import is_name, name_and_title
from data.values import as_text

_IN_BRACKETS: Final = re.compile(r"(?P<outer>[^()]+)\((?P<inner>(?:[^()]|\([^()]*\))*)(?:\)(?P<more>.*))?")
_SEPARATORS: Final = frozenset("、,;/|&\n\r")
_BLANKS: Final = frozenset(" \t:")
_NUMBERING: Final = re.compile(r"(?:^|(?<=[\s;,、]))\(?\d{1,2}[.、)]\s*(?=[\u4e00-\u9fff])")
_BEFORE_BRACKET: Final = re.compile(r"\s+(?=\()")
_CIRCLED: Final = re.compile(r"[①-⑳]")
_AND: Final = re.compile(r"(?P<one>[\u4e00-\u9fff]{2,3})[和与及](?P<other>[\u4e00-\u9fff]{2,3})")
_HONOUR: Final = re.compile(r"(?<=..)(?:同志|先生|女士)$")
_REST: Final = re.compile(r"(?<=[\u4e00-\u9fff])(?:等(?:\d+人|领导)?|\d[\d\-]{6,})$")
# a longer text is a report, not a list of names
_LONGEST: Final = 400
_PHONE: Final = re.compile(r"[\d\-+ ]{5,}")


@dataclass(frozen=True)
class Person:
    """One person; `title` is null where the cell states none."""

    name: str
    title: str | None = None


@dataclass(frozen=True)
class People:
    """The persons of a cell in order, each name once. `more` says that the cell holds more than names and
    titles (a telephone number, 等3人)."""

    persons: tuple[Person, ...] = ()
    more: bool = False

    @property
    def names(self) -> list[str] | None:
        """The names in order; null where there is none."""
        return [person.name for person in self.persons] or None

    @property
    def titles(self) -> list[str] | None:
        """A title a name, blank where one has none; null where none of them has one."""
        titles = [person.title or "" for person in self.persons]
        return titles if any(titles) else None


@dataclass(frozen=True)
class _Token:
    """A name or a title; `opens` where a separator (not a mere space) stands before it."""

    text: str
    is_title: bool
    opens: bool


def people(cell: object) -> People:
    """The persons of a cell; nobody for an empty one, nor for a text too long to be a list of names.

    Separated by 、,;/ or a line break, or by a space between names of two characters and more (张 三 is one).
    """
    text = None if is_nothing(cell) else as_text(cell)
    if text and len(text) > _LONGEST:
        return People(more=True)
    return _people(text) if text else People()


@lru_cache(maxsize=16_384)
def _people(text: str) -> People:
    bare = name_characters(_CIRCLED.sub("、", text))
    bare = _NUMBERING.sub("、", _BEFORE_BRACKET.sub("", bare))
    tokens, more = list[_Token](), False
    for piece in _parted(bare, _SEPARATORS):
        opens = True
        for word in _words(piece):
            found, extra = _split(word)
            more = more or extra
            for part, is_title in found:
                tokens.append(_Token(part, is_title, opens))
                opens = False
    persons: dict[str, Person] = {}
    for person in _assign(tokens):
        if not is_nothing(person.name):
            known = persons.setdefault(person.name, person)
            persons[person.name] = replace(known, title=known.title or person.title)
    return People(tuple(persons.values()), more)


def _parted(text: str, separators: frozenset[str]) -> list[str]:
    """The parts of a text between separators outside brackets; a bracket that closes before a character ends
    a part as well (张三(书记)李四)."""
    parts, depth, paired = [""], 0, text.count("(") == text.count(")")
    for i, character in enumerate(text):
        depth = max(depth + (character == "(") - (character == ")"), 0) if paired else 0
        if depth == 0 and character in separators:
            parts.append("")
            continue
        if depth == 0 and i and text[i - 1] == ")" and "\u4e00" <= character <= "\u9fff":
            parts.append("")
        parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def _words(piece: str) -> list[str]:
    """The words of a piece; characters spaced out to fill a cell are one name (张 三)."""
    parts = _parted(piece, _BLANKS)
    words: list[str] = []
    singles: list[str] = []
    for part in [*parts, ""]:
        if len(part) == 1 and "\u4e00" <= part <= "\u9fff":
            singles.append(part)
            continue
        if len(singles) == 4:
            words += ["".join(singles[:2]), "".join(singles[2:])]
        elif singles:
            words.append("".join(singles))
        singles = []
        words += [part] if part else []
    return words


def _split(word: str) -> tuple[list[tuple[str, bool]], bool]:
    """The names and titles of one word (text, whether a title), and whether something else was left out."""
    match = _IN_BRACKETS.fullmatch(word)
    if match is None:
        word = word.strip("()")
    else:
        outer, extra = _split(match["outer"].strip())
        inner = match["inner"].strip()
        if not inner or _PHONE.fullmatch(inner):
            return outer, extra or bool(inner)
        if outer and outer[-1][1] and is_name(inner):
            return [*outer, (inner, False)], extra
        return [*outer, (inner, True)], extra or bool(match["more"])
    if _PHONE.fullmatch(word):
        return [], True
    named = _HONOUR.sub("", word)
    bare = _REST.sub("", named)
    extra = bare != named
    both = _AND.fullmatch(bare)
    if both and is_name(both["one"]) and is_name(both["other"]):
        return [(both["one"], False), (both["other"], False)], extra
    return name_and_title(bare), extra


def _assign(tokens: list[_Token]) -> list[Person]:
    """Give every title to a name: to the next one where titles come first, else to the one before it."""
    if not any(not token.is_title for token in tokens):
        return [Person(token.text) for token in tokens]
    first = tokens[0].is_title
    persons: list[Person] = []
    waiting: list[str] = []
    for i, token in enumerate(tokens):
        if not token.is_title:
            persons.append(Person(token.text, "、".join(waiting) or None))
            waiting = []
        elif persons and not first and not (token.opens and _leads(tokens, i)) and not waiting:
            held = persons[-1]
            persons[-1] = replace(held, title=f"{held.title}、{token.text}" if held.title else token.text)
        else:
            waiting.append(token.text)
    return persons + [Person(title) for title in waiting]


def _leads(tokens: list[_Token], index: int) -> bool:
    """Whether a title that opens a piece belongs to a name after it: one follows before the next piece
    opens with a name."""
    for token in tokens[index + 1 :]:
        if not token.is_title:
            return not token.opens
    return False
