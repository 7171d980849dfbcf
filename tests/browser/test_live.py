"""A dropped file reaches every open page; an outage is shown and healed without anybody's help."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from data.contract import PROJECTS
from tests.browser.conftest import Watch
from tests.browser.test_overview import opened
from tests.program import Program

pytestmark = pytest.mark.browser


def drop(server: Program, name: str, rows: list[dict[str, str]]) -> Path:
    """Put a project ledger into the inbox the way a copy does: under another name first."""
    headers = [column.header for column in PROJECTS.columns]
    server.inbox.mkdir(exist_ok=True)
    temporary = server.inbox / f".{name}.tmp"
    with temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headers)
        writer.writeheader()
        writer.writerows(rows)
    target = server.inbox / name
    temporary.replace(target)
    return target


def three_projects() -> list[dict[str, str]]:
    """Three projects, one of them started."""
    return [
        {"项目编号": f"X{n}", "项目名称": f"第{n}号工程", "县区/园区": "东山县", "建设性质": "新建",
         "计划开工": "2026-10-01", "实际开工": "2026-10-08" if n == 1 else ""}
        for n in (1, 2, 3)
    ]  # fmt: skip


def test_two_open_pages_change_when_a_file_is_dropped(
    page: Page, context: BrowserContext, watch: Watch, own_server: Program
) -> None:
    other = context.new_page()
    watch.follow(other)
    opened(page, own_server, "/?kind=新建")
    opened(other, own_server)
    before = page.locator(".bar-right").inner_text()
    drop(own_server, "今日台账.csv", three_projects())
    for shown in (page, other):
        expect(shown.locator(".gauge-card").first).to_contain_text("1/3 个")
        expect(shown.locator(".banner")).not_to_contain_text("演示数据")
        expect(shown.locator(".bar-right")).to_contain_text(re.compile("数据截至 11月22日"))
    assert "kind=" in page.url
    assert "第1版" in before


def test_scroll_stays_when_figures_are_redrawn(page: Page, own_server: Program) -> None:
    page.set_viewport_size({"width": 1366, "height": 400})
    opened(page, own_server)
    page.evaluate("window.scrollTo(0, 200)")
    card = page.locator(".gauge-card").first
    before = card.bounding_box()
    drop(own_server, "今日台账.csv", three_projects())
    expect(card).to_contain_text("1/3 个")
    # the demo's banner goes; what is being read stays where it was
    expect(page.locator(".banner")).to_be_empty()
    after = card.bounding_box()
    assert before is not None
    assert after is not None
    # scroll positions are whole pixels, boxes are not
    assert after["y"] == pytest.approx(before["y"], abs=1)


def test_a_refused_file_leaves_the_wall_as_it_is(page: Page, own_server: Program) -> None:
    opened(page, own_server)
    (own_server.inbox / "坏文件.xlsx").write_bytes(b"this is no workbook")
    page.goto(own_server.url + "/intake")
    expect(page.locator(".intake-refused")).to_contain_text("坏文件.xlsx")
    assert (own_server.inbox / "已退回").exists()
    page.goto(own_server.url + "/")
    expect(page.locator(".gauge-card").first).to_contain_text("134/354 个")


def test_the_dot_tells_an_outage_and_the_page_comes_back(
    page: Page, watch: Watch, own_server: Program
) -> None:
    opened(page, own_server)
    own_server.stop()
    expect(page.locator(".live")).to_have_text("正在重连")
    drop(own_server, "停机期间.csv", three_projects())
    own_server.start()
    expect(page.locator(".live")).to_have_text("实时")
    expect(page.locator(".gauge-card").first).to_contain_text("1/3 个")
    # the browser itself reports the refused connections of the outage
    watch.faults[:] = [fault for fault in watch.faults if "ERR_CONNECTION_REFUSED" not in fault]


def test_what_an_outage_left_unanswered_is_asked_again(page: Page, watch: Watch, own_server: Program) -> None:
    opened(page, own_server)
    # the page hears of the new snapshot, its questions about it are lost
    page.route("**/api/parts**", lambda route: route.abort())
    with page.expect_request("**/api/parts**"):
        drop(own_server, "今日台账.csv", three_projects())
    own_server.stop()
    expect(page.locator(".live")).to_have_text("正在重连")
    page.unroute("**/api/parts**")
    own_server.start()
    expect(page.locator(".gauge-card").first).to_contain_text("1/3 个")
    lost = ("net::ERR_", "the server did not respond")
    watch.faults[:] = [fault for fault in watch.faults if not any(words in fault for words in lost)]
