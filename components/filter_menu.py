"""One filter as a chip: a menu of links, or what is chosen with a cross that takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from dash.development.base_component import Component

from components import filters, formats, links
from components.attributes import aria
from components.elements import dcc, html
from components.light import ORDER, light_badge, words
from components.markup import Drawing
from components.snapshot_days import Day

Row = Mapping[str, Any]

# a menu longer than this gets a box to search it
SEARCHABLE: Final = 12
# days that are links of their own; a box takes any other
RECENT: Final = 20
# what a filter is called on its chip
WORDS: Final = {
    "region": "县区/园区", "district": "片区", "leader": "领导", "level": "层级", "kind": "性质",
    "campaign": "专项", "industry": "行业", "department": "部门", "light": "灯",
}  # fmt: skip


class Address:
    """This page's address and what it would be with one filter changed."""

    def __init__(self, pathname: str, search: str | None) -> None:
        self._pathname = pathname
        self._search = search
        self.chosen = filters.parse(search)
        self.compared = filters.compared(search)

    def to(self, **changes: str | None) -> str:
        """The same page with these filters; a changed scope starts at the first row of a long wall again."""
        return self._pathname + links.with_params(self._search, **{"from": None}, **changes)

    def cleared(self) -> str:
        """The same page with no filter but the days."""
        return self.to(**{name: None for name in filters.NAMES if name != "as_of"})


def opener(at: Address, word: str) -> Component:
    """On a phone the choices stay folded until this box is ticked."""
    on = sum(1 for name in filters.NAMES if at.chosen[name])
    words_ = f"{word} {on} 项" if on else word
    box = '<input type="checkbox" class="visually-hidden">'
    return html.Label([Drawing(box), words_], className=f"chip filters-open{' on' if on else ''}")


def menu(word: str, items: Sequence[tuple[str, Row]], at: Address, names: tuple[str, ...]) -> Component:
    """A menu of links, grouped where the rows name a group; `names` are the parameters it sets."""
    cleared = at.to(**dict.fromkeys(names))
    chosen = _chosen(items, at, names)
    panel: list[Component] = [_option([html.Span("全部")], cleared, chosen is None)]
    if len(items) > SEARCHABLE:
        panel.insert(0, dcc.Input(placeholder="输入名称查找", className="find", type="text"))
    group = None
    for name, row in items:
        if row["group"] and row["group"] != group:
            group = row["group"]
            panel.append(html.Div(group, className="group"))
        href = at.to(**{**dict.fromkeys(names), name: row["value"]})
        panel.append(_option(_counted(row), href, at.chosen[name] == row["value"]))
    return pill(word, chosen, panel, cleared)


def _chosen(items: Iterable[tuple[str, Row]], at: Address, names: Iterable[str]) -> str | None:
    """What is on, in words; null when nothing is."""
    asked = next((at.chosen[name] for name in names if at.chosen[name]), None)
    known = any(at.chosen[name] == row["value"] for name, row in items)
    return asked if known or asked is None else f"{asked}(本快照没有)"


def lights(row: Row, at: Address) -> Component:
    """The menu of lights; `row` counts the projects of each in the scope without this choice."""
    chosen = at.chosen["light"]
    panel = [_option([html.Span("全部")], at.to(light=None), chosen is None)]
    panel += [
        _option(
            [light_badge(code), html.Small(f"{formats.count(row[code])} 个")],
            at.to(light=code),
            code == chosen,
        )
        for code in ORDER
    ]
    return pill("灯", words()[chosen] if chosen else None, panel, at.to(light=None))


def snapshots(days: Sequence[Day], at: Address) -> Component:
    """The menu of snapshot days, newest first; the newest needs no parameter."""
    asked = at.chosen["as_of"]
    chosen = date.fromisoformat(asked) if asked else None
    panel: list[Component] = [_option([html.Span("最新")], at.to(as_of=None), chosen is None)]
    panel += [
        _option(_dated(day, f"第{revision}版"), at.to(as_of=day.isoformat()), day == chosen)
        for day, revision in days[:RECENT]
    ]
    panel += _any_day("as_of", [day for day, _ in days], chosen)
    word = f"快照 {formats.short_day(chosen) if chosen else '最新'}"
    return pill(word, word if chosen else None, panel, at.to(as_of=None), "right")


def comparison(days: Sequence[Day], at: Address, since: date | None) -> Component:
    """The menu of the earlier day compared with; `since` is the one in use, null when there is none."""
    earlier = [day for day, _ in days if since is None or day < _shown(days, at)]
    panel: list[Component] = [
        _option([html.Span("上次调度")], at.to(compare=None), at.compared is None),
        *(
            _option(_dated(day), at.to(compare=day.isoformat()), day == at.compared)
            for day in earlier[:RECENT]
        ),
        *_any_day("compare", earlier, at.compared),
    ]
    word = f"对比 {formats.short_day(since) if since else '无更早快照'}"
    return pill(word, word if at.compared else None, panel, at.to(compare=None), "right")


def _shown(days: Sequence[Day], at: Address) -> date:
    """The day of the snapshot on screen."""
    asked = at.chosen["as_of"]
    limit = date.fromisoformat(asked) if asked else date.max
    return next((day for day, _ in days if day <= limit), date.min)


def pill(
    word: str, chosen: str | None, panel: Sequence[Component], cleared: str, names: str = ""
) -> Component:
    """The chip that opens a menu; with what is chosen it says so and carries the cross."""
    on = chosen is not None
    label: list[Any] = [html.Small(word), chosen] if on and chosen != word else [word]
    said = word if chosen == word else f"{word}:{chosen or '全部'}"
    summary = html.Summary(label, className=f"chip{' on' if on else ''}", **aria(label=said))
    parts: list[Component] = [
        html.Details([summary, html.Div(list(panel), className="panel")], className=f"menu {names}".strip())
    ]
    if chosen is not None:
        parts.append(_cross(chosen, cleared))
    return html.Span(parts, className=f"pill{' on' if on else ''}")


def chosen_chip(word: str, chosen: str, cleared: str) -> Component:
    """What is chosen with the cross that takes it back, where nothing else can be chosen."""
    told = html.Span([html.Small(word), chosen], className="chip on")
    return html.Span([told, _cross(chosen, cleared)], className="pill on")


def _cross(chosen: str, cleared: str) -> Component:
    said = f"去掉“{chosen}”"
    cross = [html.Span("×", **aria(hidden="true")), html.Span(said, className="visually-hidden")]
    return dcc.Link(cross, href=cleared, className="pill-off", title=said)


def _option(words_: Sequence[Any], href: str, on: bool) -> Component:
    return dcc.Link(list(words_), href=href, className=f"option{' on' if on else ''}")


def _counted(row: Row) -> list[Component]:
    return [html.Span(row["label"]), html.Small(f"{formats.count(row['projects'])} 个")]


def _dated(day: date, note: str = "") -> list[Component]:
    return [html.Span(formats.day(day, with_year=True)), *([html.Small(note)] if note else [])]


def _any_day(name: str, days: Sequence[date], chosen: date | None) -> list[Any]:
    """A box for any day, when there are more than the links name; assets/filters.js follows it."""
    if len(days) <= RECENT:
        return []
    limits = f'min="{days[-1]}" max="{days[0]}" value="{chosen or ""}"'
    return [
        Drawing(f'<label class="option">其他日期<input type="date" data-filter="{name}" {limits}></label>')
    ]
