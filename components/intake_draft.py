"""One uploaded file before it reaches the wall: what it would change, what is asked, what to mend."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import Input, Output, callback, dcc, html, no_update
from dash.development.base_component import Component

from components import formats, ids, intake_summary, links, markup
from components.attributes import aria, data, json_text
from components.intake_findings import by_rule, group, tally
from components.light import light_badge
from components.pages import Page
from data import contract
from data.continuity import Question
from data.drafts import Draft, DraftError, Drafts, UnknownColumn
from data.settings import settings

DRAFT: Final = ids.new("draft", "id")  # dcc.Store; the draft of the address
BODY: Final = ids.new("draft", "body")
BODY_TEXT: Final = ids.new("draft", "body-text")

STATES: Final = {
    "working": ("blue", "正在处理"),
    "ready": ("yellow", "待发布"),
    "refused": ("red", "不能发布"),
    "published": ("green", "已发布"),
    "dropped": ("grey", "已放弃"),
}
LEAVE_AS_IS: Final = ""


def layout(draft_id: str = "") -> Component:
    """The empty page of one draft."""
    return html.Main([markup.slot(BODY, BODY_TEXT, "draft"), dcc.Store(DRAFT, data=draft_id)])


markup.connect(BODY, BODY_TEXT)


@callback(Output(BODY_TEXT, "data"), Input(DRAFT, "data"), Input(ids.INBOX, "data"))
async def draw_draft(draft_id: str, _inbox: object) -> Any:
    """The draft as it is now; asked again whenever a draft changes."""
    if not draft_id:
        return no_update
    try:
        draft = await asyncio.to_thread(Drafts(settings()).get, draft_id)
    except DraftError as gone:
        return markup.html_of(missing(str(gone)))
    return markup.html_of(body(draft))


def body(draft: Draft) -> list[Component]:
    """The whole page of a draft; pure."""
    sections = (
        questions(draft),
        unknown_columns(draft),
        intake_summary.section(draft.summary) if draft.summary else None,
        found(draft),
    )
    return [head(draft), *(section for section in sections if section is not None)]


def head(draft: Draft) -> html.Section:
    """The file, how far it is, the sentence, and what can be done with it."""
    light, word = STATES[draft.state]
    moment = f"{formats.short_day(draft.received_at.date())} {draft.received_at:%H:%M}"
    sent = f"{draft.who or '未署名'} 于 {moment} 上传"
    return html.Section(
        [
            html.Div(
                [
                    html.H1([light_badge(light, word), html.Span(draft.file_name)]),
                    html.Div(sent, className="base"),
                    dcc.Link("‹ 回到报送", href=links.intake(), className="chip draft-back"),
                ],
                className="draft-title",
            ),
            steps(draft),
            html.P(draft.message, className="draft-message", role="status"),
            html.P(about(draft), className="base"),
            html.Div(actions(draft), className="draft-actions"),
        ],
        className="card draft-head",
        **data(state=draft.state),
    )


def steps(draft: Draft) -> html.Ol | None:
    """读取 → 识别 → … with what is done, under way, or where it stopped."""
    if not draft.steps:
        return None
    done = draft.steps if draft.state in ("ready", "published") else draft.step_number - 1
    marks = ("done" if i < done else _under_way(draft) if i == done else "" for i in range(draft.steps))
    words = [*Drafts.STEP_WORDS[: draft.steps]]
    return html.Ol(
        [html.Li(word, className=mark) for word, mark in zip(words, marks, strict=False)],
        className="intake-steps",
        **aria(label="处理进度"),
    )


def _under_way(draft: Draft) -> str:
    return {"working": "now", "refused": "refused"}.get(draft.state, "")


def about(draft: Draft) -> str:
    """The day the snapshot would describe, and the ledgers the file leaves out."""
    day = f"数据日期 {formats.day(draft.day, with_year=True)}" if draft.day else ""
    kept = "、".join(contract.ledger(name).sheet for name in draft.carried_over)
    return " · ".join(part for part in (day, f"沿用上一版:{kept}" if kept else "") if part)


def actions(draft: Draft) -> list[Component]:
    """Publish (or only the good rows), the marked copy, give up; what the state allows."""
    made: list[Component] = []
    if draft.state == "ready" and draft.can_publish:
        made.append(_publish(draft))
    if draft.findings and draft.state in ("ready", "refused"):
        made.append(
            html.A("下载标注工作簿", href=links.draft_marked(draft.id), className="chip", download="")
        )
    if draft.state in ("ready", "refused"):
        made.append(button("放弃", f"{draft.id}/drop", {}, confirm=f"放弃“{draft.file_name}”?挂图不变。"))
    if draft.state == "published":
        made.append(dcc.Link("看挂图", href=links.timeline(), className="chip on"))
    return made


def _publish(draft: Draft) -> Component:
    if not draft.needs_consent:
        return button("发布到挂图", f"{draft.id}/publish", {"good_rows_only": False}, strong=True)
    words, left_out = _left_out(draft)
    sure = f"{left_out}确定发布?"
    return button(words, f"{draft.id}/publish", {"good_rows_only": True}, strong=True, confirm=sure)


def _left_out(draft: Draft) -> tuple[str, str]:
    """The words of publishing all the same, and what the wall then lacks."""
    circling = any(finding.rule == "cycle" and finding.weight == "error" for finding in draft.findings)
    unscheduled = "前置节点成了循环的项目不排期,挂图写明原因,其余项目照常。" if circling else ""
    if not draft.held_back:
        return "照此发布(成了循环的项目不排期)", unscheduled
    held = draft.held_back
    told = f"有 {held} 行存在错误,发布后这些行不上墙,屏幕会注明“{held} 行未采用”。"
    return f"只发布无误的行({held} 行暂不采用)", told + unscheduled


def button(
    words: str, action: str, body: Mapping[str, Any], *, strong: bool = False, confirm: str | None = None
) -> html.Button:
    """A button that posts to a draft's route; assets/intake.js sends it with the person's name."""
    return html.Button(
        words,
        type="button",
        className="chip on" if strong else "chip",
        **data(post=links.draft_action(action), body=json_text(body), confirm=confirm or ""),
    )


def questions(draft: Draft) -> html.Section | None:
    """What the program would not decide by itself, with one button an answer."""
    if not draft.questions or draft.state != "ready":
        return None
    lines = [_question(draft, question) for question in draft.questions]
    return html.Section(
        [
            html.H2(
                ["请您判断", html.Small("答案会记住,下次不再问;不答也可以发布,按“不是同一项目”“仍保留”计")]
            ),
            *lines,
        ],
        className="card draft-questions",
    )


def _question(draft: Draft, question: Question) -> html.Div:
    place = f"工作表“{question.sheet}”{question.cell or ''}" if question.sheet else ""
    buttons = [
        button(label, f"{draft.id}/answer", {"question": question.id, "value": value})
        for value, label in question.options
    ]
    return html.Div(
        [html.P([question.text, html.Small(place)]), html.Div(buttons, className="draft-answers")],
        className="draft-question",
    )


def unknown_columns(draft: Draft) -> html.Section | None:
    """Columns the contract doesn't know, each with the fields it may be."""
    if not draft.unknown_columns or draft.state not in ("ready", "refused"):
        return None
    rows = [html.Tr([html.Td(cell) for cell in _unknown(draft, column)]) for column in draft.unknown_columns]
    head = html.Tr([html.Th(word) for word in ("工作表", "表头所在", "表头", "内容举例", "对应到")])
    return html.Section(
        [
            html.H2(
                ["没有认出的列", html.Small("数据已原样保留;在这里对应一次,同一来源的文件以后都照此办理")]
            ),
            html.Table([html.Thead(head), html.Tbody(rows)], className="table draft-columns"),
        ],
        className="card",
    )


