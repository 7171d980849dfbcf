"""Small pieces of XML found and spliced as bytes, so that what isn't touched stays exactly as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, unescape

# the inside of a tag: an attribute's value may hold ">" but never "<"
_INSIDE: Final = rb"[^<>\"']*+(?:(?:\"[^\"<]*+\"|'[^'<]*+')[^<>\"']*+)*+"
_TAG: Final = re.compile(rb"<(?P<close>/?)(?:[\w.-]+:)?(?P<name>[\w.-]+)" + _INSIDE + rb">|<\?.*?\?>", re.S)
_ASIDE: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.S)
_DECLARED: Final = re.compile(rb"^(<\?xml[^>]*?encoding=[\"'])([\w-]+)")
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_QUOTES: Final = {'"': "&quot;"}


class Fault(Exception):
    """The workbook can't be marked in place; the text says why, for the developer."""


@dataclass(frozen=True)
class Element:
    """One element: where it starts, where its start tag ends, where it ends, and its local name."""

    start: int
    inner: int
    end: int
    name: bytes

    @property
    def empty(self) -> bool:
        """Whether it is written as one self-closing tag."""
        return self.inner == self.end


def usable(xml: bytes) -> bytes:
    """The part as UTF-8 without comments and CDATA; Fault where it declares a document type."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        xml = _DECLARED.sub(rb"\g<1>UTF-8", xml.decode("utf-16").encode())
    xml = xml.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.match(xml)
    if declared and declared[2].lower() not in (b"utf-8", b"us-ascii"):
        raise Fault(f"encoding {declared[2]!r}")
    if b"<!" in xml:
        xml = _ASIDE.sub(lambda found: escape((found[1] or b"").decode()).encode(), xml)
    if b"<!" in xml:
        raise Fault("document type")
    return xml


def well_formed(xml: bytes) -> bytes:
    """The same bytes; Fault where they are not well-formed XML."""
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as e:
        raise Fault(f"not well-formed: {e}") from e
    return xml


@cache
def pattern(prefix: bytes, name: bytes) -> re.Pattern[bytes]:
    """Start tags of this element; a known prefix makes the search a plain scan for bytes."""
    return re.compile(b"<" + re.escape(prefix + name) + rb"(?=[\s/>])" + _INSIDE + b">")


def root_prefix(xml: bytes, name: bytes) -> bytes:
    """The namespace prefix of the root element, with its colon (b"" for none); Fault for another root."""
    found = re.search(rb"<((?:[\w.-]+:)?)" + name + rb"(?=[\s/>])", xml[:8192])
    if found is None:
        raise Fault(f"no {name.decode()}")
    return found[1]


def children(xml: bytes, start: int, end: int | None = None) -> Iterator[Element]:
    """The elements directly inside, from just behind a start tag to its end tag."""
    depth, opened = 0, None
    for tag in _TAG.finditer(xml, start, len(xml) if end is None else end):
        if tag["name"] is None:
            continue
        if tag["close"]:
            depth -= 1
            if depth < 0:
                return
            if depth == 0 and opened is not None:
                yield Element(opened.start(), opened.end(), tag.end(), opened["name"])
        elif tag[0].endswith(b"/>"):
            if depth == 0:
                yield Element(tag.start(), tag.end(), tag.end(), tag["name"])
        else:
            opened = tag if depth == 0 else opened
            depth += 1


def section(xml: bytes, prefix: bytes, name: bytes) -> Element | None:
    """The first element of this name, null where there is none."""
    tag = pattern(prefix, name).search(xml)
    if tag is None:
        return None
    if tag[0].endswith(b"/>"):
        return Element(tag.start(), tag.end(), tag.end(), name)
    closing = b"</" + prefix + name + b">"
    at = xml.find(closing, tag.end())
    if at < 0:
        raise Fault(f"{name.decode()} never ends")
    return Element(tag.start(), tag.end(), at + len(closing), name)


def attribute(xml: bytes, name: str) -> str | None:
    """An attribute of the start tag the bytes begin with, null where it is missing.

    `name` may be a pattern such as [\\w.-]+:id.
    """
    found = _attribute(name).search(xml, 0, _start_tag(xml))
    return None if found is None else text(found["value"][1:-1])


def with_attribute(xml: bytes, name: str, value: str) -> bytes:
    """The bytes with this attribute of their first start tag set."""
    fresh = f'"{escape(value, _QUOTES)}"'.encode()
    end = _start_tag(xml)
    found = _attribute(name).search(xml, 0, end)
    if found is not None:
        return xml[: found.start("value")] + fresh + xml[found.end("value") :]
    at = end - (2 if xml[:end].endswith(b"/>") else 1)
    return xml[:at].rstrip() + b" " + name.encode() + b"=" + fresh + xml[at:]


def without_attribute(tag: bytes, name: str) -> bytes:
    """The start tag without this attribute."""
    return _attribute(name).sub(b"", tag)


def _start_tag(xml: bytes) -> int:
    """Where the first start tag ends."""
    found = _TAG.match(xml)
    if found is None:
        raise Fault(f"no tag: {xml[:40]!r}")
    return found.end()


@cache
def _attribute(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"\s" + name.encode() + rb"\s*=\s*(?P<value>\"[^\"]*\"|'[^']*')")


def text(raw: bytes) -> str:
    """Characters of XML text."""
    if b"&" not in raw:
        return raw.decode()
    plain = unescape(raw.decode(), {"&quot;": '"', "&apos;": "'"})
    return re.sub(r"&#(x?)([0-9a-fA-F]+);", lambda m: chr(int(m[2], 16 if m[1] else 10)), plain)


def quoted(words: str) -> bytes:
    """Characters as XML text; what XML can't hold is left out."""
    return escape(_FORBIDDEN.sub("", words), _QUOTES).encode()
