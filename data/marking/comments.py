"""Comments on cells: their texts in one part, the boxes they are shown in (VML) in another.

What staff wrote stays: to a comment that is there ours is added below a line, and what an earlier marked
copy added is taken off again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

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
RULE: Final = "—— 挂图校验 ——"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NEW_COMMENTS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    f"<authors><author>{AUTHOR}</author></authors><commentList></commentList></comments>"
).encode()
_NEW_DRAWING: Final = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%b"/></o:shapelayout>'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SPACES: Final = (
    b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_BOX: Final = (
    b'<v:shape %b id="_x0000_s%d" type="#_x0000_t202" style=\'position:absolute;margin-left:60pt;'
    b'margin-top:1.5pt;width:240pt;height:%dpt;z-index:1;visibility:hidden\' fillcolor="#fffdf0" '
    b'o:insetmode="auto"><v:fill color2="#fffdf0"/><v:shadow on="t" color="black" obscured="t"/>'
    b"<v:path o:connecttype=\"none\"/><v:textbox style='mso-direction-alt:auto'>"
    b"<div style='text-align:left'></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/>"
    b"<x:SizeWithCells/><x:Anchor>%d, 15, %d, 4, %d, 15, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
_SHAPE: Final = re.compile(rb"<(?:\w+:)?shape\s.*?</(?:\w+:)?shape>", re.S)
_ROW: Final = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)")
_SHAPE_ID: Final = re.compile(rb"_x0000_s(\d+)")
_IDS_A_DRAWING: Final = 1024
_LINE_CHARACTERS: Final = 22
_LINE_POINTS: Final = 15


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
        fresh = parts.add("xl/drawings/vmlDrawing{}.vml", _fresh_drawing(parts), _DRAWING_TYPE)
        identity = parts.relate(part, "vmlDrawing", fresh)
        parts.put(fresh, _with_boxes(parts.read(fresh), {place: texts[place] for place in added}))
        names = (sheet.prefix, RELATIONS.encode(), identity.encode())
        return b'<%blegacyDrawing xmlns:r="%b" r:id="%b"/>' % names
    boxed = _without_boxes(parts.read(drawing), gone - set(texts))
    parts.put(drawing, _with_boxes(boxed, {p: texts[p] for p in added if p not in gone}))
    return b""


def without_ours(xml: bytes) -> tuple[bytes, set[Place]]:
    """The comments without what we wrote into an earlier copy, and the places left without any."""
    prefix, ours = root_prefix(xml, b"comments"), _our_number(xml)
    listed = section(xml, prefix, b"commentList")
    if listed is None:
        raise Fault("no commentList")
    pieces, gone, at = list[bytes](), set[Place](), 0
    for item in children(xml, listed.inner, listed.end) if not listed.empty else ():
        raw = xml[item.start : item.end]
        place = place_of(attribute(raw, "ref") or "")
        if ours is not None and attribute(raw, "authorId") == ours:
            pieces.append(xml[at : item.start])
            gone |= {place} if place else set()
        elif RULE.encode() in raw:
            pieces += [xml[at : item.start], _before_rule(raw)]
        else:
            continue
        at = item.end
    return b"".join([*pieces, xml[at:]]), gone


def _our_number(xml: bytes) -> str | None:
    """Our number among the authors, null where we aren't one."""
    prefix = root_prefix(xml, b"comments")
    authors = section(xml, prefix, b"authors")
    if authors is None or authors.empty:
        return None
    names = [text(xml[a.inner : a.end].split(b"<")[0]) for a in children(xml, authors.inner, authors.end)]
    return str(names.index(AUTHOR)) if AUTHOR in names else None


def _before_rule(raw: bytes) -> bytes:
    """A comment of staff's without the runs from our line on."""
    at = raw.index(RULE.encode())
    run = max(raw.rfind(b"<r>", 0, at), raw.rfind(b":r>", 0, at))
    start = raw.rfind(b"<", 0, run + 1)
    end = raw.rfind(b"</", 0, raw.rfind(b"</"))
    return raw[:start] + raw[end:] if 0 < start < end else raw


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
    return opening.encode() + _run(prefix, words) + f"</{p}text></{p}comment>".encode()


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


def _fresh_drawing(parts: Parts) -> bytes:
    """A drawing without boxes, with numbers no other drawing of the workbook uses."""
    used = [0]
    for name in (n for n in parts.names.values() if n.endswith(".vml")):
        used += map(int, _SHAPE_ID.findall(parts.archive.read(name)))
    for pieces in parts.changed.values():
        used += (int(n) for piece in pieces for n in _SHAPE_ID.findall(piece))
    return _NEW_DRAWING % str(max(used) // _IDS_A_DRAWING + 1).encode()


def _with_boxes(xml: bytes, texts: Mapping[Place, str]) -> bytes:
    """The drawing with a box for each text."""
    at = xml.rfind(b"</xml>")
    if at < 0:
        raise Fault("no drawing")
    block = re.search(rb'idmap[^<>]*\sdata="(\d+)', xml)
    first = (int(block[1]) if block else 1) * _IDS_A_DRAWING
    number = max([first, *map(int, _SHAPE_ID.findall(xml))])
    boxes = [_box(number + i, place, words) for i, (place, words) in enumerate(texts.items(), 1)]
    return b"".join([xml[:at], *boxes, xml[at:]])


def _box(number: int, place: Place, words: str) -> bytes:
    lines = sum(math.ceil((len(line) or 1) / _LINE_CHARACTERS) for line in words.split("\n"))
    height = lines * _LINE_POINTS + 12
    row, column = place[0] - 1, place[1] - 1
    bottom = row + max(height // _LINE_POINTS, 2)
    places = (column + 1, max(row - 1, 0), column + 4, bottom, row, column)
    return _BOX % (_SPACES, number, height, *places)


def _without_boxes(xml: bytes, gone: set[Place]) -> bytes:
    """The drawing without the boxes of comments that are no more."""
    if not gone:
        return xml

    def kept(shape: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(shape[0]), _COLUMN.search(shape[0])
        if row is None or column is None or b'"Note"' not in shape[0]:
            return shape[0]
        return b"" if (int(row[1]) + 1, int(column[1]) + 1) in gone else shape[0]

    return _SHAPE.sub(kept, xml)
