"""Comments on cells: their texts in one part, the boxes they are shown in (VML) in another.

What staff wrote stays: to a comment that is there ours is added below a line, and what an earlier marked
copy added is taken off again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from data.marking.boxes import DRAWING_TYPE, fresh_drawing, with_boxes, without_boxes
from data.marking.parts import RELATIONS, Parts
from data.marking.sheet import Place, SheetXml, address_of, place_of
from data.marking.tags import (
    Fault,
    attribute,
    children,
    quoted,
    root_prefix,
    section,
    text,
    well_formed,
)

AUTHOR: Final = "挂图校验"
# in one script throughout, or a program may cut it in two runs
RULE: Final = "【挂图校验】"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_NEW_COMMENTS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    f"<authors><author>{AUTHOR}</author></authors><commentList></commentList></comments>"
).encode()
_BREAK_AT_END: Final = re.compile(rb"(?:\s|&#(?:10|13|x[aAdD]);)+((?:<[^<>]*>)*)$")
_TAGS: Final = re.compile(rb"<[^<>]*>")


def comment(parts: Parts, part: str, sheet: SheetXml, texts: Mapping[Place, str]) -> bytes:
    """Write our comments of one sheet, old ones of ours taken off; the element that names their drawing.

    b"" where the sheet already names it, or needs none.
    """
    home = next((r.target for r in parts.relations(part) if r.kind == "comments"), None)
    named = sheet.legacy_id()
    drawing = next((r.target for r in parts.relations(part) if named and r.id == named), None)
    if home is None and not texts:
        return b""
    if home is None:
        home = parts.add("xl/comments{}.xml", _NEW_COMMENTS, _COMMENTS_TYPE)
        parts.relate(part, "comments", home)
    xml, gone = without_ours(parts.read(home))
    xml, added = with_ours(xml, texts)
    parts.put(home, xml)
    if drawing is None:
        fresh = parts.add("xl/drawings/vmlDrawing{}.vml", fresh_drawing(parts), DRAWING_TYPE)
        identity = parts.relate(part, "vmlDrawing", fresh)
        parts.put(fresh, with_boxes(parts.read(fresh), {place: texts[place] for place in added}))
        names = (sheet.prefix, RELATIONS.encode(), identity.encode())
        return b'<%blegacyDrawing xmlns:r="%b" r:id="%b"/>' % names
    boxed = without_boxes(parts.read(drawing), gone - set(texts))
    parts.put(drawing, with_boxes(boxed, {p: texts[p] for p in added if p not in gone}))
    return b""


def without_ours(xml: bytes) -> tuple[bytes, set[Place]]:
    """The comments without what we wrote into an earlier copy, and the places left without any."""
    prefix = root_prefix(xml, b"comments")
    listed = section(xml, prefix, b"commentList")
    if listed is None:
        raise Fault("no commentList")
    pieces, gone, at = list[bytes](), set[Place](), 0
    for item in children(xml, listed.inner, listed.end) if not listed.empty else ():
        raw = xml[item.start : item.end]
        if RULE.encode() not in raw:
            continue
        kept = _before_rule(raw, prefix)
        place = place_of(attribute(raw, "ref") or "")
        if not kept and place:
            gone.add(place)
        pieces += [xml[at : item.start], kept]
        at = item.end
    return b"".join([*pieces, xml[at:]]), gone


def _before_rule(raw: bytes, prefix: bytes) -> bytes:
    """A comment without everything from our line on; b"" where nothing else is left.

    The line is looked for, not the author: some programs don't keep authors.
    """
    head = raw[: raw.index(RULE.encode())]
    while (shorter := _BREAK_AT_END.sub(rb"\1", head)) != head:
        head = shorter
    inside = head.rfind(b"<%br>" % prefix) > head.rfind(b"</%br>" % prefix)
    words = _TAGS.sub(b"", head)
    if not words.strip():
        return b""
    closing = b"</%bt>" % prefix + (b"</%br>" % prefix if inside else b"")
    return head + closing + raw[raw.rindex(b"</%btext>" % prefix) :]


def _our_number(xml: bytes) -> str | None:
    """Our number among the authors, null where we aren't one."""
    prefix = root_prefix(xml, b"comments")
    authors = section(xml, prefix, b"authors")
    if authors is None or authors.empty:
        return None
    names = [text(xml[a.inner : a.end].split(b"<")[0]) for a in children(xml, authors.inner, authors.end)]
    return str(names.index(AUTHOR)) if AUTHOR in names else None


def with_ours(xml: bytes, texts: Mapping[Place, str]) -> tuple[bytes, list[Place]]:
    """The comments with ours, and the places that had none."""
    xml = _with_author(xml)
    prefix, ours = root_prefix(xml, b"comments"), _our_number(xml)
    listed = section(xml, prefix, b"commentList")
    assert listed is not None
    assert ours is not None
    pieces, at, waiting = list[bytes](), 0, dict(texts)
    for item in children(xml, listed.inner, listed.end) if not listed.empty else ():
        raw = xml[item.start : item.end]
        place = place_of(attribute(raw, "ref") or "")
        if place in waiting:
            pieces += [xml[at : item.start], _extended(raw, prefix, waiting.pop(place))]
            at = item.end
    if listed.empty:
        raise Fault("commentList is one tag")
    end = xml.rindex(b"</", listed.inner, listed.end)
    fresh = (_comment(prefix, ours, place, words) for place, words in waiting.items())
    return well_formed(b"".join([*pieces, xml[at:end], *fresh, xml[end:]])), list(waiting)


def _with_author(xml: bytes) -> bytes:
    if _our_number(xml) is not None:
        return xml
    prefix = root_prefix(xml, b"comments")
    authors = section(xml, prefix, b"authors")
    line = b"<%bauthor>%b</%bauthor>" % (prefix, AUTHOR.encode(), prefix)
    if authors is None or authors.empty:
        raise Fault("no authors")
    end = xml.rindex(b"</", authors.inner, authors.end)
    return xml[:end] + line + xml[end:]


def _comment(prefix: bytes, author: str, place: Place, words: str) -> bytes:
    p = prefix.decode()
    opening = f'<{p}comment ref="{address_of(place)}" authorId="{author}"><{p}text>'
    return opening.encode() + _run(prefix, f"{RULE}\n{words}") + f"</{p}text></{p}comment>".encode()


def _run(prefix: bytes, words: str) -> bytes:
    p = prefix.decode()
    face = f'<{p}rPr><{p}sz val="10"/><{p}color rgb="FF1F2328"/><{p}rFont val="微软雅黑"/></{p}rPr>'
    return f'<{p}r>{face}<{p}t xml:space="preserve">{quoted(words).decode()}</{p}t></{p}r>'.encode()


def _extended(raw: bytes, prefix: bytes, words: str) -> bytes:
    """A comment of staff's with ours below a line."""
    bare = re.sub(
        rb"(<%btext>)(<%bt(?:\s[^<>]*)?>[^<]*</%bt>)" % (prefix, prefix, prefix),
        rb"\1<%br>\2</%br>" % (prefix, prefix),
        raw,
    )
    at = bare.rindex(b"</%btext>" % prefix)
    return bare[:at] + _run(prefix, f"\n{RULE}\n{words}") + bare[at:]
