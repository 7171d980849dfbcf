"""The official form of a paper (GB/T 9704–2012) as a Word document: page, grid, fonts, styles.

Fonts are named, none is shipped; where an office lacks one, Word and WPS take the alternative named for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from components.papers.words import wide

# margins in mm: top, bottom, left, right; what is left of A4 is 156 × 225
_MARGINS: Final = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
LINES: Final = 22
CHARACTERS: Final = 28
_BODY_MM: Final = (156, 225)
_BODY_PT: Final = 16.0  # 3号
_PT_PER_MM: Final = 72 / 25.4
_LINE_PT: Final = math.floor(_BODY_MM[1] * _PT_PER_MM / LINES * 10) / 10
# set closer by so much, in twentieths of a point, 28 characters of 3号 fill a line; a grid of characters
# would do it too, but programs read it differently
_CLOSER: Final = math.floor((_BODY_MM[0] * _PT_PER_MM / CHARACTERS - _BODY_PT) * 20)
_TABLE_PT: Final = 10.5  # 5号
_ANNEX_PT: Final = 9.0  # 小5号
_LATIN: Final = "Times New Roman"
TITLE, BODY, FIRST, SECOND = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
# of a table: head, the name of the cell ("#" before one that holds figures, which stand right), width in mm
Column = tuple[str, str, float]
# a font → the one taken where it is missing
FALLBACKS: Final = {TITLE: "华文中宋", BODY: "仿宋", SECOND: "楷体", FIRST: "SimHei"}
# style → font, size in pt (2号, 3号, 5号, 4号), alignment
_STYLES: Final[dict[str, tuple[str, float, WD_ALIGN_PARAGRAPH]]] = {
    "公文标题": (TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER),
    "一级标题": (FIRST, _BODY_PT, WD_ALIGN_PARAGRAPH.JUSTIFY),
    "二级标题": (SECOND, _BODY_PT, WD_ALIGN_PARAGRAPH.JUSTIFY),
    "公文正文": (BODY, _BODY_PT, WD_ALIGN_PARAGRAPH.JUSTIFY),
    "主送": (BODY, _BODY_PT, WD_ALIGN_PARAGRAPH.LEFT),
    "落款": (BODY, _BODY_PT, WD_ALIGN_PARAGRAPH.RIGHT),
    "表题": (FIRST, _BODY_PT, WD_ALIGN_PARAGRAPH.LEFT),
    "表文": (BODY, _TABLE_PT, WD_ALIGN_PARAGRAPH.LEFT),
    "表数": (BODY, _TABLE_PT, WD_ALIGN_PARAGRAPH.RIGHT),
    "表头": (FIRST, _TABLE_PT, WD_ALIGN_PARAGRAPH.CENTER),
    "附表文": (BODY, _ANNEX_PT, WD_ALIGN_PARAGRAPH.LEFT),
    "附表数": (BODY, _ANNEX_PT, WD_ALIGN_PARAGRAPH.RIGHT),
    "附表头": (FIRST, _ANNEX_PT, WD_ALIGN_PARAGRAPH.CENTER),
    "表注": (BODY, _TABLE_PT, WD_ALIGN_PARAGRAPH.LEFT),
}  # fmt: skip
_INDENTED: Final = ("一级标题", "二级标题", "公文正文")
# styles of table cells → distance of their lines in pt
_COMPACT: Final = {"表文": 15, "表数": 15, "表头": 15, "附表文": 12, "附表数": 12, "附表头": 12}
_WITH_NEXT: Final = ("一级标题", "二级标题", "表题")


def document() -> Doc:
    """An empty paper in the official form."""
    made = Document()
    _fonts(made)
    _normal(made)
    for name, (font, size, alignment) in _STYLES.items():
        _style(made, name, font, size, alignment)
    page(made.sections[0])
    _page_numbers(made)
    return made


def page(section: Section, landscape: bool = False) -> None:
    """A4 with the official margins and grid; `landscape` turns the sheet, margins with it."""
    width, height = Mm(210), Mm(297)
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    margins = dict(_MARGINS)
    if landscape:
        turned = ("left_margin", "right_margin", "bottom_margin", "top_margin")
        margins = dict(zip(turned, _MARGINS.values(), strict=True))
    for name, millimetres in margins.items():
        setattr(section, name, Mm(millimetres))
    section.footer_distance = Mm(margins["bottom_margin"] - 14 if not landscape else 14)
    _grid(section)


def add(made: Doc, text: str, style: str = "公文正文") -> Paragraph:
    """One paragraph, with full-width punctuation."""
    return made.add_paragraph(wide(text), style=style)


def table(made: Doc, rows: str, columns: Sequence[Column], kind: str = "表") -> None:
    """A table whose one row is repeated for every `row` of the template's list `rows`.

    The header is repeated on every page. `kind` is "表", or "附表" for the smaller type of annexes.
    """
    grid = made.add_table(rows=4, cols=len(columns), style="Table Grid")
    grid.autofit = False
    for place, (head, key, millimetres) in enumerate(columns):
        body = f"{kind}{'数' if key.startswith('#') else '文'}"
        loop = ("{%tr for row in " + rows + " %}", "{%tr endfor %}") if not place else ("", "")
        texts = (head, loop[0], "{{row." + key.removeprefix("#") + "}}", loop[1])
        for cell, text, style in zip(
            grid.columns[place].cells, texts, (f"{kind}头", body, body, body), strict=True
        ):
            _cell(cell, text, style, millimetres)
        grid.columns[place].width = Mm(millimetres)
    _set_up(grid)


def _set_up(grid: Any) -> None:
    properties = grid._tbl.tblPr
    sides = "".join(f'<w:{side} w:w="60" w:type="dxa"/>' for side in ("left", "right"))
    properties.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"))
    head = grid.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell(cell: Any, text: str, style: str, millimetres: float) -> None:
    cell.width = Mm(millimetres)
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(wide(text))
    cell.vertical_alignment = 1


def _fonts(made: Doc) -> None:
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"modern" if name == FIRST else "roman"}"/><w:pitch w:val="variable"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    latin = f'<w:font w:name="{_LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    part = made.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:fonts {nsdecls('w')}>{entries}{latin}</w:fonts>"
    ).encode()


def _normal(made: Doc) -> None:
    """The style the page's grid counts characters by."""
    _face(made.styles["Normal"], BODY, _BODY_PT)
    made.styles["Normal"].paragraph_format.space_after = Pt(0)


