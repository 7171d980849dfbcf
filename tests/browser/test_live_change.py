"""New figures on every screen: what changed glows once and says what it was, the rest stands still."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.every_page import address, shown
from tests.program import Program

pytestmark = pytest.mark.browser

# a page and the figure on it that changes
PLACES = [
    ("/timeline", ".wall-left[data-project] .wall-float"),
    ("/project/<project_id>", ".node-left > .node-float"),
    ("/targets", "tbody td.n"),
    ("/dispatch", "tbody td.n"),
]
# the part is put once more as it was, then with other digits in one place: [what stood there, what stands]
NEWS = """(selector) => {
    window.shifts = [];
    new PerformanceObserver((seen) => window.shifts.push(...seen.getEntries().map((one) => one.value)))
        .observe({ type: "layout-shift" });
    const place = [...document.querySelectorAll(selector)].find((one) => /\\d/.test(one.textContent))
        .closest("[data-markup]");
    const html = place.innerHTML;
    place.innerHTML = html;
    const again = document.createElement("div");
    again.innerHTML = html;
    const figure = [...again.querySelectorAll(selector)].find((one) => /\\d/.test(one.textContent));
    const was = figure.textContent;
    figure.textContent = was.replace(/\\d/g, (digit) => (Number(digit) + 1) % 10);
    place.innerHTML = again.innerHTML;
    return [was, figure.textContent];
}"""


@pytest.mark.parametrize(("path", "figure"), PLACES, ids=[path for path, _ in PLACES])
def test_what_changed_says_what_it_was(page: Page, server: Program, path: str, figure: str) -> None:
    shown(page, path, server)
    expect(page.locator(figure).first).to_be_attached()
    was, now = page.evaluate(NEWS, figure)
    said = page.locator(".live-was")
    expect(said).to_have_count(1)
    expect(said).to_contain_text(was)
    expect(page.locator(".live-changed")).to_have_count(1)
    expect(page.locator(".live-new")).to_have_count(0)
    expect(page.locator(".live-changed")).to_contain_text(now)
    # other digits of another width move their own neighbours by a hair; what is said about them moves nothing
    assert sum(page.evaluate("window.shifts")) < 0.001


def test_who_wants_no_motion_sees_an_outline(chromium: Browser, server: Program) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.url + address("/timeline", server))
    expect(page.locator(".wall-float").first).to_be_visible()
    page.evaluate(NEWS, ".wall-left[data-project] .wall-float")
    changed = page.locator(".live-changed")
    expect(changed).to_have_css("animation-name", "none")
    expect(changed).to_have_css("outline-style", "solid")
    context.close()


def test_new_figures_do_not_swallow_a_click(page: Page, server: Program) -> None:
    shown(page, "/", server)
    link = page.locator(".page [data-markup] a[href^='/project/']").first
    place = link.evaluate("(node) => node.closest('[data-markup]').id")
    link.hover()
    page.mouse.down()
    page.evaluate("(id) => window.markup.put(id, document.getElementById(id).innerHTML + '<i>新</i>')", place)
    page.mouse.up()
    page.wait_for_url("**/project/**")


def test_what_is_pressed_is_exchanged_when_it_is_let_go(page: Page, server: Program) -> None:
    shown(page, "/", server)
    note = page.locator(".gauge-card .gauge-body .base").first
    place = note.evaluate("(node) => node.closest('[data-markup]').id")
    # the page puts what the server told in its place again, at once
    page.evaluate("""() => new MutationObserver((told) => {
        const added = told.flatMap((one) => [...one.addedNodes]);
        window.exchanged ||= added.some((node) => node.matches?.('.exchanged'));
    }).observe(document.body, { childList: true, subtree: true })""")
    note.hover()
    page.mouse.down()
    page.evaluate("(id) => window.markup.put(id, '<i class=exchanged>新</i>')", place)
    assert not page.evaluate("window.exchanged")
    page.mouse.up()
    page.wait_for_function("window.exchanged")
