"""What is around every page: header bar, filter line, banner, footer, and the stores pages listen to."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import SplitResult

from dash import (
    ClientsideFunction,
    Input,
    Output,
    callback,
    clientside_callback,
    dcc,
    html,
    no_update,
    set_props,
)
from dash.development.base_component import Component

from components import filters, formats, ids, links, markup, search
from components.attributes import aria, data, json_text
from components.live import LIVE_PATH
from components.pages import Pages, Parts
from data.errors import GuatuError
from data.query import queries
from data.settings import settings

log = logging.getLogger("guatu.shell")

# read by the server so that the first paint has the right colours; assets/theme.js writes it
THEME_COOKIE: Final = "guatu_theme"

# the class of the frame
FRAME: Final = "shell"
# what a part that failed says
NOT_SHOWN: Final = "有一处画面没有更新:程序出错,已写入日志。请刷新页面;仍不行请联系管理员。"

_pages: list[Pages] = []


def install(pages: Pages) -> None:
    """Name the pages of this process; the router and the header bar use them."""
    _pages[:] = [pages]


def filters_apply(pathname: str) -> bool:
    """Whether the page at this address listens to the filters."""
    found = _pages[0].match(pathname)
    return found is not None and found[0].filters


def layout(state: Mapping[str, Any], theme: str, address: SplitResult | None = None) -> Component:
    """The whole screen; `state` is what is current, as pushed later by the socket.

    With the `address` the browser shows, the page of it is there at once; else it comes by `show_page`.
    """
    page, title, look, given = None, None, FRAME, {}
    if address is not None:
        page, title, look = page_of(address.path)
        # the browser's own words, so that dcc.Location finds nothing to tell and `show_page` isn't asked
        given = {"pathname": address.path, "search": f"?{address.query}" if address.query else ""}
    return html.Div(
        [
            dcc.Location(ids.LOCATION, refresh="callback-nav", **given),
            dcc.Store(ids.VERSION, data={"version": state["version"], "as_of": state["as_of"]}),
            dcc.Store(ids.INBOX, data=state["inbox"]),
            dcc.Store(ids.THEME, data=theme),
            _bar(title, state),
            html.Div(
                markup.part(ids.FILTERS, "filters"), className="slot", role="search", **aria(label="筛选")
            ),
            html.Div(id=ids.NOTICE, className="refused-line", role="status", **data(markup="")),
            html.Div(
                _first_banner(address), id=ids.BANNER, className="banner", role="status", **data(markup="")
            ),
            html.Div(id=ids.FAULT, className="fault", role="alert"),
            html.Div(id=ids.FAULT_TOLD, className="fault", role="alert"),
            markup.part(ids.NO_DATA, "no-data"),
            html.Div(page, id=ids.PAGE, className="page"),
            html.Footer(
                [
                    html.Span(id=ids.FOOTER),
                    # of the page as it is printed, the browser makes the PDF
                    html.Button("打印本页", id=ids.PRINT, className="print-button"),
                ],
                className="footer",
            ),
        ],
        id=ids.SHELL,
        className=look,
    )


def _bar(title: str | None, state: Mapping[str, Any]) -> Component:
    return html.Header(
        [
            html.H1(title, id=ids.TITLE, className="visually-hidden"),
            html.Div(dcc.Link(f"挂图 · {settings().city}", href="/"), className="bar-title"),
            html.Nav(id=ids.NAVIGATION, **aria(label="主导航"), **data(markup="")),
            html.Div(
                [
                    # outermost, where it moves nothing when it comes
                    html.Span(id=ids.FRESHNESS, **data(markup="")),
                    search.button(),
                    _live_dot(state),
                    html.Button(
                        [
                            html.Span("深色", className="to-dark"),
                            html.Span("浅色", className="to-light"),
                        ],
                        id=ids.THEME_SWITCH,
                        className="switch",
                        title="切换浅色与深色",
                    ),
                ],
                className="bar-right",
            ),
        ],
        className="bar",
    )


def _first_banner(address: SplitResult | None) -> list[Component]:
    """The banner a page begins with, as `frame` will say it: a line coming later moves all below."""
    if address is None:
        return []
    asked = filters.parse(address.query)["as_of"]
    if not queries().shows_demo(date.fromisoformat(asked) if asked else None):
        return bad_address(address.query)
    return banner(demo=True, search=address.query)


def _live_dot(state: Mapping[str, Any]) -> html.Span:
    return html.Span(
        "连接中",
        id=ids.LIVE,
        className="live",
        role="status",
        **data(
            state="connecting",
            path=LIVE_PATH,
            version_store=ids.VERSION,
            inbox_store=ids.INBOX,
            version=state["version"] or "",
            as_of=state["as_of"],
            inbox=state["inbox"],
            notice=json_text(state.get("notice")),
            notice_place=ids.NOTICE,
            program=state["program"],
        ),
    )


@callback(
    Output(ids.PAGE, "children"),
    Output(ids.TITLE, "children"),
    Output(ids.SHELL, "className"),
    Input(ids.LOCATION, "pathname"),
    prevent_initial_call=True,
)
async def show_page(pathname: str) -> tuple[Any, str, str]:
    """The page of this address, its title, and the class of the frame around it."""
    return page_of(pathname)


def page_of(pathname: str) -> tuple[Any, str, str]:
    """The page of an address, still without figures, its title, and the class of the frame around it."""
    found = _pages[0].match(pathname)
    if found is None:
        return not_found(), "没有这个页面", FRAME
    page, variables = found
    return page.layout(**variables), page.title, f"{FRAME} of-{page.look}" if page.look else FRAME


async def frame(pathname: str, search: str) -> Parts:
    """Everything around the page at this address: bar, banner, foot, and the way to a first snapshot."""
    fresh, lines, foot = await _current(search)
    empty = filters_apply(pathname) and queries().version() is None
    shown = {
        ids.NAVIGATION: navigation(_pages[0], pathname, search),
        ids.FRESHNESS: fresh,
        ids.BANNER: lines,
        ids.FOOTER: foot,
        ids.NO_DATA: no_snapshot() if empty else None,
    }
    return {place: markup.html_of(part) for place, part in shown.items()}


def navigation(pages: Pages, pathname: str, search: str | None) -> list[Component]:
    """The words of the header bar, the section of `pathname` marked."""
    found = pages.match(pathname)
    here = None if found is None else found[0].section or found[0].path
    kept = filters.only(search)
    return [
        dcc.Link(
            page.navigation,
            href=page.path + (kept if page.filters else ""),
            className="on" if page.path == here else "",
        )
        for page in pages.all
        if page.navigation
    ]


def tell_fault(fault: Exception) -> Any:
    """A callback that failed says so on screen, in one sentence; the part keeps what it showed."""
    if not isinstance(fault, GuatuError):
        log.error("回调出错", exc_info=fault)
        set_props(ids.FAULT, {"children": NOT_SHOWN})
    elif queries().version() is not None:
        set_props(ids.FAULT, {"children": str(fault)})
    return no_update


async def _current(search: str) -> tuple[Any, list[Component], str | None]:
    """What the figures on screen stand for: in the bar, in the banner, and at the foot."""
    params = filters.parse(search)
    if queries().version() is None:
        return "尚无数据", bad_address(search), None
    frame = await queries().ask("freshness", as_of=params["as_of"])
    if frame.is_empty():
        return "尚无数据", bad_address(search), None
    row = frame.row(0, named=True)
    told = [*freshness(row, params["as_of"]), *way_out(row, params["as_of"])]
    return told, banner(row["demo"], search), footer(row)


def freshness(row: Mapping[str, Any], asked: str | None) -> list[Component | str]:
    """ "数据截至 11月22日 周日 · 第2版", with a warning when the figures are not today's."""
    words: list[Component | str] = [
        "数据截至 ",
        html.B(formats.day(row["snapshot_date"])),
        f" · 第{row['revision']}版",
    ]
    if asked is not None:
        words.append(html.Span(f" · 回看 {formats.short_day(date.fromisoformat(asked))}", className="stale"))
    elif row["days_behind"]:
        words.append(html.Span(f" · 已{row['days_behind']}天未更新", className="stale"))
    return [*words, *_left_out(row)]


