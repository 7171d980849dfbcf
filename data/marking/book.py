"""A whole workbook marked: styles, sheets with findings, their comments, and the 校验结果 sheet."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from data.marking import result_sheet
from data.marking.comments import RULE, comment
from data.marking.parts import RELATIONS, Parts
from data.marking.result_sheet import Line
from data.marking.sheet import Place, SheetXml, place_of
from data.marking.styles import MINIMAL, Styles
from data.marking.tags import attribute, children, quoted, root_prefix, section, well_formed
from data.reading.archive import inspect_directory

WORKBOOK: Final = "xl/workbook.xml"
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ORDER: Final = ("error", "warning", "note")


@dataclass(frozen=True)
class Listed:
    """One sheet as workbook.xml lists it: its name and the part it is kept in."""

    name: str
    part: str


def mark(source: Path, target: Path, findings: Sequence[Mapping[str, Any]], unpacked_mb: int) -> None:
    """Write the workbook with its faulty cells coloured and commented, and the 校验结果 sheet.

    A finding has weight, message, sheet, cell, found and expected. Fault where the workbook's XML is of a
    kind that can't be edited in place.
    """
    with zipfile.ZipFile(source) as archive:
        inspect_directory(archive, source.suffix.lower(), unpacked_mb)
        parts = Parts(archive)
        listed = sheets_of(parts)
        styles, home = _styles(parts)
        restored = styles.restored()
        by_sheet = _by_sheet(findings, listed)
        lines = [_line(finding, by_sheet) for finding in findings]
        results = _result_part(parts, listed)
        for sheet in listed:
            marks = by_sheet.get(sheet.name, {})
            if sheet.part != results and (marks or _has_our_comments(parts, sheet.part) or restored):
                _mark_sheet(parts, sheet.part, marks, styles, restored)
        body = result_sheet.sheet(lines, styles)
        if results is None:
            _list_sheet(parts, listed, body)
        else:
            parts.put(results, body)
        parts.put(home, styles.whole())
        parts.save(target)


def sheets_of(parts: Parts) -> list[Listed]:
    """The worksheets, in order."""
    xml = parts.read(WORKBOOK)
    sheets = section(xml, root_prefix(xml, b"workbook"), b"sheets")
    ways = {r.id: r.target for r in parts.relations(WORKBOOK) if r.kind == "worksheet"}
    tags = [xml[c.start : c.inner] for c in children(xml, sheets.inner, sheets.end)] if sheets else []
    pairs = [(attribute(tag, "name") or "", ways.get(attribute(tag, r"[\w.-]+:id") or "")) for tag in tags]
    return [Listed(name, part) for name, part in pairs if part]


def _styles(parts: Parts) -> tuple[Styles, str]:
    home = next((r.target for r in parts.relations(WORKBOOK) if r.kind == "styles"), None)
    if home is None:
        home = parts.add("xl/styles.xml", MINIMAL, f"{_SPREADSHEET}.styles+xml")
        parts.relate(WORKBOOK, "styles", home)
    return Styles(parts.read(home)), home


def _by_sheet(
    findings: Iterable[Mapping[str, Any]], listed: Sequence[Listed]
) -> dict[str, dict[Place, list[Mapping[str, Any]]]]:
    """The findings with a cell, by sheet and place."""
    found: dict[str, dict[Place, list[Mapping[str, Any]]]] = {sheet.name: {} for sheet in listed}
    for finding in findings:
        place = place_of(finding["cell"] or "")
        if place and finding["sheet"] in found:
            found[finding["sheet"]].setdefault(place, []).append(finding)
    return found


def _line(finding: Mapping[str, Any], by_sheet: Mapping[str, object]) -> Line:
    link = place_of(finding["cell"] or "") if finding["sheet"] in by_sheet else None
    words = (finding["found"] or "", finding["expected"] or "", finding["message"])
    return Line(finding["weight"], finding["sheet"], finding["cell"], *words, link)


def _mark_sheet(
    parts: Parts,
    part: str,
    marks: Mapping[Place, list[Mapping[str, Any]]],
    styles: Styles,
    restored: Mapping[int, int],
) -> None:
    sheet = SheetXml(parts.read(part)).replaced(restored)
    anchored = _at_anchors(sheet, marks)
    weights = {
        place: min((f["weight"] for f in found), key=_ORDER.index) for place, found in anchored.items()
    }
    texts = {place: "\n".join(map(_words, found)) for place, found in anchored.items()}
    legacy = comment(parts, part, sheet, texts)
    pieces = sheet.restyled(set(weights), lambda style, place: styles.marked(style, weights[place]), legacy)
    parts.put(part, [well_formed(b"".join(pieces))])


def _at_anchors(
    sheet: SheetXml, marks: Mapping[Place, list[Mapping[str, Any]]]
) -> dict[Place, list[Mapping[str, Any]]]:
    """The marks, those inside a merged range moved to its first cell, the only one that is drawn."""
    merged = sheet.anchors()
    moved: dict[Place, list[Mapping[str, Any]]] = {}
    for (row, column), found in marks.items():
        inside = (m[:2] for m in merged if m[0] <= row <= m[2] and m[1] <= column <= m[3])
        moved.setdefault(next(inside, (row, column)), []).extend(found)
    return moved


def _words(finding: Mapping[str, Any]) -> str:
    return f"【{result_sheet.WORDS[finding['weight']]}】{finding['message']}"


def _has_our_comments(parts: Parts, part: str) -> bool:
    homes = (r.target for r in parts.relations(part) if r.kind == "comments")
    return any(RULE.encode() in parts.read(home) for home in homes if parts.has(home))


def _result_part(parts: Parts, listed: Sequence[Listed]) -> str | None:
    """The part of a 校验结果 sheet of an earlier marked copy, null where there is none."""
    ours = (s.part for s in listed if s.name in (result_sheet.NAME, result_sheet.OTHER_NAME))
    tab = re.compile(rb"tabColor\s[^<>]*rgb=\"%b\"" % result_sheet.TAB.encode(), re.I)
    return next((part for part in ours if tab.search(parts.read(part)[:4096])), None)


def _list_sheet(parts: Parts, listed: Sequence[Listed], body: bytes) -> None:
    """Add the 校验结果 sheet behind the others: what counts sheets by position stays right."""
    taken = {sheet.name for sheet in listed}
    name = next(n for n in (result_sheet.NAME, result_sheet.OTHER_NAME) if n not in taken)
    part = parts.add("xl/worksheets/sheet{}.xml", well_formed(body), f"{_SPREADSHEET}.worksheet+xml")
    identity = parts.relate(WORKBOOK, "worksheet", part)
    xml = parts.read(WORKBOOK)
    prefix = root_prefix(xml, b"workbook")
    sheets = section(xml, prefix, b"sheets")
    assert sheets is not None
    numbers = [int(n) for n in re.findall(rb"\ssheetId=[\"'](\d+)", xml[sheets.start : sheets.end])]
    line = b'<%bsheet xmlns:r="%b" name="%b" sheetId="%d" r:id="%b"/>' % (
        prefix, RELATIONS.encode(), quoted(name), max(numbers, default=0) + 1, identity.encode()
    )  # fmt: skip
    end = xml.rindex(b"</", sheets.inner, sheets.end)
    parts.put(WORKBOOK, well_formed(xml[:end] + line + xml[end:]))
