"""The help over a projected picture: keys, page sets to choose, and where in the list one is."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from components import links, markup
from components.attributes import aria
from components.projection_deck import FIRST_SET, SETS

KEYS: Final = (
    ("→ 空格 PgDn 回车", "下一页"),
    ("← PgUp", "上一页"),
    ("Home End", "第一页、最后一页"),
    ("数字 回车", "跳到第几页"),
    ("B 或 .", "黑屏,再按恢复"),
    ("P", "自动翻页,再按暂停"),
    ("F 或 F5", "全屏"),
    ("T", "深色、浅色"),
    ("H 或 ?", "本说明"),
    ("Esc", "退出全屏、退出投屏"),
)


def overlay() -> Component:
    """The overlay, hidden until H is pressed; assets/projection.js fills in sets and pages."""
    lines = [part for key, word in KEYS for part in (html.Dt(key), html.Dd(word))]
    return html.Aside(
        [
            html.Section([html.H2("按键"), html.Dl(lines)]),
            html.Section([html.H2("投什么"), html.Div(className="pj-sets")]),
            html.Section([html.H2("页"), html.Ol(className="pj-list")]),
        ],
        className="pj-help",
        role="dialog",
        **aria(label="投屏说明"),
    )


def sets(chosen: str, search: str) -> str:
    """The page sets as links that keep the filters, as HTML; the chosen one marked."""
    return markup.html_of(
        [
            html.A(
                page_set.word,
                href=links.projection(
                    links.with_params(search, set=None if name == FIRST_SET else name, show=None)
                ),
                className="chip on" if name == chosen else "chip",
            )
            for name, page_set in SETS.items()
        ]
    )
