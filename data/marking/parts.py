"""The parts of an .xlsx: read, exchanged, added, related and written out as a new file."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from data.marking.tags import Fault, attribute, quoted, root_prefix, usable, well_formed

RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "[Content_Types].xml"
_EMPTY_RELATIONS: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
# the sheets are most of the file; a higher level costs seconds and saves a tenth
_LEVEL: Final = 2
_COPY_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Relation:
    """One relation of a part: its id, the last word of its type, and the part it leads to."""

    id: str
    kind: str
    target: str


@dataclass
class Parts:
    """The parts of one workbook: `archive` as it came, `changed` what differs (null: left out)."""

    archive: zipfile.ZipFile
    changed: dict[str, Sequence[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {name.lower(): name for name in self.archive.namelist()}

    def has(self, name: str) -> bool:
        """Whether there is a part of this name (names don't mind upper and lower case)."""
        return name.lower() in self.names or name in self.changed

    def read(self, name: str) -> bytes:
        """The part's bytes as they stand now; Fault where there is none."""
        if name in self.changed:
            return b"".join(self.changed[name])
        if name.lower() not in self.names:
            raise Fault(f"no part {name}")
        return usable(self.archive.read(self.names[name.lower()]))

    def put(self, name: str, xml: bytes | Sequence[bytes]) -> None:
        """Exchange or add a part."""
        name = self.names.get(name.lower(), name)
        self.changed[name] = (xml,) if isinstance(xml, bytes) else xml

    def add(self, pattern: str, xml: bytes, content_type: str) -> str:
        """Add a part under the first free number of a pattern such as xl/comments{}.xml; its name."""
        name = next(n for i in range(1, 100_000) if not self.has(n := pattern.format(i)))
        self.put(name, xml)
        self._declare(name, content_type)
        return name

    def relations(self, part: str) -> list[Relation]:
        """Where a part leads to inside the workbook."""
        home = _relations_of(part)
        if not self.has(home):
            return []
        xml = self.read(home)
        found = re.finditer(rb"<(?:[\w.-]+:)?Relationship\s[^<>]*>", xml)
        return [_relation(part, tag[0]) for tag in found if attribute(tag[0], "TargetMode") != "External"]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lead from a part to another; the new relation's id."""
        home = _relations_of(part)
        xml = self.read(home) if self.has(home) else _EMPTY_RELATIONS
        prefix = root_prefix(xml, b"Relationships")
        used = set(re.findall(rb"\sId\s*=\s*[\"']([^\"']*)", xml))
        fresh = next(i for n in range(1, 100_000) if (i := f"rId{n}").encode() not in used)
        way = posixpath.relpath(target, posixpath.dirname(part) or ".")
        line = b'<%bRelationship Id="%b" Type="%b/%b" Target="%b"/>' % (
            prefix, fresh.encode(), RELATIONS.encode(), kind.encode(), quoted(way)
        )  # fmt: skip
        self.put(home, _before_end(xml, prefix + b"Relationships", line))
        return fresh

    def _declare(self, name: str, content_type: str) -> None:
        xml = self.read(_TYPES)
        prefix = root_prefix(xml, b"Types")
        extension = posixpath.splitext(name)[1].removeprefix(".").encode()
        if extension == b"xml":
            kind = b'<%bOverride PartName="/%b"' % (prefix, quoted(name))
        elif re.search(rb"<(?:[\w.-]+:)?Default\s[^<>]*Extension\s*=\s*[\"']%b[\"']" % extension, xml, re.I):
            return
        else:
            kind = b'<%bDefault Extension="%b"' % (prefix, extension)
        line = b'%b ContentType="%b"/>' % (kind, content_type.encode())
        self.put(_TYPES, _before_end(xml, prefix + b"Types", line))

    def save(self, target: Path, level: int = _LEVEL) -> None:
        """Write the workbook; parts that weren't touched are copied as they are."""
        written = set[str]()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as out:
            for entry in self.archive.infolist():
                name = entry.filename
                if name in written or entry.is_dir():
                    continue
                written.add(name)
                if name in self.changed:
                    _write(out, name, self.changed[name])
                else:
                    with self.archive.open(entry) as source, out.open(name, "w") as sink:
                        while chunk := source.read(_COPY_BYTES):
                            sink.write(chunk)
            for name, pieces in self.changed.items():
                if name not in written:
                    _write(out, name, pieces)


def _write(out: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with out.open(name, "w") as sink:
        for piece in pieces:
            sink.write(piece)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(part: str, tag: bytes) -> Relation:
    target = attribute(tag, "Target") or ""
    absolute = target.startswith("/")
    whole = target if absolute else posixpath.join("/", posixpath.dirname(part), target)
    kind = (attribute(tag, "Type") or "").rsplit("/", 1)[-1]
    return Relation(attribute(tag, "Id") or "", kind, posixpath.normpath(whole).lstrip("/"))


def _before_end(xml: bytes, name: bytes, line: bytes) -> bytes:
    """The XML with a line at the end of its root element."""
    at = xml.rfind(b"</" + name)
    if at >= 0:
        return well_formed(xml[:at] + line + xml[at:])
    empty = re.search(b"<" + re.escape(name) + rb"(?=[\s/>])[^<>]*/>", xml)
    if empty is None:
        raise Fault(f"{name.decode()} never ends")
    opened = empty[0][:-2] + b">" + line + b"</" + name + b">"
    return well_formed(xml[: empty.start()] + opened + xml[empty.end() :])
