"""What is made quickly is the component that Dash makes."""

from __future__ import annotations

from typing import Any

import dash
import pytest

from components import elements
from components.attributes import aria, data
from components.markup import html_of

GIVEN: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Td", ("3 个",), {"className": "n", "style": {"--v": "0.5"}, **data(live="x")}),
    ("Div", ([dash.html.B("a"), "b"],), {"id": "place", "hidden": True, **aria(label="主导航")}),
    ("Br", (), {}),
    ("A", (), {"children": "x", "href": "/", "tabIndex": "-1", "title": None}),
]


@pytest.mark.parametrize(("name", "children", "given"), GIVEN)
def test_a_quick_component_is_the_one_dash_makes(
    name: str, children: tuple[Any, ...], given: dict[str, Any]
) -> None:
    quick = getattr(elements.html, name)(*children, **given)
    slow = getattr(dash.html, name)(*children, **given)
    assert type(quick) is type(slow)
    told = {key: value for key, value in slow.to_plotly_json()["props"].items() if value is not None}
    assert {k: v for k, v in quick.to_plotly_json()["props"].items() if v is not None} == told
    assert html_of(quick) == html_of(slow)


def test_links_are_made_quickly_as_well() -> None:
    quick, slow = elements.dcc.Link("总览", href="/"), dash.dcc.Link("总览", href="/")
    assert type(quick) is type(slow)
    assert html_of(quick) == html_of(slow) == '<a href="/">总览</a>'


def test_two_components_share_nothing() -> None:
    first, second = elements.html.Div("a", className="x"), elements.html.Div("b")
    assert (first.children, second.children) == ("a", "b")
    assert not hasattr(second, "className")
