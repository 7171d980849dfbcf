"""The zip around a workbook, judged by its directory alone; and the parts that say which sheets there are."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

from data.reading.serving import Fault

MAX_ENTRIES: Final = 5_000
SMALL_PART_MB: Final = 8
HIDDEN: Final = ("hidden", "veryHidden")
BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, KeyError, ValueError
)  # fmt: skip
ENTITIES: Final = (
    "工作簿里有实体定义(DOCTYPE),Excel 和 WPS 不会这样保存,不予读取。请用 Excel 打开另存为新的 .xlsx 后再报。"
)
BROKEN: Final = "文件已损坏或没有复制完整,无法解开。请重新保存后再报。"
_NOT_OURS: Final = {
    "xl/workbook.bin": "二进制工作簿(.xlsb)",
    "content.xml": "OpenDocument 表格(.ods)",
    "word/document.xml": "Word 文档",
    "ppt/presentation.xml": "演示文稿",
}


@dataclass(frozen=True)
class Part:
    """One sheet of the book: its name, the part that holds it, and whether Excel shows it."""

    name: str
    path: str
    visible: bool


def inspect_directory(archive: zipfile.ZipFile, suffix: str, unpacked_mb: int) -> None:
    """Refuse bombs, macros, encrypted files and other kinds of document."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise Fault(
            f"工作簿内部有 {len(entries)} 个部件,超过上限 {MAX_ENTRIES}。请新建工作簿、只粘贴数值后再报。"
        )
    # two parts of one name: what we look through need not be what the reader opens
    if len({name.lower() for name in names}) != len(entries):
        raise Fault(BROKEN)
    size = sum(entry.file_size for entry in entries)
    if size > unpacked_mb << 20:
        raise Fault(
            f"工作簿解压后有 {size >> 20} MB,超过上限 {unpacked_mb} MB。请删去图片、多余格式和空行后重报。"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise Fault("文件已加密,需要密码才能打开。请取消密码后再报。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Fault("工作簿里有宏,不予读取。请另存为不含宏的 .xlsx 后再报。")
    if other := next((word for part, word in _NOT_OURS.items() if part in names), None):
        raise Fault(f"扩展名是 {suffix},内容却是{other}。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。")
    if "xl/workbook.xml" not in names:
        raise Fault(f"扩展名是 {suffix},内容却是别的格式。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。")


def parts_of(archive: zipfile.ZipFile) -> tuple[list[Part], bool]:
    """The sheets in the book's order, and whether its days are counted from 1904."""
    book = tree(archive, "xl/workbook.xml")
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target") or ""))[1:]
        for relation in _relations(archive)
    }
    parts = [
        Part(sheet.get("name") or "", targets.get(_identity(sheet), ""), sheet.get("state") not in HIDDEN)
        for sheet in _named(book, "sheet")
    ]
    flags = [properties.get("date1904") for properties in _named(book, "workbookPr")]
    return parts, any(flag in ("1", "true") for flag in flags)


def _relations(archive: zipfile.ZipFile) -> Iterator[Any]:
    try:
        return _named(tree(archive, "xl/_rels/workbook.xml.rels"), "Relationship")
    except KeyError:
        return iter(())


def tree(archive: zipfile.ZipFile, name: str) -> Any:
    """A small XML part; refuses a document type, so that no entity is ever expanded."""
    if archive.getinfo(name).file_size > SMALL_PART_MB << 20:
        raise Fault(BROKEN)
    text = archive.read(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Fault(ENTITIES)
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - small, no document type
    except (ElementTree.ParseError, LookupError) as e:
        raise Fault(BROKEN) from e


def _named(tree: Any, name: str) -> Iterator[Any]:
    return (element for element in tree.iter() if element.tag.rpartition("}")[2] == name)


def _identity(sheet: Any) -> str | None:
    return next((value for key, value in sheet.items() if key.endswith("}id")), None)
