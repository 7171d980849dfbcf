"""The boxes comments are shown in: VML shapes, one a comment."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

from data.marking.parts import Parts
from data.marking.sheet import Place
from data.marking.tags import Fault

DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
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


def fresh_drawing(parts: Parts) -> bytes:
    """A drawing without boxes, with numbers no other drawing of the workbook uses."""
    used = [0]
    for name in (n for n in parts.names.values() if n.endswith(".vml")):
        used += map(int, _SHAPE_ID.findall(parts.archive.read(name)))
    for pieces in parts.changed.values():
        used += (int(n) for piece in pieces for n in _SHAPE_ID.findall(piece))
    return _NEW_DRAWING % str(max(used) // _IDS_A_DRAWING + 1).encode()


def with_boxes(xml: bytes, texts: Mapping[Place, str]) -> bytes:
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


def without_boxes(xml: bytes, gone: set[Place]) -> bytes:
    """The drawing without the boxes of comments that are no more."""
    if not gone:
        return xml

    def kept(shape: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(shape[0]), _COLUMN.search(shape[0])
        if row is None or column is None or b'"Note"' not in shape[0]:
            return shape[0]
        return b"" if (int(row[1]) + 1, int(column[1]) + 1) in gone else shape[0]

    return _SHAPE.sub(kept, xml)
