"""The program put together: pages, routes, live push and inbox, served by one process."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

import dash
import uvicorn
from dash import html
from fastapi import FastAPI
from rich.console import Console
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components import (
    api,
    campaigns,
    dispatch,
    dispatch_ledger,
    dispatch_routes,
    faults,
    intake,
    intake_draft,
    intake_history,
    intake_load,
    intake_routes,
    leaders,
    leads,
    links,
    lists,
    lists_routes,
    live,
    memory,
    overview,
    papers_page,
    papers_routes,
    parts,
    project,
    project_routes,
    projection,
    score,
    search,
    security,
    shell,
    targets,
    theme,
    upload,
    wall,
    wall_more,
)
from components.ahead import Ahead
from components.live import Broadcaster
from components.pages import Pages
from components.shell import THEME_COOKIE
from components.static_files import Bundles, StaticFiles
from data import demo
from data.inbox import Inbox
from data.settings import PROJECT_DIR, Settings
from data.settings import settings as process_settings
from data.snapshots import SnapshotStore

log = logging.getLogger("guatu")

ASSETS_DIR: Final = PROJECT_DIR / "assets"
PAGES: Final = Pages(
    (
        *overview.PAGES,
        *wall.PAGES,
        *leaders.PAGES,
        *dispatch_ledger.PAGES,
        *dispatch.PAGES,
        *targets.PAGES,
        *campaigns.PAGES,
        *leads.PAGES,
        *score.PAGES,
        *lists.PAGES,
        *projection.PAGES,
        *intake.PAGES,
        *intake_draft.PAGES,
        *intake_history.PAGES,
        *intake_load.PAGES,
        *project.PAGES,
        *papers_page.PAGES,
    )
)
# what every page loads besides Dash: one file each, put together from these of assets/, in this order
BUNDLES: Final = {
    "/assets/guatu.css": ("vendor/bootstrap.min.css", "*.css"),
    "/assets/guatu.js": ("*.js",),
}
# asked for by Dash when the first graph appears on a page, never before: reading it takes a browser 0.2 s
PLOTLY: Final = "vendor/plotly-basic.min.js"

_GRID_SCRIPT: Final = re.compile(r'<script src="[^"]*/dash_ag_grid/[^"]*"></script>\n?')

_INDEX: Final = """<!DOCTYPE html>
<html lang="zh-CN" data-theme="{theme}"{grid}>
<head>{%metas%}<title>{%title%}</title><link rel="icon" href="{icon}">{%css%}</head>
<body>{%app_entry%}<div hidden>{%config%}{%scripts%}{%renderer%}</div></body>
</html>"""


class Screens(dash.Dash):
    """Dash with the visitor's theme in the very first answer."""

    def index(self, *args: Any, **kwargs: Any) -> str:
        """The page's HTML, in the visitor's theme, with the table's script where the page has a table."""
        page = str(super().index(*args, **kwargs))  # type: ignore[no-untyped-call]
        page = page.replace(
            "{theme}", theme_of_request(self, urlsplit(self.backend.request_adapter().url)), 1
        )
        if self._has_grid():
            return page.replace("{grid}", "", 1)
        # assets/shell.js loads the pages that have one anew
        loads_anew = f' data-loads-anew="{escape(PAGES.grid_pattern())}"'
        return _GRID_SCRIPT.sub("", page).replace("{grid}", loads_anew, 1)

    def _generate_scripts_html(self) -> str:
        # Dash puts its table on every page; none of ours has one
        tags = str(super()._generate_scripts_html()).splitlines()  # type: ignore[no-untyped-call]
        return "\n".join(tag for tag in tags if "/dash/dash_table/" not in tag)

    def _has_grid(self) -> bool:
        return PAGES.needs_grid(self.backend.request_adapter().path)

    def _config(self) -> dict[str, Any]:
        # without an address of ours Dash would load all of plotly.js, four times as much
        config = {**super()._config(), "plotlyjs_url": _versioned(PLOTLY)}  # type: ignore[no-untyped-call]
        if not self._has_grid():
            # browsers can hold callbacks against the layouts of all pages only where they know the table
            config |= {"validation_layout": None, "suppress_callback_exceptions": True}
        return config


def theme_of_request(app: dash.Dash, shown: SplitResult | None) -> str:
    """ "dark" or "light": what the address `shown` asks for, else the cookie of this request."""
    asked = links.params(shown.query).get("theme") if shown else None
    return theme.chosen(asked, app.backend.request_adapter().cookies.get(THEME_COOKIE))


def address_of_request(app: dash.Dash) -> SplitResult | None:
    """Where the browser is that asks for the layout, null when it does not say."""
    referrer = app.backend.request_adapter().headers.get("referer")
    return urlsplit(referrer) if referrer else None


def program_fingerprint(folder: Path = PROJECT_DIR) -> str:
    """Changes when the program's own files change; open pages then load themselves anew."""
    digest = hashlib.sha256()
    for path in _program_files(folder):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _program_files(folder: Path) -> Iterator[Path]:
    for part, pattern in (("assets", "*.*"), ("components", "*.py")):
        yield from sorted(path for path in (folder / part).glob(pattern) if path.is_file())


