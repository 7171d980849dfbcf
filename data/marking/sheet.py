"""One worksheet with some cells restyled: rows that aren't touched are passed on as they are."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from data.marking.tags import (
    Element,
    Fault,
    attribute,
    children,
    pattern,
    root_prefix,
    section,
    with_attribute,
    without_attribute,
)

# 1-based row and column
Place = tuple[int, int]
Restyle = Callable[[int, Place], int]

_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
# what may stand behind <legacyDrawing> in a worksheet
_AFTER_COMMENTS: Final = frozenset(
    {b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"webPublishItems"}
    | {b"tableParts", b"extLst", b"AlternateContent"}
)


def place_of(address: str) -> Place | None:
    """Row and column of an address such as E12, null for what is none."""
    found = _PLACE.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if row <= 1_048_576 and column <= 16_384 else None


def address_of(place: Place) -> str:
    """Address of a row and column: (12, 5) is E12."""
    name, number = "", place[1]
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{place[0]}"


@dataclass
class SheetXml:
    """One worksheet part, cut at its rows."""

    xml: bytes
    prefix: bytes = field(init=False)
    data: Element = field(init=False)

    def __post_init__(self) -> None:
        self.prefix = root_prefix(self.xml, b"worksheet")
        data = section(self.xml, self.prefix, b"sheetData")
        if data is None:
            raise Fault("no sheetData")
        self.data = data

    def anchors(self) -> list[tuple[int, int, int, int]]:
        """Merged ranges as (top, left, bottom, right), by their top."""
        merged = section(self.xml, self.prefix, b"mergeCells")
        if merged is None:
            return []
        found = []
        for cell in children(self.xml, merged.inner, merged.end):
            ends = (attribute(self.xml[cell.start : cell.inner], "ref") or "").split(":")
            places = [place_of(end) for end in ends]
            if len(places) == 2 and places[0] and places[1]:
                found.append((*places[0], *places[1]))
        return sorted(found)

    def restyled(self, places: set[Place], restyle: Restyle, legacy: bytes = b"") -> list[bytes]:
        """The sheet in pieces, each place in the style `restyle` gives for its present one.

        A cell or row that isn't there is added. `legacy` is put where comments are named.
        """
        head, tail = self.xml[: self.data.start], self.xml[self.data.end :]
        return [head, *self._rows(places, restyle), self._named(tail, legacy)]

    def filled(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        """The sheet in pieces, with these rows in place of its own."""
        yield self.xml[: self.data.start]
        yield _opened(self.xml[self.data.start : self.data.inner], self.data.empty)
        yield from rows
        yield b"</%bsheetData>" % self.prefix
        yield self.xml[self.data.end :]

    def replaced(self, styles: Mapping[int, int]) -> SheetXml:
        """The sheet with every cell's style exchanged as the mapping says."""
        if not styles:
            return self
        numbers = b"|".join(str(n).encode() for n in styles)
        cells = re.compile(rb"(<%bc\s[^<>]*?\bs=[\"'])(%b)(?=[\"'])" % (re.escape(self.prefix), numbers))
        inner = self.xml[self.data.inner : self.data.end]
        changed = cells.sub(lambda m: m[1] + str(styles[int(m[2])]).encode(), inner)
        return SheetXml(self.xml[: self.data.inner] + changed + self.xml[self.data.end :])

    def _rows(self, places: set[Place], restyle: Restyle) -> list[bytes]:
        p, xml = self.prefix, self.xml
        wanted: dict[int, list[int]] = {}
        for row, column in sorted(places):
            wanted.setdefault(row, []).append(column)
        waiting = list(wanted)
        pieces = [_opened(xml[self.data.start : self.data.inner], self.data.empty)]
        at, number = self.data.inner, 0
        end = at if self.data.empty else xml.rindex(b"</", at, self.data.end)
        closing = b"</%brow>" % p
        for tag in pattern(p, b"row").finditer(xml, self.data.inner, end):
            if tag.start() < at:
                continue
            number = _row_number(tag[0], number)
            first = bisect.bisect_left(waiting, number)
            if first or (waiting and waiting[0] == number):
                pieces.append(xml[at : tag.start()])
                at = tag.start()
            pieces.extend(self._new_row(row, wanted[row], restyle) for row in waiting[:first])
            del waiting[:first]
            if waiting and waiting[0] == number:
                stop = tag.end() if tag[0].endswith(b"/>") else xml.index(closing, tag.end()) + len(closing)
                pieces.append(self._row(tag[0], xml[tag.end() : stop], number, wanted[number], restyle))
                at = stop
                del waiting[0]
            if not waiting:
                break
        pieces.append(xml[at:end])
        pieces.extend(self._new_row(row, wanted[row], restyle) for row in waiting)
        return [*pieces, b"</%bsheetData>" % p]

    def _new_row(self, row: int, columns: list[int], restyle: Restyle) -> bytes:
        tag = b'<%brow r="%d"/>' % (self.prefix, row)
        return self._row(tag, b"", row, columns, restyle)

    def _row(self, tag: bytes, rest: bytes, row: int, columns: list[int], restyle: Restyle) -> bytes:
        """One row anew: its tag, and the wanted cells restyled or added."""
        missing = list[int]()
        for column in columns:
            place = (row, column)
            at = rest.find(b' r="%b"' % address_of(place).encode())
            cell = pattern(self.prefix, b"c").match(rest, rest.rfind(b"<", 0, at)) if at >= 0 else None
            if cell is None:
                missing.append(column)
                continue
            styled = with_attribute(cell[0], "s", str(restyle(int(attribute(cell[0], "s") or 0), place)))
            rest = rest[: cell.start()] + styled + rest[cell.end() :]
        return self._with_cells(tag, rest, row, missing, restyle) if missing else tag + rest

    def _with_cells(self, tag: bytes, rest: bytes, row: int, columns: list[int], restyle: Restyle) -> bytes:
        """One row with cells in these columns, in order; they are there without an address, or not at all."""
        p = self.prefix
        body = rest.removesuffix(b"</%brow>" % p)
        own = int(attribute(tag, "s") or 0) if attribute(tag, "customFormat") in ("1", "true") else None
        cells, column = dict[int, bytes](), 0
        for cell in children(body, 0):
            if cell.name != b"c":
                raise Fault("a row holds more than cells")
            raw = body[cell.start : cell.end]
            place = place_of(attribute(raw, "r") or "")
            column = place[1] if place else column + 1
            cells[column] = raw
        for number in columns:
            raw = cells.get(number, b'<%bc r="%b"/>' % (p, address_of((row, number)).encode()))
            inherited = self._column_style(number) if own is None else own
            style = int(attribute(raw, "s") or 0) if number in cells else inherited
            cells[number] = with_attribute(raw, "s", str(restyle(style, (row, number))))
        opened = _opened(without_attribute(tag, "spans"), tag.endswith(b"/>"))
        return b"".join((opened, *(cells[n] for n in sorted(cells)), b"</%brow>" % p))

    def _column_style(self, column: int) -> int:
        columns = section(self.xml[: self.data.start], self.prefix, b"cols")
        for item in children(self.xml, columns.inner, columns.end) if columns else ():
            tag = self.xml[item.start : item.inner]
            if int(attribute(tag, "min") or 0) <= column <= int(attribute(tag, "max") or 0):
                return int(attribute(tag, "style") or 0)
        return 0

    def legacy_id(self) -> str | None:
        """The relation of the drawing that holds comment boxes, null where the sheet has none."""
        for child in children(self.xml, self.data.end):
            if child.name == b"legacyDrawing":
                return attribute(self.xml[child.start : child.inner], r"[\w.-]+:id")
        return None

    def _named(self, tail: bytes, legacy: bytes) -> bytes:
        if not legacy:
            return tail
        after = (child.start for child in children(tail, 0) if child.name in _AFTER_COMMENTS)
        at = next(after, tail.rindex(b"</%bworksheet" % self.prefix))
        return tail[:at] + legacy + tail[at:]


def _opened(tag: bytes, empty: bool) -> bytes:
    return tag[:-2].rstrip() + b">" if empty else tag


def _row_number(tag: bytes, before: int) -> int:
    stated = attribute(tag, "r")
    return int(stated) if stated and stated.isdigit() else before + 1
