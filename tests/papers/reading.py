"""What a made paper says: paragraphs and tables of Word files, texts and charts of slides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation


def paragraphs(path: Path) -> list[str]:
    """The paragraphs outside tables, empty ones left out."""
    return [part.text for part in Document(str(path)).paragraphs if part.text]


def tables(path: Path) -> list[list[list[str]]]:
    """Every table as rows of cells, its header first."""
    found = Document(str(path)).tables
    # a cell's text through python-docx costs a walk over the row each time
    return [[[_text(cell) for cell in row._tr.tc_lst] for row in table.rows] for table in found]


def _text(cell: Any) -> str:
    return "".join(part.text or "" for part in cell.iter(qn("w:t")))


def slides(path: Path) -> list[Any]:
    return list(Presentation(str(path)).slides)


def charts(path: Path) -> dict[str, Any]:
    """A slide's heading → its chart."""
    return {
        heading(slide): shape.chart for slide in slides(path) for shape in slide.shapes if shape.has_chart
    }


def heading(slide: Any) -> str:
    return next(
        shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text
    )


def grids(slide: Any) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for shape in slide.shapes
        if shape.has_table
    ]
