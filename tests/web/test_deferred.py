"""容缺后补 on the screens: the make-up deadline in words, beside the node's own light and in a table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dash import html

from components import deferred, today
from tests.web.reading import words

NODE: dict[str, Any] = {
    "node": "环评", "department": "市生态环境局", "deferred": "容缺后补", "deferred_due": date(2026, 11, 25),
    "deferred_light": "yellow", "deferred_word": "临期", "deferred_workdays_left": 3, "made_up_date": None,
}  # fmt: skip
PLAIN = NODE | {"node": "能评", "deferred": None, "deferred_light": None, "deferred_word": None}
COUNTS: dict[str, Any] = {
    "due_today": 2, "due_within_3": 5, "overdue": 1, "newly_overdue": 0, "must_start_today": 0,
    "done_since_yesterday": 0, "problems_open": 0, "deferred_due_within_3": 4, "deferred_overdue": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, "剩 3 天"),
        ({"deferred_workdays_left": -2, "deferred_light": "red"}, "逾期 2 天"),
        (
            {"deferred_workdays_left": None, "deferred_word": "补齐", "made_up_date": date(2026, 11, 6)},
            "补齐 11月6日",
        ),
        ({"deferred_workdays_left": None, "deferred_word": "未定期限", "deferred_light": "grey"}, "未定期限"),
    ],
)
def test_the_deadline_is_told_in_words(change: dict[str, Any], told: str) -> None:
    assert deferred.words(NODE | change) == told
    assert words(html.Div(deferred.badge(NODE | change))).endswith(f"容缺 {told}")


def test_a_node_done_in_full_has_no_second_light() -> None:
    assert deferred.badge(PLAIN) == []
    assert deferred.table([PLAIN]) == []


def test_the_ledger_lists_what_was_done_on_a_promise() -> None:
    made_up = NODE | {
        "node": "水保", "deferred_light": "green", "deferred_word": "补齐", "deferred_workdays_left": None,
        "made_up_date": date(2026, 11, 20),
    }  # fmt: skip
    told = words(html.Div(deferred.table([NODE, PLAIN, made_up])))
    assert "已补齐 1 / 共 2 项" in told
    assert "能评" not in told
    assert "环评市生态环境局容缺后补11月25日剩 3 天—" in told


def test_the_counts_lead_to_the_list() -> None:
    found = html.Div(deferred.counted(COUNTS | {"deferred_overdue": 1}, "?region=x"))
    assert "逾期未补 1 项、3日内到期 4 项" in words(found)
    assert found.children[0].href == "/lists/deferred?region=x"
    assert deferred.counted(COUNTS | {"deferred_due_within_3": 0}, "") == []
    assert "今日 2 · 容缺 4 项" in words(today.tiles(COUNTS, "")[1])
