"""The building site: its stream while it plays (assets/site.js), else its newest photo, else nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import aria, data
from data import photos, video
from data.photos import Photo
from data.settings import PROJECT_DIR, settings
from data.video import Stream

PLAYER: Final = "vendor/hls.light.min.js"


def of_card(card: Mapping[str, Any], projected: bool = False) -> list[Component]:
    """The site of a project's row of `project_card`; nothing where it has neither stream nor photo."""
    office = settings()
    stream = video.stream(card["video_url"], video.hosts(office.video_hosts))
    photo = photos.photo(office.photos_dir, card["photo"], office.timezone)
    return figure(stream, photo, projected)


def figure(stream: Stream | None, photo: Photo | None, projected: bool) -> list[Component]:
    """Stream and photo as one figure; a projected one has nothing to click and no word of a failure."""
    plays = stream is not None and stream.plays
    shown = [*_photo(photo), *(_stream(projected) if plays else [])]
    if stream is not None and not plays and not projected:
        shown.append(_elsewhere(stream))
    if not shown:
        return []
    told = data(stream=stream.address, player=player()) if stream and plays else {}
    return [html.Figure(shown, className="site site-stream" if plays else "site", **told)]


def _photo(photo: Photo | None) -> list[Component]:
    if photo is None:
        return []
    address = f"/api/photos/{quote(photo.path.name)}?m={int(photo.stored.timestamp())}"
    day = formats.short_day(photo.stored.date())
    return [
        html.Img(src=address, alt="现场照片", className="site-photo"),
        html.Figcaption(f"现场照片 · {day}存入", className="site-of-photo"),
    ]


def _stream(projected: bool) -> list[Component]:
    caption = html.Figcaption("现场视频", className="site-of-video")
    if projected:
        return [caption]
    return [
        caption,
        html.Button("播放现场视频", type="button", className="site-play chip"),
        html.P("视频暂时连不上", className="site-fault", role="status", **aria(live="polite")),
    ]


def _elsewhere(stream: Stream) -> Component:
    return html.A(
        "打开现场视频",
        href=stream.address,
        target="_blank",
        rel="noopener noreferrer",
        className="site-elsewhere chip",
    )


def player() -> str:
    """The player's address with its time, under which a browser keeps it for a year."""
    changed = int((PROJECT_DIR / "assets" / PLAYER).stat().st_mtime)
    return f"/assets/{PLAYER}?m={changed}"