def way_out(row: Mapping[str, Any], asked: str | None) -> list[Component]:
    """What to do about figures that are not today's: where new ones are reported."""
    if asked is not None or not row["days_behind"]:
        return []
    return [dcc.Link("去报送 ›", href=links.intake(), className="stale to-report")]


def _left_out(row: Mapping[str, Any]) -> list[Component]:
    """What the snapshot says less than its file should: rows held back, projects nobody reported."""
    told = (("held_back", "行未采用"), ("not_updated", "个项目未更新"))
    lacking = [f" · {formats.count(row[name])} {words}" for name, words in told if row[name]]
    return [html.Span(words, className="stale") for words in lacking]


def banner(demo: bool, search: str | None) -> list[Component]:
    """Sentences staff must not miss: demo data, an address that names no day."""
    lines = bad_address(search)
    if demo:
        lines.append(
            html.P(
                [
                    html.B("演示数据"),
                    ":当前显示的是演示城市。把台账放进收件文件夹,或在",
                    dcc.Link("报送页", href=links.intake()),
                    "上传,挂图即换成本单位的数据。",
                ]
            )
        )
    return lines


def bad_address(search: str | None) -> list[Component]:
    """A sentence for an address whose day can't be read, nothing otherwise."""
    text = filters.bad_date(search)
    if text is None:
        return []
    return [html.P(f"地址中的日期“{text}”无法识别,应为 2026-11-22 这样的日期;现显示最新数据。")]


def footer(row: Mapping[str, Any]) -> str:
    """The file the figures come from and how far the holiday calendar reaches."""
    return (
        f"来源 {formats.text(row['source_name'])} · {formats.count(row['projects'])} 个项目,"
        f"{formats.count(row['nodes'])} 条节点 · 法定节假日与调休已计至 "
        f"{formats.day(row['calendar_known_until'], with_year=True)[:-3]},此后工作日只除周末"
    )


def not_found() -> Component:
    """The page of an address that means nothing."""
    return html.Section(
        [
            html.H2("没有这个页面"),
            html.P("地址可能写错了,或者项目已从清单中移出。"),
            html.P(dcc.Link("回到总览", href="/", className="chip on")),
        ],
        className="notice",
    )


def no_snapshot() -> Component:
    """What a page shows before the first ledger was published."""
    return html.Section(
        [
            html.H2("还没有数据"),
            html.P("把当天的台账(.xlsx、.csv 或 .parquet)放进收件文件夹,一两秒后这里自动出图。"),
            html.P(["收件文件夹:", html.Code(str(settings().inbox_dir))]),
            html.P(["也可以在", dcc.Link("报送页", href=links.intake()), "上传。"]),
        ],
        className="notice",
    )


clientside_callback(
    ClientsideFunction("theme", "turn"),
    Output(ids.THEME, "data"),
    Input(ids.THEME_SWITCH, "n_clicks"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("shell", "setTitle"),
    Output(ids.TITLE, "data-done"),
    Input(ids.TITLE, "children"),
)
