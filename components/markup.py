"""Large read-only parts of a page as one piece of HTML.

Dash keeps a store subscription for every component, and each newly shown one wakes all others: 2,000
components (34 leader panels) held the browser for half a minute. A part without callbacks inside is
therefore written out here and put in place by assets/markup.js, which also follows its links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, Final

from dash import ClientsideFunction, Input, Output, State, clientside_callback, dcc, html
from dash.development.base_component import Component

from components.attributes import data

_VOID: Final = {"br", "hr", "img", "col", "wbr", "input"}
_NAMES: Final = {"className": "class", "htmlFor": "for"}
_WILDCARDS: Final = ("data-", "aria-")
_CAPITAL: Final = re.compile(r"[A-Z]")
# kind of component → its tag and its attributes in order
_kinds: dict[type[Component], tuple[str, tuple[str, ...]]] = {}


class Drawing(str):
    """SVG or HTML as the program itself wrote it, every text in it escaped; it is put as it stands."""

    __slots__ = ()


def slot(place: str, text: str, class_name: str = "") -> html.Div:
    """An empty part with id `place`; what the store `text` holds is shown in it (see `connect`)."""
    return html.Div([dcc.Store(id=text), part(place, class_name)], className="slot")


def connect(place: str, text: str) -> None:
    """Let `place` show the HTML of the store `text` whenever it changes; called once at import."""
    clientside_callback(
        ClientsideFunction("markup", "put"),
        Output(place, "data-shown"),
        Input(text, "data"),
        State(place, "id"),
    )


def part(place: str, class_name: str = "", shown: Any = None) -> html.Div:
    """A part that `connect`, `connect_parts` or components/parts.py fills."""
    return html.Div(shown, id=place, className=class_name, **data(markup=""))


def whole(drawn: Component) -> html.Div:
    """A page without anything of Dash inside, written out: its parts are filled by components/parts.py.

    As thirty components it took a browser 30 ms longer to turn to; assets/parts.js puts it in place.
    """
    return html.Div(className="whole", **data(whole=html_of(drawn)))


def parts(store: str) -> html.Div:
    """The store that fills several parts at once: a place's id → its HTML; a part left out stays as it is."""
    return html.Div([dcc.Store(id=store), html.Div(id=shown_by(store))], hidden=True)


def shown_by(store: str) -> str:
    """The id of the component whose `data-shown` changes when the parts of `store` have been put in place."""
    return f"{store}-shown"


def connect_parts(store: str) -> None:
    """Let the parts named in `store` show their HTML whenever it changes; called once at import."""
    clientside_callback(
        ClientsideFunction("markup", "putAll"), Output(shown_by(store), "data-shown"), Input(store, "data")
    )


def html_of(part: Any) -> str:
    """The HTML of html components, links, boxes to type in, texts and drawings; texts are escaped.

    TypeError for a component that only works inside Dash, such as a graph.
    """
    if part is None:
        return ""
    if isinstance(part, Drawing):
        return part
    if isinstance(part, (list, tuple)):
        return "".join(html_of(child) for child in part)
    if not isinstance(part, Component):
        return escape(str(part))
    tag, order = _written(type(part), part)
    given = vars(part)
    attributes = "".join([_attribute(name, given[name]) for name in order if name in given])
    for name, value in given.items():
        if name.startswith(_WILDCARDS):
            attributes += _attribute(name, value)
    if tag in _VOID:
        return f"<{tag}{attributes}>"
    return f"<{tag}{attributes}>{html_of(given.get('children'))}</{tag}>"


def _written(kind: type[Component], part: Component) -> tuple[str, tuple[str, ...]]:
    """The tag of this kind of component and its attributes in order."""
    known = _kinds.get(kind)
    if known is None:
        names = tuple(name for name in part._prop_names if name != "children")  # type: ignore[attr-defined]
        known = _kinds[kind] = _tag(part), names
    return known


def _tag(part: Component) -> str:
    if isinstance(part, dcc.Link):
        return "a"
    if isinstance(part, dcc.Input):
        return "input"
    if part._namespace != html.Div._namespace:  # type: ignore[attr-defined]
        raise TypeError(f"{type(part).__name__} works only as a Dash component")
    return type(part).__name__.lower()


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    name = _NAMES.get(name, name).lower()
    if value is True:
        return f" {name}"
    if isinstance(value, Mapping):
        value = ";".join(f"{_kebab(key)}:{part}" for key, part in value.items())
    return f' {name}="{escape(str(value))}"'


def _kebab(name: str) -> str:
    return _CAPITAL.sub(lambda capital: f"-{capital[0].lower()}", name)
