"""The wall's address, its groups, and what it says of dates that moved since an earlier day."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from components import wall_groups, wall_legend, wall_link, wall_moved, wall_rows, wall_tools
from components.markup import html_of
from components.wall_link import View
from tests.web.wall_frames import AS_OF, ROW_SCHEMA, row

DAY = timedelta(1)
TODAY = f"?as_of={AS_OF}"


def test_a_hand_made_zoom_is_read_from_the_address() -> None:
    shown = wall_link.window(f"{TODAY}&start=-10&days=60")
    assert (shown.first, shown.days, shown.zoom) == (AS_OF - 10 * DAY, 60, "month")
    assert wall_link.window(f"{TODAY}&start=0&days=400").zoom == "year"
    assert wall_link.window(f"{TODAY}&days=3").days == wall_link.LEAST_DAYS
    assert wall_link.window(f"{TODAY}&days=99999").days == wall_link.MOST_DAYS
    assert wall_link.window(f"{TODAY}&zoom=month").days == 61


def test_buttons_leave_a_hand_made_zoom_or_move_it() -> None:
    search = f"{TODAY}&start=-10&days=60"
    assert wall_link.zoomed(search, "year") == f"/timeline{TODAY}&zoom=year"
    assert wall_link.shifted(search, 1) == f"/timeline{TODAY}&start=20&days=60"
    assert wall_link.shifted(search, 0) == f"/timeline{TODAY}"
    assert wall_link.shifted(f"{TODAY}&shift=2", -1) == f"/timeline{TODAY}&shift=1"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-10", date(2026, 11, 10)),
        ("2026-11-22", None),
        ("2027-01-01", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_only_an_earlier_day_is_compared_with(text: str, day: date | None) -> None:
    assert wall_link.view(f"{TODAY}&compare={text}").compare == day


def test_a_light_nobody_knows_filters_nothing() -> None:
    assert wall_link.view("?light=red").light == "red"
    assert wall_link.view("?light=purple").light is None


def test_the_plan_of_the_day_compared_with_is_laid_behind_the_bars_at_one_click() -> None:
    then = AS_OF - 6 * DAY
    off = html_of(wall_tools.ghosts(View(), TODAY, then))
    assert "叠加 11月16日 计划" in off and f'href="/timeline{TODAY}&amp;compare={then}"' in off
    on = html_of(wall_tools.ghosts(View(compare=then), f"{TODAY}&compare={then}", then))
    assert 'wall-ghosts on"' in on and f'href="/timeline{TODAY}"' in on
    assert "没有快照" in html_of(wall_tools.ghosts(View(compare=then), TODAY, None))
    assert not wall_tools.ghosts(View(), TODAY, None)


def test_filters_go_along_to_the_project_and_the_wall_s_own_part_does_not() -> None:
    search = f"{TODAY}&region=a&light=red&compare=2026-11-10&order=float&from=41&zoom=year&chosen=P1"
    assert wall_link.only_filters(search) == f"{TODAY}&region=a&light=red&compare=2026-11-10"


GROUPS = pl.DataFrame(
    {
        "group": ["兴城市", "连山区", None], "projects": [2, 3, 1], "red": [0, 2, 0], "yellow": [1, 0, 0],
        "blue": [1, 1, 1], "green": [0, 0, 0], "grey": [0, 0, 0], "stopped": [0, 0, 0], "lost": [0, 2, 0],
    }
)  # fmt: skip


def rows_from(first: int, *regions: str) -> pl.DataFrame:
    return pl.DataFrame(
        [row(first + i, 6, region=region) for i, region in enumerate(regions)], schema=ROW_SCHEMA
    )


def test_a_group_has_its_head_above_its_first_row_with_its_sums() -> None:
    heads = wall_groups.heads(rows_from(1, "兴城市", "兴城市", "连山区"), GROUPS, View(order="region"))
    assert list(heads) == ["P00001", "P00003"]
    assert "连山区" in heads["P00003"]
    assert "<b>3</b> 个项目" in heads["P00003"]
    assert "时差为负 2 个" in heads["P00003"]


def test_a_window_within_a_group_repeats_its_head_and_a_following_one_does_not() -> None:
    rows = rows_from(4, "连山区", "连山区")
    assert "(续)" in wall_groups.heads(rows, GROUPS, View(order="region"))["P00004"]
    assert wall_groups.heads(rows, GROUPS, View(order="region"), chunk=True) == {}
    assert wall_groups.heads(rows, GROUPS, View(order="light")) == {}


def test_groups_begin_where_their_projects_of_the_chosen_light_do() -> None:
    rows = rows_from(1, "连山区", "连山区")
    heads = wall_groups.heads(rows, GROUPS, View(order="region", light="red"))
    assert list(heads) == ["P00001"]
    assert "(续)" not in heads["P00001"]


def test_the_legend_counts_every_light_and_takes_the_chosen_one_back() -> None:
    shown = html_of(wall_legend.legend("?light=red&from=41", GROUPS))
    assert wall_legend.count(GROUPS, "red") == 2
    assert 'aria-current="true"' in shown
    assert 'href="/timeline"' in shown
    assert 'href="/timeline?light=blue"' in shown


def test_dates_that_moved_are_struck_through_in_the_row() -> None:
    record = row(1, target_date=date(2026, 12, 30), forecast_finish=date(2027, 1, 8))
    then = {"P00001": {"target_date": date(2026, 12, 30), "forecast_finish": date(2026, 12, 25)}}
    assert wall_rows.moved(record, then) == [(" · 预计 ", "12月25日", "1月8日")]
    assert wall_rows.caption(record, before=then).endswith(" · 预计 12月25日 1月8日")
    assert wall_rows.moved(record, None) == []
    assert wall_rows.caption(record, before={}).endswith("当时不在清单")


def test_nodes_that_moved_stand_in_the_panel() -> None:
    def node(name: str, finish: date) -> dict[str, object]:
        return {"node": name, "actual_finish": None, "earliest_finish": finish, "state": "running"}

    now = [node("环评", AS_OF + 9 * DAY), node("能评", AS_OF + 2 * DAY)]
    then = {"环评": node("环评", AS_OF + 4 * DAY), "能评": node("能评", AS_OF + 2 * DAY)}
    shown = html_of(wall_moved.moved(now, then))
    assert "<s>11月26日</s>" in shown
    assert "<b>12月1日</b>" in shown
    assert "能评" not in shown
    assert html_of(wall_moved.moved(now, None)) == ""
    assert "没有这个项目" in html_of(wall_moved.moved(now, {}))