def _style(made: Doc, name: str, font: str, size: float, alignment: WD_ALIGN_PARAGRAPH) -> None:
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Normal"]
    style.quick_style = True
    _face(style, font, size)
    form = style.paragraph_format
    form.alignment = alignment
    form.space_before = form.space_after = Pt(0)
    if name in _COMPACT:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(_COMPACT[name])
        _off_grid(style)
    else:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(34 if name == "公文标题" else _LINE_PT)
        form.keep_with_next = name in _WITH_NEXT
    if size == _BODY_PT:
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), str(_CLOSER))
        style.element.get_or_add_rPr().append(closer)
    if name in _INDENTED:
        # two characters, whatever their size
        indent = style.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(round(_BODY_PT * 2 * 20)))


def _face(style: Any, font: str, size: float) -> None:
    style.font.size = Pt(size)
    style.font.name = _LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:cs"), _LATIN)


def _off_grid(style: Any) -> None:
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().insert(0, off)


def _grid(section: Section) -> None:
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{round(_LINE_PT * 20)}"/>'
    section._sectPr.append(parse_xml(grid))


def _page_numbers(made: Doc) -> None:
    """ "— 1 —" in 4号 Song, right on odd pages and left on even ones."""
    made.settings.odd_and_even_pages_header_footer = True
    section = made.sections[0]
    for footer, right in ((section.footer, True), (section.even_page_footer, False)):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        indent = line.paragraph_format
        setattr(indent, "right_indent" if right else "left_indent", Pt(14))
        for text, field in (("— ", None), ("", "PAGE"), (" —", None)):
            _run(line, text, field)


def _run(line: Paragraph, text: str, field: str | None) -> None:
    run = line.add_run(text)
    run.font.size, run.font.name = Pt(14), "宋体"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    if field is None:
        return
    for kind, inner in (("begin", None), (None, field), ("end", None)):
        if kind is None:
            part = OxmlElement("w:instrText")
            part.text = inner
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
