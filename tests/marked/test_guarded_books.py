"""What else a workbook may hold: pivot tables, links to other files, hidden and protected sheets, names."""

from __future__ import annotations

import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from data import marked
from tests.marked.books import finding, parts

FOREIGN = {
    "xl/pivotTables/pivotTable1.xml": b"<pivotTableDefinition name='a'/>",
    "xl/pivotCache/pivotCacheDefinition1.xml": b"<pivotCacheDefinition/>",
    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    "xl/externalLinks/_rels/externalLink1.xml.rels": b"<Relationships/>",
    "customXml/item1.xml": b"<a/>",
    "docProps/custom.xml": b"<Properties/>",
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
    "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
}


def guarded_book(path: Path) -> Path:
    """A protected sheet of projects, a very hidden one, names and a print area, and parts unknown to us."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "项目"
    for row in (["项目编号", "项目名称", "总投资(万元)"], ["P1", "甲项目", "三五个亿"]):
        sheet.append(row)
    sheet.protection.sheet = True
    sheet.protection.password = "锁"
    sheet.print_area = "A1:C2"
    secret = book.create_sheet("参数")
    secret.sheet_state = "veryHidden"
    secret["A1"] = "=项目!C2"
    book.defined_names["总数"] = DefinedName("总数", attr_text="项目!$C$2")
    book.security.lockStructure = True
    plain = path.with_name("plain.xlsx")
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        for name, content in FOREIGN.items():
            target.writestr(name, content)
    return path


def test_all_of_it_stays(tmp_path: Path) -> None:
    made = guarded_book(tmp_path / "a.xlsx")
    copy = marked.write(made, [finding("C2")], tmp_path / "a.标注.xlsx")
    before, after = parts(made), parts(copy)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    }
    assert {name: after[name] for name in FOREIGN} == FOREIGN
    was, now = load_workbook(made), load_workbook(copy)
    assert now.sheetnames == [*was.sheetnames, "校验结果"]
    assert now["参数"].sheet_state == "veryHidden" and now["参数"]["A1"].value == "=项目!C2"
    assert now["项目"].protection.sheet and now["项目"].protection.password == was["项目"].protection.password
    assert now["项目"].print_area == was["项目"].print_area
    assert now.defined_names["总数"].attr_text == "项目!$C$2"
    assert now.security.lockStructure
    assert now["项目"]["C2"].fill.fgColor.rgb == "FFFFC9C6" and now["项目"]["C2"].comment is not None
    # in a protected sheet the faulty cell stays as locked as it was
    assert now["项目"]["C2"].protection.locked == was["项目"]["C2"].protection.locked
