"""A template filled in: the paper as a Word file; what is wrong in an office's own template is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from docx.document import Document as Doc
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from components.papers.templates import path_of
from data.errors import ConfigurationError

_BREAKS: Final = ("\t", "\n", "\a", "\f")
_PARAGRAPH: Final = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_UNREADABLE: Final = (TemplateError, PackageNotFoundError, BadZipFile, KeyError, ValueError)


class _Template(DocxTemplate):  # type: ignore[misc]
    """A template whose breaks are put in where there are any: annexes have ten thousands of paragraphs."""

    def resolve_listing(self, xml: str) -> str:
        """The XML with tabs, lines and pages broken as the texts say."""
        whole = super().resolve_listing

        def broken(found: re.Match[str]) -> str:
            paragraph = found[0]
            return str(whole(paragraph)) if any(mark in paragraph for mark in _BREAKS) else paragraph

        return _PARAGRAPH.sub(broken, xml)


def fill(name: str, context: Mapping[str, Any], target: Path) -> Path:
    """The template of this name with these words in it, at `target`.

    ConfigurationError names the template and what is wrong in it: an unknown name, a part without its end.
    """
    source = path_of(name)
    try:
        paper = _Template(str(source))
        paper.render(dict(context), SandboxedEnvironment(undefined=StrictUndefined, autoescape=True))
    except _UNREADABLE as fault:
        raise ConfigurationError(
            f"文书模板 {source} 套不出来({fault});请改正,或删去它用程序自带的模板。"
        ) from fault
    _drop_empty_section(paper.docx)
    paper.docx.core_properties.title = target.stem
    paper.docx.core_properties.author = ""
    paper.save(str(target))
    return target


def _drop_empty_section(made: Doc) -> None:
    """A last section that holds nothing would be an empty page; the one before it becomes the last."""
    body = made.element.body
    parts = list(body)
    breaks = [
        place
        for place, part in enumerate(parts)
        if part.find(f".//{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    ]
    if not breaks or any(part.findall(f".//{qn('w:t')}") for part in parts[breaks[-1] + 1 :]):
        return
    last = parts[breaks[-1]].find(f".//{qn('w:sectPr')}")
    for part in parts[breaks[-1] :]:
        body.remove(part)
    body.append(last)
