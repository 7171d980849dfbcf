"""点名: praise and criticism as the figures suggest them; each counts only once a person confirmed it."""

from __future__ import annotations

import asyncio
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.attributes import aria, data, json_text
from components.dispatch_link import Shown
from components.dispatch_told import Told
from data import named as names
from data.named import Named
from data.query import queries
from data.record import record


async def named(shown: Shown) -> Told:
    """What is proposed, with a button to confirm each."""
    ask, held = queries().ask, shown.meeting
    regions, leaders = await asyncio.gather(
        ask("change_groups", since=held.since, by="region", **shown.params),
        ask("change_groups", since=held.since, by="leader", **shown.params),
    )
    proposed = names.proposed(regions, leaders)
    found = await asyncio.to_thread(names.with_confirmed, proposed, record(), held)
    rows = [[_kind(one), html.B(one.name), one.words, _button(one, shown)] for one in found]
    # nobody is named before a meeting whom no person has confirmed
    confirmed = [row for row, one in zip(rows, found, strict=True) if one.confirmed]
    heads = ("类别", "谁", "依据", "由人确认")
    note = f"程序只提建议,确认后才算数,投屏只放确认的 · 已确认 {len(confirmed)} 个"
    empty = "数字没有提出该点名的。"
    return Told("表扬和批评", note, heads, rows, empty, acting=True, projected=confirmed, lines=1)


def _kind(one: Named) -> Component:
    praise = one.kind == "praise"
    return html.Span("表扬" if praise else "批评", className="ahead" if praise else "behind")


def _button(one: Named, shown: Shown) -> Component:
    body: dict[str, Any] = {
        "kind": one.kind, "name": one.name, "words": one.words, "confirmed": not one.confirmed,
    }  # fmt: skip
    words = "已确认,撤回" if one.confirmed else "确认"
    return html.Button(
        words,
        type="button",
        className="chip on" if one.confirmed else "chip",
        **aria(label=f"{words}:{one.name}"),
        **data(post=shown.route("named"), body=json_text(body)),
    )
