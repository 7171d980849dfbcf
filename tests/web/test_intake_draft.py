"""The page of a draft, from the draft alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from dash.development.base_component import Component

from components import intake_draft, intake_findings, intake_summary
from data.conform import UnknownColumn
from data.continuity import Question
from data.drafts import Draft, Drafts
from data.errors import Finding
from data.manifest import Version
from data.summary import Summary
from tests.web.reading import words as text

AT = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
NAMELESS = Finding("project_without_name", "error", "C5 没有项目名称", "项目", "C5", None, "项目名称")
ROWS = {
    "项目!header": ("项目编号", "项目代码", "项目名称", "县区", "行业"),
    "项目!5": ("P4", "2601", "", "连山区", "化工"),
}
READY = Draft(
    id="20261122-090500-abcdef", file_name="台账.xlsx", received_at=AT, who="张三", state="ready",
    step="核对", step_number=5, steps=5, sha256="0" * 64, day=date(2026, 11, 22), findings=(NAMELESS,),
    rows=ROWS, can_publish=True, message="可以发布",
)  # fmt: skip


def parts(shown: Any) -> Iterator[Component]:
    """Every component below, in reading order."""
    if isinstance(shown, (list, tuple)):
        for child in shown:
            yield from parts(child)
    elif isinstance(shown, Component):
        yield shown
        yield from parts(getattr(shown, "children", None))


def posts(draft: Draft) -> dict[str, dict[str, Any]]:
    """What the page's buttons send, by their words."""
    told = (part.to_plotly_json()["props"] for part in parts(intake_draft.body(draft)))
    return {
        text(props["children"]): {"to": props["data-post"], **json.loads(props["data-body"])}
        for props in told
        if "data-post" in props
    }


def test_a_ready_draft_says_who_when_and_for_which_day() -> None:
    shown = text(intake_draft.body(READY))
    for part in ("待发布", "台账.xlsx", "张三 于 11月22日 09:05 上传", "可以发布", "2026年11月22日"):
        assert part in shown


def test_a_clean_draft_is_published_whole() -> None:
    sent = posts(READY)["发布到挂图"]
    assert sent == {"to": f"/api/drafts/{READY.id}/publish", "good_rows_only": False}


def test_rows_with_errors_are_held_back_only_knowingly() -> None:
    held = replace(READY, needs_consent=True, held_back=3)
    sent = posts(held)
    assert "发布到挂图" not in sent
    assert sent["只发布无误的行(3 行暂不采用)"]["good_rows_only"] is True


def test_a_cycle_is_published_only_knowingly_though_no_row_is_held_back() -> None:
    cycle = Finding("cycle", "error", "成了循环。", "节点", "C3")
    circling = replace(READY, needs_consent=True, held_back=0, findings=(cycle,))
    sent = posts(circling)
    assert "发布到挂图" not in sent
    assert sent["照此发布(成了循环的项目不排期)"]["good_rows_only"] is True


@pytest.mark.parametrize("state", ["working", "refused", "published", "dropped"])
def test_only_a_ready_draft_can_be_published(state: Any) -> None:
    assert not [word for word in posts(replace(READY, state=state, can_publish=False)) if "发布" in word]


def test_steps_say_what_is_done_under_way_and_where_it_stopped() -> None:
    def marks(draft: Draft) -> list[str]:
        listed = intake_draft.steps(draft)
        assert listed is not None
        return [item.className for item in listed.children]

    assert marks(READY) == ["done"] * 5
    working = replace(READY, state="working", step_number=2)
    assert marks(working) == ["done", "now", "", "", ""]
    assert marks(replace(working, state="refused")) == ["done", "refused", "", "", ""]
    assert text(intake_draft.steps(READY)).startswith("".join(Drafts.STEP_WORDS[:2]))


def test_a_question_has_a_button_an_answer() -> None:
    question = Question(
        "same:a:b", "same_project", "甲是不是乙?", (("same", "是"), ("different", "不是")), "a", "b"
    )
    sent = posts(replace(READY, questions=(question,)))
    assert sent["是"] == {"to": f"/api/drafts/{READY.id}/answer", "question": "same:a:b", "value": "same"}
    assert sent["不是"]["value"] == "different"


def test_an_unknown_column_can_be_mapped_or_left() -> None:
    column = UnknownColumn("项目", "AS1", "总投次", "total_investment_yuan", ("35000",), "projects")
    draft = replace(READY, unknown_columns=(column,))
    assert "总投资(建议)" in text(intake_draft.body(draft))
    sent = posts(draft)
    assert sent["对应"] == {"to": f"/api/drafts/{READY.id}/column", "sheet": "项目", "header": "总投次"}
    assert sent["不对应"]["field"] == ""


def test_the_row_of_a_finding_is_shown_with_its_cell_marked() -> None:
    row = intake_findings.the_row(NAMELESS, ROWS)
    assert text(row) == "第 5 行项目编号P4项目代码2601项目名称—县区连山区"
    assert [text(part) for part in parts(row) if getattr(part, "className", "") == "on"] == ["项目名称—"]


def test_a_finding_without_a_known_row_stands_alone() -> None:
    assert intake_findings.the_row(replace(NAMELESS, cell="C9"), ROWS) is None
    assert intake_findings.the_row(replace(NAMELESS, cell=None), ROWS) is None


def test_the_summary_counts_and_names() -> None:
    summary = Summary(
        Version(date(2026, 11, 20), 1),
        date(2026, 11, 22),
        new=(("P9", "新项目"),),
        changed=4,
        nodes_done=(("甲项目", "能评", date(2026, 11, 20)),),
        lights=(("P1", "甲项目", "yellow", "red"), ("P9", "新项目", None, "blue")),
    )
    shown = text(intake_summary.section(summary))
    for part in (
        "与挂图上的 2026-11-20/1 相比",
        "1新增项目",
        "4有变化的项目",
        "甲项目 · 能评(11月20日)",
        "1灯色变化",
    ):
        assert part in shown
    assert "甲项目 临期 → 逾期" in shown


def test_open_drafts_are_listed_and_finished_ones_are_not() -> None:
    done = replace(READY, file_name="旧.xlsx", state="published")
    assert [text(line) for line in intake_draft.listed([READY, done])] == ["待发布台账.xlsx张三 09:05"]
