"""A project starts once: a second start without a stop between is kept as written and doesn't count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.first_start import with_first_start
from tests.queries.support import ask, database, ledger

MARCH, MAY, JUNE, NOVEMBER = date(2026, 3, 15), date(2026, 5, 1), date(2026, 6, 1), date(2026, 11, 2)
DAY = date(2026, 11, 22)


def first(before: dict[str, Any], now: dict[str, Any]) -> date | None:
    frames = [ledger("projects", [{"project_id": "1", **row}]) for row in (now, before)]
    found: date | None = with_first_start(*frames)["first_start"][0]
    return found


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({"actual_start": MARCH}, {"actual_start": NOVEMBER}, MARCH),
        # told once more a day later, and again with a third date
        ({"actual_start": NOVEMBER, "first_start": MARCH}, {"actual_start": NOVEMBER}, MARCH),
        ({"actual_start": MAY, "first_start": MARCH}, {"actual_start": NOVEMBER}, MARCH),
        # put right, stopped in between, withdrawn meanwhile, told more exactly, told earlier
        ({"actual_start": NOVEMBER, "first_start": MARCH}, {"actual_start": MARCH}, None),
        ({"actual_start": MARCH}, {"actual_start": NOVEMBER, "stopped_from": JUNE}, None),
        (
            {"actual_start": NOVEMBER, "first_start": MARCH},
            {"actual_start": NOVEMBER, "stopped_from": JUNE},
            None,
        ),
        ({"actual_start": None}, {"actual_start": NOVEMBER}, None),
        (
            {"actual_start": date(2026, 3, 1), "actual_start_precision": "month"},
            {"actual_start": MARCH},
            None,
        ),
        ({"actual_start": NOVEMBER}, {"actual_start": MARCH}, None),
        ({"actual_start": MARCH}, {"actual_start": None}, None),
    ],
)
def test_the_first_start_stays(before: dict[str, Any], now: dict[str, Any], expected: date | None) -> None:
    assert first(before, now) == expected


def test_a_new_project_and_a_first_snapshot_have_none_to_keep() -> None:
    now = ledger("projects", [{"project_id": "1", "actual_start": NOVEMBER}])
    assert with_first_start(now, None)["first_start"].to_list() == [None]
    other = ledger("projects", [{"project_id": "2", "actual_start": MARCH}])
    assert with_first_start(now, other)["first_start"].to_list() == [None]


def test_a_repeated_start_is_no_start_of_a_campaign() -> None:
    rows = [
        {
            "project_id": "1",
            "project_name": "甲",
            "kind": "新建",
            "actual_start": NOVEMBER,
            "first_start": MARCH,
        },
        {"project_id": "2", "project_name": "乙", "kind": "新建", "actual_start": NOVEMBER},
    ]
    city = database({"projects": ledger("projects", rows)}, DAY)
    days = ask(city, "campaign_burnup", DAY, first=date(2026, 9, 15), last=DAY)
    done = days.filter(step="开工").sort("day")["done"]
    assert (done[0], done[-1]) == (1, 2)
    told = ask(city, "list_starts", DAY, state="all").sort("project_id")
    assert told["actual_start"].to_list() == [MARCH, NOVEMBER]
    assert told["start_repeated"].to_list() == [True, False]
