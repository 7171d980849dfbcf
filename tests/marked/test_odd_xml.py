"""Workbooks other programs write: prefixes, single quotes, rows and cells without addresses, tables."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from data import marked
from data.marking.comments import with_ours, without_ours
from data.marking.sheet import SheetXml
from data.marking.styles import FILLS
from data.marking.tags import Fault, attribute, children, usable, with_attribute
from tests.intake.books import SETTINGS
from tests.marked.books import finding, parts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# as far as our workbooks use it
WORKSHEET_ORDER = [
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "mergeCells"),
    *("conditionalFormatting", "hyperlinks", "pageMargins", "pageSetup", "ignoredErrors", "drawing"),
    *("legacyDrawing", "tableParts", "extLst"),
]


def hand_made(path: Path, sheet: str, *, styles: str | None = None) -> Path:
    """The smallest workbook with this worksheet part."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/a.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<x:workbook xmlns:x='{MAIN}' xmlns:q='{OFFICE}'>"
        "<x:sheets><x:sheet name='A&amp;B' sheetId='7' q:id='k1'/></x:sheets></x:workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="k1" '
        f'Type="{OFFICE}/worksheet" Target="/xl/worksheets/a.xml"/></Relationships>',
        "xl/worksheets/a.xml": sheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return path


PREFIXED = (
    f"<?xml version='1.0'?><!-- made by hand > --><x:worksheet xmlns:x='{MAIN}'>"
    "<x:cols><x:col min='2' max='3' width='9' style='0'/></x:cols>"
    "<x:sheetData><x:row r='2' spans='1:2'><x:c r='A2' t='inlineStr'><x:is><x:t><![CDATA[a<b & c]]></x:t>"
    "</x:is></x:c></x:row><x:row r='5'/></x:sheetData></x:worksheet>"
)
BARE = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>1</v></c><c><v>2</v></c></row>'
    '<row><c r="B2"><v>3</v></c><c><v>4</v></c></row></sheetData>'
    '<extLst><ext uri="x"><extLst/></ext></extLst></worksheet>'
)


def marked_cells(path: Path) -> dict[str, object]:
    sheet = load_workbook(path)["A&B"]
    ours = FILLS.values()
    return {
        c.coordinate: c.value
        for row in sheet.iter_rows()
        for c in row
        if c.fill.fgColor.rgb in ours and c.comment
    }


def written(tmp_path: Path, sheet: str, *cells: str) -> Path:
    source = hand_made(tmp_path / "a.xlsx", sheet)
    found = [finding(cell, sheet="A&B") for cell in cells]
    path = marked.write(source, found, tmp_path / "b.xlsx", SETTINGS)
    assert "xl/worksheets/a.xml" in parts(path), "edited in place"
    return path


def test_prefixes_single_quotes_comments_and_cdata(tmp_path: Path) -> None:
    path = written(tmp_path, PREFIXED, "A2", "C2", "B4", "A5", "D9")
    assert marked_cells(path) == {"A2": "a<b & c", "C2": None, "B4": None, "A5": None, "D9": None}
    assert load_workbook(path)["校验结果"]["D4"].hyperlink.location == "'A&B'!A2"


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_rows_and_cells_without_addresses(tmp_path: Path) -> None:
    assert marked_cells(written(tmp_path, BARE, "B1", "B2", "C2", "A2")) == {
        "B1": 2,
        "B2": 3,
        "C2": 4,
        "A2": None,
    }


def test_a_sheet_without_rows(tmp_path: Path) -> None:
    empty = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    assert marked_cells(written(tmp_path, empty, "B1")) == {"B1": None}


