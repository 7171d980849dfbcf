"""Files made to do harm or made by accident, one function each; every one is small on disk."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import xlwt

from tests.hostile.seeds import HEADER, ROWS, text, unzipped, xlsx_of_openpyxl, xlsx_of_xlsxwriter, zipped

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = f"<worksheet {NAMESPACE}><sheetData>{{}}</sheetData></worksheet>"
FIRST = "xl/worksheets/sheet1.xml"
BILLION = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def with_parts(**parts: str | bytes) -> bytes:
    """A true workbook with these parts put in the place of its own (`__` is /, the ending .xml is added)."""
    found = unzipped(xlsx_of_openpyxl())
    for name, content in parts.items():
        found[f"{name.replace('__', '/')}.xml"] = content.encode() if isinstance(content, str) else content
    return zipped(found)


def with_sheet(rows: str) -> bytes:
    """A workbook whose first sheet has these rows of XML."""
    return with_parts(xl__worksheets__sheet1=SHEET.format(rows))


def cell_at_the_end_of_the_world() -> bytes:
    """Two cells that span the whole sheet: 549 GB to a reader that believes them."""
    return with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def endless_row_number() -> bytes:
    """A row number far beyond what Excel has, in single quotes."""
    return with_sheet("<row r='1'><c r='A1'><v>1</v></c><c r='A4294967295'><v>1</v></c></row>")


def endless_column_name() -> bytes:
    """A column beyond the last one."""
    return with_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="AXFD1048576"><v>1</v></c></row>')


def bomb_of_zeros() -> bytes:
    """A part that unpacks to 400 MB."""
    return with_parts(xl__media__image1=bytes(400 << 20))


def bomb_of_strings() -> bytes:
    """Shared strings of 800 MB."""
    found = unzipped(xlsx_of_xlsxwriter())
    found["xl/sharedStrings.xml"] = f"<sst {NAMESPACE}><si><t>{'啊' * (800 << 18)}</t></si></sst>".encode()
    return zipped(found)


def one_string_everywhere() -> bytes:
    """One shared string of 32,000 letters in 60,000 cells: 2 GB, though small in every part."""
    found = unzipped(xlsx_of_xlsxwriter())
    found["xl/sharedStrings.xml"] = f"<sst {NAMESPACE}><si><t>{'a' * 32_000}</t></si></sst>".encode()
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 60_001))
    found[FIRST] = SHEET.format(rows).encode()
    return zipped(found)


def entities_in_strings() -> bytes:
    """A billion laughs where cell texts stand."""
    found = unzipped(xlsx_of_xlsxwriter())
    found["xl/sharedStrings.xml"] = f"{BILLION}<sst {NAMESPACE}><si><t>&i;</t></si></sst>".encode()
    return zipped(found)


def entities_in_the_book() -> bytes:
    """A billion laughs where the sheets are named."""
    book = unzipped(xlsx_of_openpyxl())["xl/workbook.xml"].decode()
    return with_parts(xl__workbook=BILLION + book.replace("项目", "&i;"))


def entities_in_the_sheet() -> bytes:
    """A file of the machine asked into a cell."""
    external = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    return with_parts(xl__worksheets__sheet1=external + SHEET.format(cell))


def external_link() -> bytes:
    """A cell that takes its value from a workbook on a server; Excel keeps the last value."""
    cells = "".join(
        f'<c r="{letter}1" t="str"><f>\'\\\\10.0.0.1\\share\\[x.xlsx]表\'!A1</f><v>{word}</v></c>'
        for letter, word in zip("ABC", ("项目名称", "县区", "总投资(万元)"), strict=True)
    )
    link = f'<externalLink {NAMESPACE}><externalBook xmlns:r="x" r:id="rId1"/></externalLink>'
    return with_parts(
        xl__worksheets__sheet1=SHEET.format(f'<row r="1">{cells}</row>'),
        xl__externalLinks__externalLink1=link,
    )


def two_parts_of_one_name() -> bytes:
    """A harmless part to look at and a harmful one to open."""
    import zipfile

    stream = io.BytesIO(xlsx_of_openpyxl())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(FIRST.upper(), SHEET.format("").encode())
    return stream.getvalue()


def two_hundred_sheets() -> bytes:
    """As many sheets as a careless year brings."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i in range(200):
        sheet = book.create_sheet(f"表{i}")
        for row in [HEADER, *ROWS]:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_million_formatted_rows() -> bytes:
    """Twenty rows, and formatting down to the last row of the sheet."""
    sheet = unzipped(xlsx_of_openpyxl())[FIRST].decode()
    head, tail = sheet.split("</sheetData>")
    empty = (
        f'<row r="{r}" s="1" customFormat="1"><c r="A{r}" s="1"/><c r="H{r}" s="1"/></row>'
        for r in range(30, 1_048_577)
    )
    return with_parts(xl__worksheets__sheet1=f"{head}{''.join(empty)}</sheetData>{tail}")


def formulas_as_text() -> bytes:
    """Texts that would be formulas for whoever opens an export."""
    words = ['=HYPERLINK("http://x")', "+1", "-1+cmd", "@SUM(A1)"]
    cells = "".join(
        f'<c r="A{i}" t="inlineStr"><is><t>{word.replace(chr(34), "&quot;")}</t></is></c>'
        if i == 1
        else f'<c r="{chr(64 + i)}1" t="inlineStr"><is><t>{word}</t></is></c>'
        for i, word in enumerate(words, start=1)
    )
    return with_sheet(f'<row r="1">{cells}</row>')


