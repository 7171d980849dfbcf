"""What became of the dropped files, newest first: accepted or sent back, with every reason and its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from components import formats, links
from components.intake_findings import by_rule, group, tally
from components.light import light_badge
from data.errors import Finding
from data.inbox import Outcome

ENTRIES_SHOWN: Final = 30


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
    name = html.B(outcome.file_name, className="intake-name")
    head = html.Div(
        [status, name, html.Span(moment, className="base"), *_way(outcome)], className="intake-head"
    )
    kept = [] if outcome.accepted else [html.P("挂图未变,仍显示原来的数据。", className="intake-kept")]
    return html.Article(
        [head, html.P(outcome.message, className="intake-message"), *kept, *_reasons(outcome, is_open)],
        className="intake-entry intake-accepted" if outcome.accepted else "intake-entry intake-refused",
    )


def _way(outcome: Outcome) -> list[Component]:
    """The way to the load's own page, where the files are; nowhere for a file that is tried again."""
    if outcome.load_id is None:
        return []
    words = "详情" if outcome.accepted else "详情与标注工作簿"
    return [dcc.Link(words, href=links.load(outcome.load_id), className="chip")]


def _reasons(outcome: Outcome, is_open: bool) -> list[Component]:
    told = _told(outcome)
    if not told:
        return []
    groups = [group(findings) for findings in by_rule(told)]
    return [html.Details([html.Summary(tally(told)), *groups], open=is_open, className="intake-reasons")]


def _told(outcome: Outcome) -> list[Finding]:
    """The findings worth listing: a refusal of the whole file has one reason, which is its sentence."""
    return [f for f in outcome.findings if f.sheet or f.cell or f.message != outcome.message]
