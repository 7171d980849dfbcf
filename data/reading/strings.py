"""Texts of a workbook: shared strings, and what stands between tags in general."""

from __future__ import annotations

import re
from typing import Final

from data.reading.regular import Irregular

SIMPLE: Final = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
ITEM: Final = re.compile(rb"<si>(.*?)</si>|<si/>", re.S)
PHONETIC: Final = re.compile(rb"<rPh\b.*?</rPh>", re.S)
TEXT: Final = re.compile(rb"<t(?: [^>]*)?>([^<]*)</t>")
REFERENCE: Final = re.compile(r"&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w{1,5});")
ESCAPE: Final = re.compile(r"_x([0-9a-fA-F]{4})_")
NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def shared_strings(part: bytes) -> list[str]:
    """The strings in order; without their phonetic guides."""
    if b"<!" in part:
        raise Irregular
    found = SIMPLE.findall(part)
    if len(found) != part.count(b"<si"):
        found = [joined(item) for item in ITEM.findall(part)]
        if len(found) != part.count(b"<si>") + part.count(b"<si/>") or b":si>" in part:
            raise Irregular
    return texts(found)


def joined(item: bytes) -> bytes:
    """The runs of one string one after the other."""
    if b"<rPh" in item:
        item = PHONETIC.sub(b"", item)
    return b"".join(TEXT.findall(item))


def texts(raw: list[bytes]) -> list[str]:
    """The texts between tags, with XML's and Excel's escapes resolved."""
    if not raw:
        return []
    try:
        # one decoding for all; XML has no NUL
        whole = b"\0".join(raw).decode()
    except UnicodeDecodeError as e:
        raise Irregular from e
    found = whole.split("\0")
    if len(found) != len(raw):
        raise Irregular
    if "\r" in whole:
        found = [text.replace("\r\n", "\n").replace("\r", "\n") for text in found]
    if "&" in whole:
        found = [REFERENCE.sub(_referred, text) if "&" in text else text for text in found]
    if "_x" in whole:
        found = [ESCAPE.sub(_escaped, text) if "_x" in text else text for text in found]
    return found


def _referred(found: re.Match[str]) -> str:
    word = found[1]
    try:
        if word.startswith("#"):
            return chr(int(word[2:], 16) if word[1] == "x" else int(word[1:]))
        return NAMED[word]
    except (KeyError, ValueError, OverflowError) as e:
        raise Irregular from e


def _escaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if 0xD800 <= code < 0xE000:
        return found[0]
    # a control character says nothing to anybody and must not reach a page
    return chr(code) if code >= 0x20 or code in (0x09, 0x0A, 0x0D) else ""
