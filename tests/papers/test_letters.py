"""Letters from the ladder of red lights: each overdue node on one step, addressed, numbered, to be signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from components.papers import letters, overdue
from components.papers.asked import Asked, asked
from components.papers.catalog import made, paper, papers
from data import escalation
from data.errors import ConfigurationError, GuatuError
from data.escalation import step_on
from tests.papers.reading import paragraphs, tables

WIDE_OPEN, WIDE_SHUT = chr(0xFF08), chr(0xFF09)


@pytest.mark.parametrize(
    ("workdays", "word"),
    [(1, "提醒"), (3, "提醒"), (4, "督办"), (7, "督办"), (8, "提请上会"), (15, "提请上会"), (16, "点名通报"),
     (30, "点名通报"), (31, "约谈"), (400, "约谈")],
)  # fmt: skip
def test_the_ladder_of_the_domain(workdays: int, word: str) -> None:
    assert step_on(workdays).word == word


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "第一级"),
        ('[[step]]\nfrom_workday = 2\nword = "提醒"', "第一级"),
        ('[[step]]\nfrom_workday = 1\nword = "提醒"\n[[step]]\nfrom_workday = 1\nword = "督办"', "督办"),
        ('[[step]]\nfrom_workday = 1\nword = "提醒"\nnonsense = 1', "nonsense"),
        ("[[step]", "读不出"),
    ],
)
def test_a_ladder_with_a_hole_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    ladder = tmp_path / "escalation.toml"
    ladder.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=complaint):
        escalation.steps(ladder)


def test_every_overdue_node_stands_on_one_step(week: Asked) -> None:
    red = week.ask("list_nodes", which="overdue")
    placed = [row for rows in overdue.by_step(week).values() for row in rows]
    assert len(placed) == red.height > 0
    for step, rows in overdue.by_step(week).items():
        assert all(step_on(-row["workdays_left"]) == step for row in rows)


def test_each_addressee_gets_one_letter_a_step_with_all_its_nodes(week: Asked) -> None:
    drafts = overdue.letters(week)
    assert len({(one.step, one.addressee) for one in drafts}) == len(drafts) > 0
    wanted = sum(len(rows) for step, rows in overdue.by_step(week).items() if step.letter)
    assert sum(len(one.rows) for one in drafts) == wanted
    assert all(overdue.addressee(row) == one.addressee for one in drafts for row in one.rows)


@pytest.mark.parametrize(
    ("department", "level", "expected"),
    [
        ("市自然资源局", "市", "市自然资源局"),
        ("自然资源局", "县", "连山区自然资源局"),
        ("连山区自然资源局", "县", "连山区自然资源局"),
        (None, "县", overdue.UNKNOWN),
    ],
)
def test_a_county_s_own_department_is_named_with_its_county(
    department: str | None, level: str, expected: str
) -> None:
    row = {"department": department, "approval_level": level, "region": "连山区"}
    assert overdue.addressee(row) == expected


def test_a_draft_says_what_is_overdue_since_when_and_asks_for_it(week: Asked, tmp_path: Path) -> None:
    kind = next(one for one in papers() if one.kind == "提醒函")
    path = made(kind, week, tmp_path)
    drafts = [one for one in letters.drafts(week) if one["文种"] == "提醒函"]
    said = paragraphs(path)
    for place, draft in enumerate(drafts, 1):
        assert draft["编号"] == f"提醒函{WIDE_OPEN}草{WIDE_SHUT}〔2026〕1122-{place}号"
        assert draft["编号"] in said and f"{draft['主送']}{chr(0xFF1A)}" in said
    assert sum(text.startswith("签发人") for text in said) == len(drafts)
    assert sum("2026-11-22/1" in text for text in said) == len(drafts)
    assert said.count(drafts[0]["要求"]) == len(drafts)
    listed = tables(path)
    assert [len(table) - 1 for table in listed] == [int(draft["件数"]) for draft in drafts]
    assert [row[1] for row in listed[0][1:]] == [row["项目"] for row in drafts[0]["行"]]
    breaks = [p for p in Document(str(path)).paragraphs if p.paragraph_format.page_break_before]
    assert len(breaks) == len(drafts)


def test_one_project_s_letters_are_about_it_alone(week: Asked, city: Path) -> None:
    last = overdue.letters(week)[-1]
    row = last.rows[0]
    one = asked(f"?project={row['project_id']}", week.source)
    assert {found["project_id"] for letter in overdue.letters(one) for found in letter.rows} == {
        row["project_id"]
    }
    numbers = {(draft["文种"], draft["主送"]): draft["编号"] for draft in letters.drafts(week)}
    own = numbers[last.step.letter, last.addressee]
    assert not own.endswith("-1号")
    assert own in [draft["编号"] for draft in letters.drafts(one)]


def test_where_nothing_is_overdue_there_is_no_letter_and_a_sentence(week: Asked, tmp_path: Path) -> None:
    red = week.ask("list_nodes", which="overdue")["project_id"].to_list()
    calm = next(name for name in week.ask("list_projects")["project_id"] if name not in red)
    with pytest.raises(GuatuError, match="没有要起草提醒函"):
        made(paper("letter-1"), asked(f"?project={calm}", week.source), tmp_path)
