"""styles.xml with our marks: a cell's own style again, but with the fill of a mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from data.marking.tags import (
    Element,
    Fault,
    attribute,
    children,
    root_prefix,
    section,
    well_formed,
    with_attribute,
)

# fills nobody else has, so that a mended copy's old marks are known and taken off
FILLS: Final = {"error": "FFFFC9C6", "warning": "FFFFE7A0", "note": "FFCFE3FA"}
_DARK: Final = b"FF1F2328"
_LISTS: Final = (b"fonts", b"fills", b"borders", b"cellXfs")
_FRONT: Final = re.compile(rb"<(?:[\w.-]+:)?fgColor\s[^<>]*/>")
_BACK: Final = re.compile(rb"<(?:[\w.-]+:)?bgColor\s[^<>]*/>")
_COLOUR: Final = re.compile(rb"<(?:[\w.-]+:)?color\s[^<>]*/>")
MINIMAL: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)


@dataclass
class _Items:
    """One list of styles.xml: its element, its items, and how many of them are new."""

    element: Element
    items: list[bytes]
    known: int

    def add(self, item: bytes) -> int:
        """The index of an item, added where it isn't there yet."""
        if item in self.items[self.known :]:
            return self.items.index(item, self.known)
        self.items.append(item)
        return len(self.items) - 1


