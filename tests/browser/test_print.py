"""Pages on paper: few sheets, black on white in either theme, head and cut-off on the first, no controls."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.every_page import shown
from tests.program import Program

pytestmark = pytest.mark.browser

# path → the word at its head and the most sheets it takes across A4 and A3
SHEETS = {
    "/": ("总览", 3, 3),
    "/timeline": ("倒排工期", 5, 5),
    "/leaders": ("包保", 8, 7),
    "/leaders/<leader>": ("包保", 3, 2),
    "/project/<project_id>": ("倒排工期", 2, 2),
    "/dispatch/<rhythm>": ("调度", 13, 9),
    "/targets": ("目标", 6, 4),
    "/targets/leads": ("目标", 3, 2),
    "/lists/<name>": ("清单", 9, 6),
}
# what an upright A4 sheet and one across leave between their margins, px
A4_WIDTHS = (702, 1031)
CLICKABLE = ".switch, .search-open, .wall-tools .wall-choice, .filters .pill:not(.on), .live"


def sheets(page: Page, paper: str) -> list[str]:
    """The text of each sheet; fonts name some characters by their look-alikes among the radicals."""
    printed = PdfReader(io.BytesIO(page.pdf(format=paper, landscape=True)))
    return [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in printed.pages]


@pytest.mark.parametrize("path", SHEETS)
def test_a_page_fits_few_sheets_and_says_whose_figures_they_are(
    page: Page, server: Program, path: str
) -> None:
    word, on_a4, on_a3 = SHEETS[path]
    page.emulate_media(color_scheme="dark")
    shown(page, path, server)
    for paper, most in (("A4", on_a4), ("A3", on_a3)):
        told = sheets(page, paper)
        assert len(told) <= most, (paper, len(told))
        for words in ("挂图", "数据截至", "11月22日", word):
            assert words in told[0], (paper, words)
        # no sheet is nearly empty, but the last may be short
        assert all(len(text) > 60 for text in told[:-1]) and told[-1].strip(), [len(text) for text in told]


@pytest.mark.parametrize("path", ["/targets/campaigns", "/targets/score", "/papers", "/dispatch/<rhythm>"])
def test_nothing_sticks_out_of_a_sheet(page: Page, server: Program, path: str) -> None:
    shown(page, path, server)
    page.emulate_media(media="print")
    for width in A4_WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_foot_of_a_page_prints_it(page: Page, server: Program) -> None:
    shown(page, "/", server)
    page.evaluate("window.print = () => { window.sheets = document.querySelectorAll('.card').length }")
    page.get_by_role("button", name="打印本页").click()
    assert page.evaluate("window.sheets") > 4


def test_a_list_is_a_plain_table_on_paper(page: Page, server: Program) -> None:
    shown(page, "/lists/visits", server)
    expect(page.locator(".list-line")).to_contain_text("数据截至")
    told = " ".join(sheets(page, "A4"))
    assert len(re.findall(r"2026-1\d-\d\d", told)) >= 40
    expect(page.locator(".list-paper")).to_have_count(0)


def test_a_dark_screen_prints_on_white_without_controls(page: Page, server: Program) -> None:
    shown(page, "/", server)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
    assert paper == "#ffffff"
    assert page.locator(CLICKABLE).filter(visible=True).count() == 0
    assert page.locator(".bar nav a").filter(visible=True).all_inner_texts() == ["总览"]