def sheet_missing() -> bytes:
    """A workbook that names a sheet it doesn't have."""
    found = unzipped(xlsx_of_openpyxl())
    del found[FIRST]
    return zipped(found)


def endless_line() -> bytes:
    """A CSV of one line."""
    return b"a," * 20_000_000


def endless_field() -> bytes:
    """A CSV of one cell whose quotation never ends."""
    return b'"' + "名称\n".encode() * 2_000_000


def wide_lines() -> bytes:
    """A CSV of more columns than a sheet can have."""
    return ",".join("a" * 20_000).encode() + b"\n"


def lying_parquet() -> bytes:
    """A Parquet file that says it has two billion rows."""
    stream = io.BytesIO()
    pl.DataFrame({"项目名称": ["一"] * 7}).write_parquet(stream)
    raw = stream.getvalue()
    size = struct.unpack("<I", raw[-8:-4])[0]
    at = len(raw) - 8 - size
    footer = raw[at:-8].replace(b"\x16\x0e", b"\x16\xfe\xff\xff\xff\x0f")  # zigzag 7 → 2,147,483,647
    assert footer != raw[at:-8]
    return raw[:at] + footer + struct.pack("<I", len(footer)) + b"PAR1"


def empty_footer_parquet() -> bytes:
    """A Parquet file whose footer is said to be larger than the file."""
    return b"PAR1" + bytes(40) + struct.pack("<I", 0x7FFFFFFF) + b"PAR1"


def far_cell_of_an_old_book() -> bytes:
    """An .xls with a cell in each of its far corners: 16.7 million."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("项目")
    sheet.write(0, 0, "项目名称")
    sheet.write(65_535, 255, 1)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def circular_storage() -> bytes:
    """An .xls whose chain of sectors runs in a circle."""
    stream = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("项目").write(0, 0, "项目名称")
    book.save(stream)
    raw = bytearray(stream.getvalue())
    table = struct.unpack_from("<I", raw, 0x4C)[0]
    struct.pack_into("<128I", raw, (table + 1) << 9, *([1, 0] * 64))
    return bytes(raw)


def encrypted() -> bytes:
    """A workbook with an opening password, as Excel 2010 and later keep it."""
    from msoffcrypto.format.ooxml import OOXMLFile

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx_of_openpyxl())).encrypt("密码", target)
    return target.getvalue()


def old_with_password() -> bytes:
    """An .xls whose stream begins with the record of a password."""
    stream = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("项目").write(0, 0, "项目名称")
    book.save(stream)
    raw = stream.getvalue()
    codepage = raw.index(b"\x42\x00\x02\x00")
    # FILEPASS in the place of a record of the same length class, with RC4 as its kind
    return raw[:codepage] + b"\x2f\x00\x02\x00\x01\x00" + raw[codepage + 6 :]


def macros() -> bytes:
    """An .xlsm that was renamed."""
    found = unzipped(xlsx_of_openpyxl())
    return zipped({**found, "xl/vbaProject.bin": b"macro"})


def word_document() -> bytes:
    """A .docx that was renamed."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})


def web_page() -> bytes:
    """What many systems export as .xls."""
    return "<html><table><tr><td>项目名称</td></tr></table></html>".encode()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "远.xlsx": (cell_at_the_end_of_the_world, "1048576 行 × 16384 列"),
    "无尽行号.xlsx": (endless_row_number, "超过 5000000 格"),
    "无尽列名.xlsx": (endless_column_name, "超过 5000000 格"),
    "炸弹.xlsx": (bomb_of_zeros, "解压后有 400 MB"),
    "长字符串.xlsx": (bomb_of_strings, "解压后有"),
    "同一字符串.xlsx": (one_string_everywhere, "内存"),
    "实体1.xlsx": (entities_in_strings, "损坏"),
    "实体2.xlsx": (entities_in_the_book, "DOCTYPE"),
    "实体3.xlsx": (entities_in_the_sheet, "DOCTYPE"),
    "重名部件.xlsx": (two_parts_of_one_name, "损坏"),
    "缺表.xlsx": (sheet_missing, "损坏"),
    "一行.csv": (endless_line, "一行超过"),
    "引号.csv": (endless_field, "引号不配对"),
    "太宽.csv": (wide_lines, "20000 列"),
    "假行数.parquet": (lying_parquet, "另存|重新导出|拆分"),
    "假页脚.parquet": (empty_footer_parquet, "已损坏"),
    "远.xls": (far_cell_of_an_old_book, "超过 5000000 格"),
    "环.xls": (circular_storage, "已损坏"),
    "加密.xlsx": (encrypted, "已加密,需要密码"),
    "加密.xls": (old_with_password, "已加密,需要密码|损坏"),
    "宏.xlsx": (macros, "有宏"),
    "改名.xlsx": (word_document, "Word 文档"),
    "网页.xls": (web_page, "网页"),
    "截断.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
}

ACCEPTED: dict[str, tuple[Callable[[], bytes], int, int]] = {
    "外部链接.xlsx": (external_link, 1, 1),
    "两百个表.xlsx": (two_hundred_sheets, 200, 21),
    "百万空行.xlsx": (a_million_formatted_rows, 1, 22),
    "公式文字.xlsx": (formulas_as_text, 1, 1),
    "分号.txt": (lambda: text(";", "gb18030"), 1, 21),
}


def write(folder: Path, name: str) -> Path:
    """The file of this name."""
    path = folder / name
    path.write_bytes({**REFUSED, **ACCEPTED}[name][0]())
    return path