@dataclass
class Styles:
    """The styles of a workbook, to which marked ones are added as they are asked for."""

    xml: bytes
    _marked: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.prefix = root_prefix(self.xml, b"styleSheet")
        self.lists = {name: self._list(name) for name in _LISTS}

    def _list(self, name: bytes) -> _Items:
        element = section(self.xml, self.prefix, name)
        if element is None or element.empty:
            raise Fault(f"no {name.decode()}")
        items = [self.xml[c.start : c.end] for c in children(self.xml, element.inner)]
        if not items:
            raise Fault(f"{name.decode()} is empty")
        return _Items(element, items, len(items))

    def marked(self, style: int, weight: str) -> int:
        """The style of this number with the fill of a weight."""
        key = (style, weight)
        if key not in self._marked:
            self._marked[key] = self._make(style, weight)
        return self._marked[key]

    def _make(self, style: int, weight: str) -> int:
        own = self._xf(style)
        fill = self._item(b"fills", own, "fillId")
        colour = _solid_colour(fill)
        light = colour is not None and _is_light(self._item(b"fonts", own, "fontId"))
        # kept behind the solid colour, where no program shows it, until the mark comes off
        behind = None if light else colour
        fresh = with_attribute(own, "fillId", str(self.fill(FILLS[weight], behind)))
        if light:
            font = _dark(self._item(b"fonts", own, "fontId"), self.prefix)
            fresh = with_attribute(
                with_attribute(fresh, "fontId", str(self.lists[b"fonts"].add(font))), "applyFont", "1"
            )
        return self.lists[b"cellXfs"].add(with_attribute(fresh, "applyFill", "1"))

    def fill(self, rgb: str, behind: bytes | None = None) -> int:
        """The number of a solid fill."""
        p = self.prefix
        back = behind.replace(b"fgColor", b"bgColor") if behind else b'<%bbgColor indexed="64"/>' % p
        return self.lists[b"fills"].add(
            b'<%bfill><%bpatternFill patternType="solid"><%bfgColor rgb="%b"/>%b</%bpatternFill></%bfill>'
            % (p, p, p, rgb.encode(), back, p, p)
        )

    def font(
        self, *, bold: bool = False, rgb: str = "FF1F2328", points: int = 10, under: bool = False
    ) -> int:
        """The number of a font of the result sheet."""
        p = self.prefix
        face = b"".join(b"<%b%b/>" % (p, tag) for tag, on in ((b"b", bold), (b"u", under)) if on)
        return self.lists[b"fonts"].add(
            '<{0}font>{1}<{0}sz val="{2}"/><{0}color rgb="{3}"/><{0}name val="微软雅黑"/></{0}font>'.format(
                p.decode(), face.decode(), points, rgb
            ).encode()
        )

    def border(self, rgb: str) -> int:
        """The number of a thin border all round."""
        p = self.prefix.decode()
        sides = "".join(
            f'<{p}{side} style="thin"><{p}color rgb="{rgb}"/></{p}{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        return self.lists[b"borders"].add(f"<{p}border>{sides}<{p}diagonal/></{p}border>".encode())

    def style(self, font: int, fill: int = 0, border: int = 0, align: str = "") -> int:
        """The number of a cell style of the result sheet; `align` are attributes of its alignment."""
        p = self.prefix.decode()
        applied = " ".join(f'apply{what}="1"' for what in ("Font", "Fill", "Border", "Alignment"))
        xf = (
            f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" {applied}>'
            f'<{p}alignment vertical="center" {align}/></{p}xf>'
        )
        return self.lists[b"cellXfs"].add(xf.encode())

    def dated(self, number_format: int) -> int:
        """The number of a cell style with one of Excel's own number formats (14 a day, 22 a moment)."""
        xf = with_attribute(self._xf(0), "numFmtId", str(number_format))
        return self.lists[b"cellXfs"].add(with_attribute(xf, "applyNumberFormat", "1"))

    def restored(self) -> dict[int, int]:
        """Styles that carry a mark of ours from an earlier copy, and what each was before."""
        found = {}
        for number, xf in enumerate(list(self.lists[b"cellXfs"].items)):
            fill = self._item(b"fills", xf, "fillId")
            if not _is_ours(fill):
                continue
            behind = _BACK.search(fill)
            colour = behind[0].replace(b"bgColor", b"fgColor") if behind and b"rgb" in behind[0] else None
            before = self._refilled(colour) if colour else 0
            found[number] = self.lists[b"cellXfs"].add(with_attribute(xf, "fillId", str(before)))
        return found

    def _refilled(self, colour: bytes) -> int:
        p = self.prefix
        return self.lists[b"fills"].add(
            b'<%bfill><%bpatternFill patternType="solid">%b</%bpatternFill></%bfill>' % (p, p, colour, p, p)
        )

    def _xf(self, style: int) -> bytes:
        items = self.lists[b"cellXfs"].items
        return items[style] if style < len(items) else items[0]

    def _item(self, name: bytes, xf: bytes, reference: str) -> bytes:
        number = int(attribute(xf, reference) or 0)
        items = self.lists[name].items
        return items[number] if number < len(items) else items[0]

    def whole(self) -> bytes:
        """styles.xml with what was added."""
        xml = self.xml
        for items in sorted(self.lists.values(), key=lambda items: -items.element.start):
            if len(items.items) == items.known:
                continue
            element = items.element
            closing = xml.rindex(b"<", element.inner, element.end)
            opening = with_attribute(xml[element.start : element.inner], "count", str(len(items.items)))
            added = b"".join(items.items[items.known :])
            xml = b"".join(
                (xml[: element.start], opening, xml[element.inner : closing], added, xml[closing:])
            )
        return well_formed(xml)


def _is_ours(fill: bytes) -> bool:
    colour = _FRONT.search(fill)
    return colour is not None and (attribute(colour[0], "rgb") or "").upper() in FILLS.values()


def _solid_colour(fill: bytes) -> bytes | None:
    """The colour element of a solid fill, null for any other fill."""
    found = _FRONT.search(fill)
    return found[0] if found and b'"solid"' in fill else None


def _is_light(font: bytes) -> bool:
    """Whether a font is white or nearly so, and would vanish on the pale fill of a mark."""
    colour = _COLOUR.search(font)
    if colour is None:
        return False
    rgb = attribute(colour[0], "rgb")
    if rgb is None or not re.fullmatch(r"[0-9a-fA-F]{6,8}", rgb):
        return attribute(colour[0], "theme") == "0" or attribute(colour[0], "indexed") in ("1", "9")
    return min(int(rgb[-6:][i : i + 2], 16) for i in (0, 2, 4)) > 0xB0


def _dark(font: bytes, prefix: bytes) -> bytes:
    return _COLOUR.sub(b'<%bcolor rgb="%b"/>' % (prefix, _DARK), font)
