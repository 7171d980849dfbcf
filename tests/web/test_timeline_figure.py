"""The wall's figure on hand-made frames: what is drawn where, and that nothing hides anything."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from components import theme, timeline, timeline_board, timeline_labels, timeline_window, wall_rows
from components.timeline_board import Board, Room
from components.timeline_lanes import MEASURES, Span, lanes
from data.closures import Closure, closures
from tests.web.wall_frames import AS_OF, BAR_SCHEMA, ROW_SCHEMA, bar, row, wall

SHOWN = timeline_window.window(AS_OF)
ROOM = Room(plot=1000.0, name=230.0)


def placed(*bars: dict[str, object], rows: list[dict[str, object]] | None = None) -> Board:
    frame = pl.DataFrame(rows or [row(1, 1)], schema=ROW_SCHEMA)
    return timeline_board.board(
        frame, pl.DataFrame(list(bars), schema=BAR_SCHEMA), SHOWN, ROOM, caption=wall_rows.caption
    )


def day(offset: int) -> date:
    return AS_OF + timedelta(offset)


def shape(figure: dict, name: str) -> dict | None:
    return next((s for s in figure["layout"]["shapes"] if s["name"] == name), None)


def test_one_trace_a_light_however_many_projects() -> None:
    rows, bars = wall(40)
    figure = timeline.figure(timeline_board.board(rows, bars, SHOWN, ROOM))
    kinds = [trace["type"] for trace in figure["data"]]
    assert kinds.count("bar") == bars.filter(pl.col("state") != "not_applicable")["light"].n_unique()
    assert kinds.count("scatter") == 1  # the labels
    assert len(figure["layout"]["shapes"]) <= 12


def test_every_bar_is_drawn_once_in_its_lights_colour() -> None:
    states = {"A": ("done", "green"), "B": ("running", "red"), "C": ("waiting", "grey")}
    board = placed(
        *(bar("P00001", name, day(10 * i - 10), day(10 * i - 2), state=state, light=light)
          for i, (name, (state, light)) in enumerate(states.items()))
    )  # fmt: skip
    drawn = {trace["name"]: trace for trace in timeline.figure(board)["data"] if trace["type"] == "bar"}
    assert drawn["办结"]["marker"]["color"] == [theme.LIGHT.green]
    assert drawn["逾期"]["marker"]["color"] == [theme.LIGHT.red]
    assert drawn["未启动"]["marker"]["color"] == [theme.LIGHT.paper]
    assert drawn["未启动"]["marker"]["line"]["color"] == [theme.LIGHT.grey]
    assert drawn["逾期"]["base"] == [day(0).isoformat()]
    assert drawn["逾期"]["x"] == [8 * timeline.DAY_MS]


def test_unreported_nodes_are_dashed_not_outlined() -> None:
    board = placed(bar("P00001", "能评", day(3), day(20), state="unreported", reported=False, light="grey"))
    figure = timeline.figure(board)
    assert figure["data"][0]["marker"]["line"]["width"] == [0.0]
    dashed = shape(figure, "台账未报")
    assert dashed is not None
    assert dashed["line"]["dash"]


def test_nodes_that_do_not_apply_or_have_no_dates_are_not_drawn() -> None:
    board = placed(
        bar("P00001", "安评", day(0), day(9), state="not_applicable"),
        bar("P00001", "环评", None, None, state="waiting", light="grey", latest_finish=None),
    )
    assert board.rows[0].bars == ()
    assert timeline.figure(board)["data"] == []


def test_bars_are_cut_to_the_window() -> None:
    board = placed(bar("P00001", "供地", SHOWN.first - timedelta(30), SHOWN.first + timedelta(9)))
    assert board.rows[0].bars[0].start == SHOWN.first
    assert placed(bar("P00001", "供地", SHOWN.last, SHOWN.last + timedelta(9))).rows[0].bars == ()


def test_parallel_nodes_have_lanes_of_their_own_and_the_chain_is_on_top() -> None:
    board = placed(
        bar("P00001", "环评", day(0), day(40)),
        bar("P00001", "供地", day(0), day(30), critical=True),
        bar("P00001", "能评", day(5), day(25)),
    )
    tops = {b.record["node"]: b.top for b in board.rows[0].bars}
    assert len(set(tops.values())) == 3
    assert min(tops, key=lambda node: tops[node]) == "供地"


def test_lanes_are_limited() -> None:
    same = [Span(day(0), day(9), critical=False, done=False)] * 6
    assert max(lanes(same, 3)) == 2
    done = [Span(day(0), day(9), critical=False, done=True)] * 6
    assert max(lanes(done, 3)) == 1
    assert lanes([], 3) == []


def test_labels_fit_where_they_are_written_and_never_overlap() -> None:
    rows, bars = wall(40)
    board = timeline_board.board(rows, bars, SHOWN, ROOM)
    by_lane: dict[float, list[tuple[float, float]]] = {}
    for drawn in (b for r in board.rows for b in r.bars if b.label):
        half = timeline_labels.text_px(drawn.label.text) / 2
        centre = drawn.label.centre
        if not drawn.label.outside:
            assert SHOWN.share(drawn.start) * ROOM.plot <= centre - half
            assert centre + half <= SHOWN.share(drawn.finish) * ROOM.plot + 1e-6
        by_lane.setdefault(drawn.top, []).append((centre - half, centre + half))
    assert len(by_lane) > 40
    for taken in by_lane.values():
        taken.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(taken))


def test_a_tick_never_crosses_a_label_or_a_bar() -> None:
    rows, bars = wall(40)
    board = timeline_board.board(rows, bars, SHOWN, ROOM)
    height = MEASURES["normal"].bar
    ticks = [shape(timeline.figure(board), name) for name in ("最迟完成", "最迟完成(已误)")]
    segments = [
        tuple(float(v) for v in found)
        for path in ticks
        for found in re.findall(r"M([\d.]+),([\d.]+)L[\d.]+,([\d.]+)", path["path"])
    ]
    assert len(segments) > 100
    for x, top, bottom in segments:
        for drawn in (b for r in board.rows for b in r.bars):
            if top < drawn.top + height and bottom > drawn.top:
                assert not SHOWN.share(drawn.start) < x < SHOWN.share(drawn.finish)
                if drawn.label:
                    half = timeline_labels.text_px(drawn.label.text) / 2
                    assert abs(x * ROOM.plot - drawn.label.centre) >= half


def test_label_keeps_off_the_status_date_line() -> None:
    board = placed(bar("P00001", "供地", day(-20), day(24)))
    label = board.rows[0].bars[0].label
    today = SHOWN.share(AS_OF) * ROOM.plot
    assert abs(label.centre - today) >= timeline_labels.text_px("供地") / 2


def test_narrow_bars_get_short_names_then_names_beside_them() -> None:
    narrow = placed(bar("P00001", "施工许可", day(10), day(17))).rows[0].bars[0].label
    assert (narrow.text, narrow.outside) == ("施许", False)
    alone = placed(bar("P00001", "开工", day(10), day(10))).rows[0].bars[0].label
    assert (alone.text, alone.outside) == ("开工", True)


def test_late_ticks_are_red_and_done_nodes_have_none() -> None:
    figure = timeline.figure(
        placed(bar("P00001", "环评", day(-5), day(9), latest_finish=day(3), float_workdays=-4))
    )
    assert shape(figure, "最迟完成") is None
    assert shape(figure, "最迟完成(已误)")["line"]["color"] == theme.LIGHT.red
    assert shape(figure, "已误天数") is not None
    done = timeline.figure(placed(bar("P00001", "环评", day(-15), day(-9), latest_finish=day(3))))
    assert shape(done, "最迟完成") is None


def test_target_today_and_progress_are_marked() -> None:
    rows = [row(1, 2, target_date=day(30), float_workdays=-5), row(2, 2, target_date=None, float_workdays=10)]
    figure = timeline.figure(placed(rows=rows))
    assert shape(figure, "目标旗")["path"].count("Z") == 1
    assert shape(figure, "今天")["x0"] == AS_OF.isoformat()
    points = [float(x) for x in re.findall(r"([\d.]+),", shape(figure, "进度线")["path"])]
    assert points == [
        pytest.approx(SHOWN.share(day(-7)), abs=1e-4),
        pytest.approx(SHOWN.share(day(14)), abs=1e-4),
    ]


def test_a_target_outside_the_window_draws_no_flag() -> None:
    figure = timeline.figure(placed(rows=[row(1, 1, target_date=SHOWN.last + timedelta(1))]))
    assert shape(figure, "目标旗") is None


def test_rows_stand_below_each_other_without_gaps() -> None:
    rows, bars = wall(40)
    board = timeline_board.board(rows, bars, SHOWN, ROOM)
    for above, below in pairwise(board.rows):
        assert above.top + above.height == below.top
    assert board.height == board.rows[-1].top + board.rows[-1].height
    for one in board.rows:
        assert all(
            one.top <= b.top and b.top + MEASURES["normal"].bar <= one.top + one.height for b in one.bars
        )


def test_long_names_get_a_higher_row() -> None:
    rows = [
        row(1, 2, project_name="冷链物流园"),
        row(2, 2, project_name="年产十万吨石墨负极材料及配套设施建设项目"),
    ]
    short, long = placed(rows=rows).rows
    assert short.height < long.height


def test_compact_rows_hold_twice_as_many_projects() -> None:
    rows, bars = wall(40)
    normal = timeline_board.board(rows, bars, SHOWN, ROOM)
    compact = timeline_board.board(rows, bars, SHOWN, Room(1000.0, 400.0), "compact")
    assert compact.height * 2 < normal.height


def test_labels_are_readable_in_both_themes() -> None:
    rows, bars = wall(40)
    board = timeline_board.board(rows, bars, SHOWN, ROOM)
    for colours in theme.COLOURS.values():
        for one in (b for r in board.rows for b in r.bars if b.label):
            outlined = timeline.hollow(one) or one.label.outside
            behind = colours.paper if outlined else colours.light(one.record["light"])
            assert contrast(timeline.label_colour(one, colours), behind) >= 4.5


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_figure_is_plain_json_and_leaves_no_axis_words() -> None:
    rows, bars = wall(40)
    figure = timeline.figure(timeline_board.board(rows, bars, SHOWN, ROOM), theme_name="dark")
    assert json.loads(json.dumps(figure)) == figure
    assert figure["layout"]["margin"] == {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}


def test_holidays_and_winter_are_shaded() -> None:
    found = closures(date(2025, 9, 20), date(2025, 12, 31), "辽宁")
    assert [c.first for c in found if c.kind == "holiday"] == [date(2025, 10, 1)]
    winter = [c for c in found if c.kind == "winter"]
    assert [(c.first, c.last) for c in winter] == [(date(2025, 11, 15), date(2026, 3, 20))]
    assert not [c for c in closures(date(2025, 9, 20), date(2025, 12, 31)) if c.kind == "winter"]
    spans = [Closure(day(5), day(9), "holiday", "某节"), Closure(day(400), day(409), "holiday", "太远")]
    figure = timeline.figure(placed(), spans)
    assert shape(figure, "某节")["x1"] == day(10).isoformat()
    assert shape(figure, "太远") is None


@pytest.mark.parametrize(
    ("zoom", "least", "most"), [("month", 45, 70), ("quarter", 150, 200), ("year", 400, 550)]
)
def test_zooms(zoom: timeline_window.Zoom, least: int, most: int) -> None:
    shown = timeline_window.window(AS_OF, zoom)
    assert least <= shown.days <= most
    assert 0.15 < shown.share(AS_OF) < 0.5
    moved = timeline_window.window(AS_OF, zoom, 1)
    assert moved.first - shown.first == timedelta(shown.days // 2)


def test_months_and_weeks_lie_inside_the_window() -> None:
    assert all(d.day == 1 and SHOWN.first <= d < SHOWN.last for d in timeline_window.months(SHOWN))
    near = timeline_window.window(AS_OF, "month")
    assert all(d.weekday() == 0 and near.first <= d < near.last for d in timeline_window.weeks(near))