def test_elements_stand_in_the_order_the_format_asks_for(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        sheet = book.add_worksheet("表")
        sheet.add_table("A1:B3", {"data": [[1, 2], [3, 4]]})
        sheet.conditional_format("A2:A3", {"type": "data_bar", "data_bar_2010": True})
        sheet.ignore_errors({"number_stored_as_text": "A1"})
    path = marked.write(source, (finding("B2", sheet="表"),), tmp_path / "b.xlsx", SETTINGS)
    assert parts(path)["xl/tables/table1.xml"] == parts(source)["xl/tables/table1.xml"]
    for part, xml in parts(path).items():
        if part.startswith("xl/worksheets/sheet"):
            inside = xml.index(b">", xml.index(b"<worksheet")) + 1
            names = [c.name.decode() for c in children(xml, inside)]
            assert names == sorted(names, key=WORKSHEET_ORDER.index), part
    assert b"<legacyDrawing" in parts(path)["xl/worksheets/sheet1.xml"]


def test_every_part_has_one_content_type_and_relations_lead_somewhere(tmp_path: Path) -> None:
    path = written(tmp_path, BARE, "A1")
    whole = parts(path)
    declared = re.findall(rb'PartName="/([^"]+)"', whole["[Content_Types].xml"])
    assert len(declared) == len(set(declared))
    assert {name.decode() for name in declared} <= set(whole)
    assert b'Extension="vml"' in whole["[Content_Types].xml"]
    for target in re.findall(rb'Target="([^"]+)"', whole["xl/worksheets/_rels/a.xml.rels"]):
        assert (b"xl/" + target.removeprefix(b"../")).decode() in whole


def test_a_cell_not_there_takes_its_rows_or_columns_style() -> None:
    sheet = SheetXml(
        b'<worksheet><cols><col min="2" max="4" style="8"/></cols><sheetData>'
        b'<row r="1"><c r="A1" s="3"/></row>'
        b'<row r="2" s="5" customFormat="1"/></sheetData></worksheet>'
    )
    asked: dict[tuple[int, int], int] = {}

    def restyle(style: int, place: tuple[int, int]) -> int:
        asked[place] = style
        return 99

    places = {(1, 1), (1, 2), (1, 5), (2, 1), (3, 3)}
    xml = b"".join(sheet.restyled(places, restyle))
    assert asked == {(1, 1): 3, (1, 2): 8, (1, 5): 0, (2, 1): 5, (3, 3): 8}
    assert re.findall(rb'r="(\w+)" s="99"', xml) == [b"A1", b"B1", b"E1", b"A2", b"C3"]


def test_comments_added_and_taken_off_leave_the_others() -> None:
    xml = (
        b'<comments xmlns="x"><authors><author>A&amp;B</author></authors><commentList>'
        b'<comment ref="B2" authorId="0"><text><t>plain words</t></text></comment></commentList></comments>'
    )
    both, added = with_ours(xml, {(2, 2): "一", (3, 3): "二"})
    assert added == [(3, 3)]
    assert both.count(b"<comment ") == 2
    assert "【挂图校验】\n一".encode() in both
    without, gone = without_ours(both)
    assert gone == {(3, 3)}
    assert without.count(b"<comment ") == 1
    assert "一".encode() not in without
    assert b"plain words" in without


@pytest.mark.parametrize(
    "xml",
    [b"<!DOCTYPE a><a/>", b'<?xml version="1.0" encoding="gb2312"?><a/>', b'<a><!ENTITY b "c"></a>'],
)
def test_what_could_mean_something_else_is_not_edited(xml: bytes) -> None:
    with pytest.raises(Fault):
        usable(xml)


def test_utf_16_becomes_utf_8() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?><a>表</a>'.encode("utf-16")
    assert usable(xml) == '<?xml version="1.0" encoding="UTF-8"?><a>表</a>'.encode()


def test_attributes() -> None:
    tag = b"<c a='1 > 0' r:id=\"x&amp;&#34;y\"><d a='2'/></c>"
    assert attribute(tag, "a") == "1 > 0"
    assert attribute(tag, r"[\w.-]+:id") == 'x&"y'
    assert attribute(tag, "b") is None
    assert with_attribute(tag, "a", "<") == b'<c a="&lt;" r:id="x&amp;&#34;y"><d a=\'2\'/></c>'
    assert with_attribute(b"<c/>", "s", "1") == b'<c s="1"/>'
    assert with_attribute(b"<c><d/></c>", "s", "1") == b'<c s="1"><d/></c>'
