"""What was found in a file, grouped by rule: where it stands, what is there, what was expected, its row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import data
from components.light import light_badge
from data.errors import Finding
from data.rule_titles import title_of

# weight → light and word; the order in which staff should act
WEIGHTS: Final = {"error": ("red", "须改正"), "warning": ("yellow", "请核对"), "note": ("grey", "提示")}
# a group shows this many places; the marked copy has them all
PLACES_SHOWN: Final = 20
COLUMNS: Final = ("工作表", "单元格", "填的是", "应当是", "说明")
# how much of a row is shown beside its faulty cell: the first columns, which name it, and the neighbours
_NAMING_COLUMNS: Final = 3
_NEIGHBOURS: Final = 1
_LONGEST_CELL: Final = 28
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})(\d+)")

# "sheet!row" → the cells of that row as text, "sheet!header" → the headers, "sheet!row!header" → those of
# a further table below
Rows = Mapping[str, Sequence[str]]


def tally(findings: Sequence[Finding]) -> list[Component]:
    """How many findings of each weight, the weightiest first."""
    counts = {weight: sum(f.weight == weight for f in findings) for weight in WEIGHTS}
    return [
        light_badge(light, f"{word} {counts[weight]} 处")
        for weight, (light, word) in WEIGHTS.items()
        if counts[weight]
    ]


def by_rule(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one rule together, what wasn't listed behind its places; errors first, then the rule with
    most places."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda found: found.is_rest):
        heard = ((weight, finding.rule) for weight in WEIGHTS if (weight, finding.rule) in groups)
        own = (finding.weight, finding.rule)
        groups.setdefault(next(heard, own) if finding.is_rest else own, []).append(finding)
    order = list(WEIGHTS)
    return sorted(groups.values(), key=lambda found: (order.index(found[0].weight), -len(found)))


def group(findings: Sequence[Finding], rows: Rows | None = None) -> html.Section:
    """The places one rule found: sheet, cell, what is there, what was expected, what to do, and the row."""
    light, word = WEIGHTS[findings[0].weight]
    places, rest = [f for f in findings if not f.is_rest], [f for f in findings if f.is_rest]
    shown = places[:PLACES_SHOWN]
    lines = [line for finding in shown for line in _lines(finding, rows or {})]
    left = len(places) - len(shown)
    more = [html.P(f"同类还有 {left} 处,改法相同", className="base")] if left > 0 else []
    more += [html.P(finding.message, className="base") for finding in rest]
    head = html.Tr([html.Th(column) for column in COLUMNS])
    title = title_of(findings[0].rule)
    return html.Section(
        [
            html.H3([light_badge(light, word), html.Span(title), html.Small(f"{len(places)} 处")]),
            html.Table([html.Thead(head), html.Tbody(lines)], className="table intake-places"),
            *more,
        ]
    )


def _lines(finding: Finding, rows: Rows) -> list[Component]:
    values = (finding.sheet, finding.cell, finding.found, finding.expected, finding.message)
    cells = [
        html.Td(formats.text(value), **data(label=column))
        for column, value in zip(COLUMNS, values, strict=True)
    ]
    lines: list[Component] = [html.Tr(cells)]
    if row := the_row(finding, rows):
        lines.append(html.Tr(html.Td(row, colSpan=len(COLUMNS)), className="intake-row"))
    return lines


def the_row(finding: Finding, rows: Rows) -> Component | None:
    """The row a finding speaks of, its faulty cell marked; null where the row isn't known."""
    match = _ADDRESS.fullmatch(finding.cell or "")
    if match is None:
        return None
    cells = rows.get(f"{finding.sheet}!{match[2]}")
    if not cells:
        return None
    first = rows.get(f"{finding.sheet}!header", ())
    headers, faulty = rows.get(f"{finding.sheet}!{match[2]}!header", first), _column_number(match[1])
    shown = sorted({*range(_NAMING_COLUMNS), *range(faulty - _NEIGHBOURS, faulty + _NEIGHBOURS + 1)})
    parts = [
        html.Span(
            [html.Small(_short(headers[i]) if i < len(headers) else ""), _short(cells[i]) or formats.NONE],
            className="on" if i == faulty else "",
        )
        for i in shown
        if 0 <= i < len(cells)
    ]
    return html.Div(
        [html.Small(f"第 {match[2]} 行", className="intake-row-number"), *parts], className="intake-row-cells"
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _column_number(letters: str) -> int:
    """0-based number of a column name."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