def _unknown(draft: Draft, column: UnknownColumn) -> list[Any]:
    return [
        column.sheet,
        column.cell,
        html.B(column.header),
        "、".join(column.examples) or formats.NONE,
        _field_choice(draft, column),
    ]


def _field_choice(draft: Draft, column: UnknownColumn) -> Component:
    item = contract.ledger(column.ledger)
    fields = [html.Option("请选择…", value="", selected=column.suggestion_field is None, disabled=True)]
    fields += [
        html.Option(
            f"{c.header}(建议)" if c.name == column.suggestion_field else c.header,
            value=c.name,
            selected=c.name == column.suggestion_field,
        )
        for c in item.columns
        if c.filled_in
    ]
    body = {"sheet": column.sheet, "header": column.header}
    choose = html.Select(fields, className="draft-field", **aria(label=f"“{column.header}”对应的列"))
    apply = html.Button(
        "对应",
        type="button",
        className="chip",
        **data(post=links.draft_action(f"{draft.id}/column"), body=json_text(body), field_from="select"),
    )
    leave = button("不对应", f"{draft.id}/column", {**body, "field": LEAVE_AS_IS})
    return html.Div([choose, apply, leave], className="draft-choice")


def found(draft: Draft) -> html.Section | None:
    """Every finding by rule, with the row it stands in."""
    if not draft.findings:
        return None
    groups = [group(findings, draft.rows) for findings in by_rule(draft.findings)]
    return html.Section(
        [html.H2(["校验结果", html.Small(tally(draft.findings), className="draft-tally")]), *groups],
        className="card draft-findings",
    )


def missing(sentence: str) -> Component:
    """The page of a draft that is gone."""
    back = dcc.Link("回到报送", href=links.intake(), className="chip on")
    return html.Div([html.H2("没有这份草稿"), html.P(sentence), html.P(back)], className="notice")


def listed(drafts: Sequence[Draft]) -> list[Component]:
    """The drafts still open, one line each; empty where there are none."""
    return [_line(draft) for draft in drafts if draft.state in ("working", "ready", "refused")]


def _line(draft: Draft) -> Component:
    light, word = STATES[draft.state]
    return dcc.Link(
        [
            light_badge(light, f"{word} {draft.step}" if draft.state == "working" else word),
            html.B(draft.file_name),
            html.Small(f"{draft.who or '未署名'} {draft.received_at:%H:%M}"),
        ],
        href=links.draft(draft.id),
        className="draft-line",
    )


PAGES: Final = (
    Page("/intake/draft/<draft_id>", "待发布的台账", layout, section="/intake", filters=False, look="intake"),
)
