"""Components written out as HTML."""

from __future__ import annotations

import pytest
from dash import dcc, html

from components.markup import Drawing, html_of, part, whole


def test_texts_and_attributes_are_escaped() -> None:
    part = html.Span("<script>alert(1)</script>", title='" onclick="x')
    assert (
        html_of(part) == '<span title="&quot; onclick=&quot;x">&lt;script&gt;alert(1)&lt;/script&gt;</span>'
    )


def test_nested_parts_numbers_nulls_and_lists() -> None:
    assert html_of([html.P(["a", 1, None, html.B("b")]), "c"]) == "<p>a1<b>b</b></p>c"


def test_names_and_styles_are_those_of_html() -> None:
    cell = html.Td("x", className="n", colSpan=2, style={"flexGrow": 3}, **{"data-label": "到期"})
    assert html_of(cell) == '<td class="n" colspan="2" style="flex-grow:3" data-label="到期">x</td>'


def test_true_and_false_attributes() -> None:
    assert (
        html_of(html.Details(html.Summary("s"), open=True)) == "<details open><summary>s</summary></details>"
    )
    assert html_of(html.Details([], open=False)) == "<details></details>"


def test_void_elements_are_not_closed() -> None:
    assert html_of(html.Br()) == "<br>"


def test_a_link_is_an_anchor() -> None:
    assert html_of(dcc.Link("x", href="/leaders?a=1&b=2")) == '<a href="/leaders?a=1&amp;b=2">x</a>'


def test_what_needs_dash_is_refused() -> None:
    with pytest.raises(TypeError, match="Graph"):
        html_of(html.Div(dcc.Graph()))


def test_a_drawing_is_put_as_it_stands() -> None:
    assert (
        html_of(html.Div([Drawing('<svg width="1"></svg>'), "<"])) == '<div><svg width="1"></svg>&lt;</div>'
    )


def test_a_whole_page_is_one_component_written_out() -> None:
    page = whole(html.Main([html.H2("工期"), part("rows", "wide")], className="wall"))
    assert page.className == "whole"
    assert getattr(page, "data-whole") == (
        '<main class="wall"><h2>工期</h2><div id="rows" class="wide" data-markup=""></div></main>'
    )
    with pytest.raises(TypeError):
        whole(html.Main(dcc.Store(id="x")))