def build(settings: Settings) -> ASGIApp:
    """The whole program as one ASGI application."""
    security.refuse_open_door(settings)
    broadcaster = Broadcaster(settings, program_fingerprint())
    inner = FastAPI(title="挂图", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    faults.install(inner)
    # before Dash, whose catch-all would swallow them
    inner.include_router(live.router(broadcaster))
    inner.include_router(upload.router(settings))
    inner.include_router(intake_routes.router(settings))
    answers = parts.Answers(PAGES)
    inbox = Inbox(settings)
    ahead = Ahead(answers.ahead, lambda: bool(inbox.pending()))
    inner.include_router(parts.router(answers, ahead))
    inner.include_router(wall_more.router())
    inner.include_router(projection.router())
    inner.include_router(dispatch_routes.router())
    inner.include_router(lists_routes.router())
    inner.include_router(papers_routes.router())
    inner.include_router(project_routes.router())
    inner.include_router(search.router(PAGES))
    inner.include_router(api.router())
    bundles = Bundles(ASSETS_DIR, BUNDLES)
    app = screens(inner, broadcaster, bundles)
    files = StaticFiles(RealNotFound(inner), ASSETS_DIR, bundles)
    inner.router.lifespan_context = _lifespan(settings, broadcaster, files, app, ahead)
    return ahead.heard(security.Guard(faults.Readable(files), settings, app.csp_hashes()))


def screens(inner: FastAPI, broadcaster: Broadcaster, bundles: Bundles) -> dash.Dash:
    """The Dash application with every page's wiring checked."""
    app = Screens(
        "guatu",
        server=inner,  # type: ignore[arg-type]  # an application is taken too
        assets_folder=str(ASSETS_DIR),
        assets_ignore=".*",
        pages_folder="",
        use_pages=False,
        # a browser asks for its icon at every change of the address, unless it may keep it
        index_string=_INDEX.replace("{icon}", _versioned("icon.svg")),
        title="挂图",
        update_title="",
        on_error=shell.tell_fault,
        external_stylesheets=[bundles.address(name) for name in bundles.names(".css")],
        external_scripts=[bundles.address(name) for name in bundles.names(".js")],
    )
    # our own socket carries the push (components/live.py); Dash's would be a second, unused connection
    app.backend.websocket_capability = False
    shell.install(PAGES)

    def layout() -> Any:
        shown = address_of_request(app)
        return shell.layout(asdict(broadcaster.state), theme_of_request(app, shown), shown)

    # every id of every page, so that a callback to a missing one is an error at start-up
    app.validation_layout = html.Div(  # type: ignore[assignment]  # declared without a type there
        [shell.layout(asdict(broadcaster.state), "light"), *(page.layout() for page in PAGES.all)]
    )
    app.layout = layout
    return app


def _versioned(name: str) -> str:
    return f"/assets/{name}?m={int((ASSETS_DIR / name).stat().st_mtime)}"


class RealNotFound:
    """Addresses that mean no page answer 404 instead of Dash's 200; the page says so in words."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and not self._is_known(scope["path"]):
            send = _with_status(send, 404)
        await self._app(scope, receive, send)

    @staticmethod
    def _is_known(path: str) -> bool:
        return path.startswith(("/_", "/api/", "/assets/")) or PAGES.match(path) is not None


def _with_status(send: Send, status: int) -> Send:
    async def with_status(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            message["status"] = status
        await send(message)

    return with_status


def _lifespan(
    settings: Settings, broadcaster: Broadcaster, files: StaticFiles, app: dash.Dash, ahead: Ahead
) -> Any:
    """Background work from start to stop: the inbox, the live push, what pages load, what they lead to."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        stop = asyncio.Event()
        memory.keep_program()
        tasks = [
            asyncio.create_task(_kept_alive("收件", lambda: Inbox(settings).run(stop))),
            asyncio.create_task(_kept_alive("推送", broadcaster.run)),
            asyncio.create_task(_kept_alive("预先绘制", ahead.run)),
            asyncio.create_task(files.warm(first_files(app))),
        ]
        yield
        stop.set()
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    return lifespan


async def _kept_alive(name: str, work: Any) -> None:
    """Run background work for ever: a fault is logged and the work started again."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("%s中断,5 秒后重新开始", name)
        await asyncio.sleep(5)


def first_files(app: dash.Dash) -> list[str]:
    """Addresses of the scripts and styles a page loads first."""
    tags = app._generate_scripts_html() + app._generate_css_dist_html()  # type: ignore[no-untyped-call]
    return re.findall(r'(?:src|href)="([^"?]+)', tags)


def serve(settings: Settings | None = None) -> None:
    """Serve until stopped; a demo city is built first where nothing was ever published."""
    chosen = settings or process_settings()
    console = Console()
    security.refuse_open_door(chosen)
    # also mends a damaged pointer, before anything reads it
    SnapshotStore(chosen.snapshots_dir).clean_leftovers()
    if demo.wanted(chosen) and not Inbox(chosen).pending():
        with console.status("还没有数据,正在生成演示城市…"):
            demo.build(chosen, furnished=True)
    console.print(f"挂图已启动:http://{chosen.host}:{chosen.port}", highlight=False)
    console.print(f"台账放入:{chosen.inbox_dir}", highlight=False)
    uvicorn.run(
        build(chosen),
        host=chosen.host,
        port=chosen.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
        proxy_headers=False,
    )
