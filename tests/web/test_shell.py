"""Addresses, filters, header bar and what is current: the parts every page shares."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from dash import html

from components import ids, live, server, shell, theme, wall
from components.pages import Page, Pages
from components.refused_notice import notice
from components.static_files import Bundles
from data import demo
from data.journal import Outcome
from data.query import Queries
from data.settings import PROJECT_DIR
from data.snapshots import SnapshotStore
from tests.web.support import settings
from tests.web.test_overview_parts import words

PAGES = Pages(
    (
        Page("/", "总览", html.Div, navigation="总览"),
        Page("/leaders", "包保", html.Div, navigation="包保"),
        Page("/leaders/<leader>", "包保", html.Div, section="/leaders"),
        Page("/intake", "报送", html.Div, navigation="报送", filters=False),
    )
)


def test_an_address_means_one_page() -> None:
    found = PAGES.match("/leaders/%E9%A2%86%E5%AF%BC%2F01")
    assert found is not None
    assert found[1] == {"leader": "领导/01"}
    assert PAGES.match("/leaders/a/b") is None
    assert PAGES.match("/nothing") is None
    assert PAGES.match("/leaders/") == (PAGES.all[1], {})


def test_the_header_bar_marks_the_section_and_keeps_the_filters() -> None:
    bar = shell.navigation(PAGES, "/leaders/x", "?region=a&zoom=year")
    assert [link.children for link in bar] == ["总览", "包保", "报送"]
    assert [link.className for link in bar] == ["", "on", ""]
    assert [link.href for link in bar] == ["/?region=a", "/leaders?region=a", "/intake"]


@pytest.mark.parametrize(
    ("asked", "remembered", "shown"),
    [
        (None, None, "light"),
        (None, "dark", "dark"),
        ("light", "dark", "light"),
        ("dark", None, "dark"),
        ("purple", "dark", "dark"),
        ("purple", "purple", "light"),
    ],
)
def test_the_address_chooses_the_theme_before_the_cookie_does(
    asked: str | None, remembered: str | None, shown: str
) -> None:
    assert theme.chosen(asked, remembered) == shown


def test_old_figures_lead_to_where_new_ones_are_reported() -> None:
    assert [link.href for link in shell.way_out(current(days_behind=2), None)] == ["/intake"]
    assert shell.way_out(current(days_behind=0), None) == []
    assert shell.way_out(current(days_behind=2), "2026-11-20") == []


def current(**changes: object) -> dict[str, object]:
    row = {
        "snapshot_date": date(2026, 11, 20), "revision": 2, "days_behind": 2, "demo": False,
        "source_name": "台账.xlsx", "projects": 354, "nodes": 3799,
        "calendar_known_until": date(2026, 12, 31), "held_back": 0, "not_updated": 0,
    }  # fmt: skip
    return row | changes


def test_what_the_figures_stand_for_is_always_told() -> None:
    assert words(shell.freshness(current(), None)) == "数据截至 11月20日 周五 · 第2版 · 已2天未更新"
    assert words(shell.freshness(current(days_behind=0), None)) == "数据截至 11月20日 周五 · 第2版"
    assert words(shell.freshness(current(), "2026-11-20")).endswith("回看 11月20日")
    lacking = words(shell.freshness(current(days_behind=0, held_back=3, not_updated=1200), None))
    assert lacking.endswith("第2版 · 3 行未采用 · 1,200 个项目未更新")
    assert "2026年12月31日,此后工作日只除周末" in shell.footer(current())
    assert shell.banner(demo=False, search="") == []
    assert "演示数据" in words(shell.banner(demo=True, search=""))


def test_ids_are_made_once() -> None:
    with pytest.raises(ValueError, match="重复"):
        ids.new("shell", "location")


def test_tokens_and_their_python_mirror_are_equal() -> None:
    text = (PROJECT_DIR / "assets" / "tokens.css").read_text(encoding="utf-8")
    light, dark = re.split(r'\[data-theme="dark"\]', text)
    for css, colours in ((light, theme.LIGHT), (dark, theme.DARK)):
        written = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", css))
        for name, colour in colours.tokens().items():
            assert written[name] == colour, name


def test_graphs_have_no_way_out() -> None:
    for config in (theme.GRAPH_CONFIG, theme.STATIC_CONFIG):
        assert config["showSendToCloud"] is False
        assert config["displaylogo"] is False
        assert config["plotlyServerURL"] == ""
        assert config["locale"] == "zh-CN"


def test_a_known_address_brings_its_page_with_the_first_answer() -> None:
    shell.install(server.PAGES)
    state = {"version": None, "as_of": "2026-11-22", "inbox": "", "program": ""}
    asked = shell.layout(state, "light", urlsplit("http://127.0.0.1/timeline?region=%E7%94%B2"))
    assert asked[ids.LOCATION].pathname == "/timeline"
    assert asked[ids.LOCATION].search == "?region=%E7%94%B2"
    assert asked[ids.TITLE].children == "倒排工期"
    assert f'id="{wall.SIDE}"' in getattr(asked[ids.PAGE].children, "data-whole")
    unknown = shell.layout(state, "light")
    assert unknown[ids.PAGE].children is None
    assert not hasattr(unknown[ids.LOCATION], "pathname")


def test_own_files_are_one_style_sheet_and_one_script(tmp_path: Path) -> None:
    for name, text in (("b.css", "b{}"), ("a.css", "a{}"), ("x.js", "x()")):
        (tmp_path / name).write_text(text)
    bundles = Bundles(tmp_path, {"/assets/all.css": ("b.css", "a.css"), "/assets/all.js": ("*.js",)})
    assert bundles.read("/assets/all.css") == (b"b{}\na{}", "text/css")
    assert bundles.names(".js") == ["/assets/all.js"]
    assert bundles.changed("/assets/x.js") is None
    assert bundles.address("/assets/all.js").startswith("/assets/all.js?m=")


@pytest.mark.parametrize("folder", ["assets"])
def test_our_own_files_name_no_other_host(folder: str) -> None:
    for path in (PROJECT_DIR / folder).glob("*.*"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//[a-z0-9-]+\.[a-z]{2,}/", text), path.name


def test_only_addresses_of_pages_with_a_table_are_loaded_anew() -> None:
    pages = Pages((*PAGES.all, Page("/lists/<name>", "清单", html.Div, grid=True)))
    assert pages.needs_grid("/lists/problems")
    assert not pages.needs_grid("/leaders/x")
    assert not pages.needs_grid("/nothing")
    pattern = re.compile(pages.grid_pattern())
    assert all(pattern.search(path) for path in ("/lists/a", "/lists/a/"))
    assert not any(pattern.search(path) for path in ("/lists", "/lists/a/b", "/"))


def outcome(name: str, accepted: bool, load_id: str | None) -> Outcome:
    return Outcome(name, datetime(2026, 11, 22, 8, 30, tzinfo=UTC), accepted, None, "", load_id=load_id)


def test_the_last_file_is_told_when_it_was_sent_back() -> None:
    refused, accepted = outcome("坏.xlsx", False, "20261122-083000-aaaaaa"), outcome("好.xlsx", True, "x")
    told = notice([refused, accepted])
    assert told is not None
    assert (told.key, told.href) == ("20261122-083000-aaaaaa", "/intake/load/20261122-083000-aaaaaa")
    assert told.words == "“坏.xlsx”11月22日 08:30 已退回,挂图未变。"
    assert notice([accepted, refused]) is None
    assert notice([outcome("占用.xlsx", False, None), accepted]) is None
    assert notice([]) is None


def test_the_program_fingerprint_follows_its_files(tmp_path: Path) -> None:
    for part in ("assets", "components"):
        (tmp_path / part).mkdir()
    (tmp_path / "assets" / "a.css").write_text("a{}")
    before = server.program_fingerprint(tmp_path)
    assert server.program_fingerprint(tmp_path) == before
    (tmp_path / "assets" / "a.css").write_text("b{}")
    assert server.program_fingerprint(tmp_path) != before


async def next_version(listener: AsyncIterator[live.State]) -> str:
    """The first version told; heartbeats and other news without one are passed over."""
    async for state in listener:
        if state.version:
            return state.version
    raise AssertionError("the listener ended")


def test_everyone_waiting_is_told_of_a_new_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = settings(tmp_path)
    monkeypatch.setattr(live, "queries", lambda: Queries(office))

    async def story() -> list[str]:
        broadcaster = live.Broadcaster(office)
        listeners = [broadcaster.states() for _ in range(50)]
        assert {(await anext(listener)).version for listener in listeners} == {None}
        waiting = [asyncio.ensure_future(next_version(listener)) for listener in listeners]
        watching = asyncio.create_task(broadcaster.run())
        await asyncio.to_thread(demo.build, office, projects=10, days=1)
        told = await asyncio.wait_for(asyncio.gather(*waiting), 60)
        watching.cancel()
        return told

    assert set(asyncio.run(story())) == {str(SnapshotStore(office.snapshots_dir).current())}


def test_the_pushed_state_is_what_the_page_understands(tmp_path: Path) -> None:
    script = (PROJECT_DIR / "assets" / "shell.js").read_text(encoding="utf-8")
    for name in ("version", "as_of", "inbox", "program", "notice"):
        assert f"now.{name}" in script
        assert name in json.dumps(live.State("v", "d", "i", "p").__dict__)
