"""What became of the dropped files, newest first: accepted or sent back, with every reason and its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import data
from components.light import light_badge
from data.errors import Finding
from data.inbox import Outcome

# weight → light and word; the order in which staff should act
WEIGHTS: Final = {"error": ("red", "须改正"), "warning": ("yellow", "请核对"), "note": ("grey", "提示")}
# a group shows this many places; the text beside the returned file has them all
PLACES_SHOWN: Final = 20
ENTRIES_SHOWN: Final = 30
COLUMNS: Final = ("工作表", "单元格", "填的是", "应当是", "说明")


def journal(outcomes: Sequence[Outcome], pending: Sequence[str] = ()) -> list[Component]:
    """Files under way, then the outcomes, newest first; the newest one's reasons are open."""
    if not outcomes and not pending:
        return [html.P("还没有报送过文件。", className="empty")]
    waiting = [
        html.P(light_badge("blue", f"正在处理 {name}"), className="intake-pending") for name in pending
    ]
    shown = outcomes[:ENTRIES_SHOWN]
    # open: the newest, and the newest that was sent back for something in its cells
    faulty = next((o for o in shown if not o.accepted and _told(o)), None)
    entries = [entry(o, is_open=o is shown[0] or o is faulty) for o in shown]
    left = len(outcomes) - len(shown)
    older = [html.P(f"更早的 {left} 次未列出", className="base")] if left > 0 else []
    return [*waiting, *entries, *older]


def entry(outcome: Outcome, is_open: bool) -> html.Article:
    """One file: what became of it, when, the sentence, and the reasons by rule."""
    status = light_badge("green", "已接收") if outcome.accepted else light_badge("red", "已退回")
    moment = f"{formats.short_day(outcome.at.date())} {outcome.at:%H:%M}"
    head = html.Div(
        [status, html.B(outcome.file_name, className="intake-name"), html.Span(moment, className="base")],
        className="intake-head",
    )
    kept = [] if outcome.accepted else [html.P("挂图未变,仍显示原来的数据。", className="intake-kept")]
    return html.Article(
        [head, html.P(outcome.message, className="intake-message"), *kept, *_reasons(outcome, is_open)],
        className="intake-entry intake-accepted" if outcome.accepted else "intake-entry intake-refused",
    )


def _reasons(outcome: Outcome, is_open: bool) -> list[Component]:
    told = _told(outcome)
    if not told:
        return []
    groups = [group(findings) for findings in by_rule(told)]
    return [html.Details([html.Summary(tally(told)), *groups], open=is_open, className="intake-reasons")]


def _told(outcome: Outcome) -> list[Finding]:
    """The findings worth listing: a refusal of the whole file has one reason, which is its sentence."""
    return [f for f in outcome.findings if f.sheet or f.cell or f.message != outcome.message]


def tally(findings: Sequence[Finding]) -> list[Component]:
    """How many findings of each weight, the weightiest first."""
    counts = {weight: sum(f.weight == weight for f in findings) for weight in WEIGHTS}
    return [
        light_badge(light, f"{word} {counts[weight]} 处")
        for weight, (light, word) in WEIGHTS.items()
        if counts[weight]
    ]


def by_rule(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one rule together; errors first, then the rule with most places."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.weight, finding.rule), []).append(finding)
    order = list(WEIGHTS)
    return sorted(groups.values(), key=lambda found: (order.index(found[0].weight), -len(found)))


def group(findings: Sequence[Finding]) -> html.Section:
    """The places one rule found: sheet, cell, what is there, what was expected, what to do."""
    light, word = WEIGHTS[findings[0].weight]
    rows = [
        html.Tr(
            [
                html.Td(formats.text(value), **data(label=column))
                for column, value in zip(
                    COLUMNS, (f.sheet, f.cell, f.found, f.expected, f.message), strict=True
                )
            ]
        )
        for f in findings[:PLACES_SHOWN]
    ]
    left = len(findings) - len(rows)
    more = [html.P(f"同类还有 {left} 处,改法相同", className="base")] if left > 0 else []
    head = html.Tr([html.Th(column) for column in COLUMNS])
    return html.Section(
        [
            html.H3([light_badge(light, word), html.Small(f"同一规则 {len(findings)} 处")]),
            html.Table([html.Thead(head), html.Tbody(rows)], className="table intake-places"),
            *more,
        ]
    )
