"""The wall's picture on hand-made frames: what is drawn where, and that nothing hides anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations, pairwise
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import theme, timeline, timeline_board, timeline_labels, timeline_window, wall_rows
from components.theme import Colours
from components.timeline_board import Board, Room
from components.timeline_lanes import MEASURES, Span, lanes
from data.closures import Closure, closures
from data.settings import PROJECT_DIR
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


def picture(board: Board, spans: Iterable[Closure] = ()) -> ElementTree.Element:
    return ElementTree.fromstring(timeline.picture(board, spans))


def mark(drawn: ElementTree.Element, name: str) -> str | None:
    """The path of a kind of mark, null when none of that kind is drawn."""
    found = drawn.find(f"path[@class='mark {name}']")
    return None if found is None else found.get("d")


def px(when: date) -> float:
    return SHOWN.share(when) * ROOM.plot


def test_marks_are_one_path_a_kind_however_many_projects() -> None:
    rows, bars = wall(40)
    drawn = picture(timeline_board.board(rows, bars, SHOWN, ROOM))
    known = bars.filter(pl.col("state") != "not_applicable")["light"].n_unique()
    assert len([group for group in drawn.iter("g") if "bars" in group.get("class", "")]) == known
    marks = [path.get("class") for path in drawn.findall("path")]
    assert len(marks) == len(set(marks)) <= 16
    assert all(len(group.findall("path")) <= 3 for group in drawn.iter("g"))


def test_every_bar_is_drawn_once_in_its_light() -> None:
    states = {"A": ("done", "green"), "B": ("running", "red"), "C": ("waiting", "grey")}
    board = placed(
        *(bar("P00001", name, day(10 * i - 10), day(10 * i - 2), state=state, light=light)
          for i, (name, (state, light)) in enumerate(states.items()))
    )  # fmt: skip
    drawn = picture(board)
    looks = {light: [r.get("class") for r in drawn.findall(f"g[@class='bars {light}']/rect")]
             for light in ("green", "red", "grey")}  # fmt: skip
    assert looks == {"green": ["full"], "red": ["full"], "grey": ["hollow"]}
    red = drawn.find("g[@class='bars red']/rect")
    assert float(red.get("x")) == pytest.approx(px(day(0)), abs=0.1)
    assert float(red.get("width")) == pytest.approx(px(day(8)) - px(day(0)), abs=0.1)
    assert red.get("data-tip").startswith("B 逾期 · 在办")


def test_lights_that_need_attention_lie_on_top() -> None:
    board = placed(
        bar("P00001", "A", day(0), day(9), light="red", state="running"),
        bar("P00001", "B", day(0), day(9), light="green", state="done"),
    )
    groups = [g.get("class") for g in picture(board).iter("g") if "bars" in g.get("class", "")]
    assert groups == ["bars green", "bars red"]


def test_unreported_nodes_are_dashed_not_outlined() -> None:
    drawn = picture(
        placed(bar("P00001", "能评", day(3), day(20), state="unreported", reported=False, light="grey"))
    )
    assert drawn.find("g[@class='bars grey']/rect").get("class") == "unreported"
    assert mark(drawn, "unreported") is not None


def test_names_from_a_ledger_are_escaped() -> None:
    drawn = picture(placed(bar("P00001", '<b>"环"&</b>', day(0), day(90))))
    assert drawn.find("g[@class='labels']/text").text == '<b>"环"&</b>'
    assert drawn.find("b") is None


def test_nodes_that_do_not_apply_or_have_no_dates_are_not_drawn() -> None:
    board = placed(
        bar("P00001", "安评", day(0), day(9), state="not_applicable"),
        bar("P00001", "环评", None, None, state="waiting", light="grey", latest_finish=None),
    )
    assert board.rows[0].bars == ()
    assert picture(board).find(".//rect") is None


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


def test_every_node_that_runs_at_once_has_a_lane_of_its_own() -> None:
    nodes = ["立项", "用地", "环评", "能评", "水保", "安评"]
    board = placed(*(bar("P00001", node, day(-3), day(9 + i)) for i, node in enumerate(nodes)))
    (only,) = board.rows
    assert len({b.top for b in only.bars}) == len(nodes)
    assert all(
        only.top <= b.top and b.top + MEASURES["normal"].bar <= only.top + only.height for b in only.bars
    )
    assert all(b.label and b.label.text in nodes for b in only.bars)


def test_lanes_are_limited() -> None:
    same = [Span(day(0), day(9), critical=False, done=False)] * 12
    assert max(lanes(same, 8)) == 7
    done = [Span(day(0), day(9), critical=False, done=True)] * 6
    assert max(lanes(done, 8)) == 1
    assert lanes([], 8) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.booleans(), st.booleans()), max_size=12))
def test_only_done_bars_cover_each_other(nodes: list[tuple[int, int, bool, bool]]) -> None:
    spans = [Span(day(a), day(a + n), critical, done) for a, n, critical, done in nodes]
    found = lanes(spans, 12)
    for (a, one), (b, other) in combinations(zip(found, spans, strict=True), 2):
        if a == b and one.start < other.finish and other.start < one.finish:
            assert one.done
            assert other.done


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
    ticks = [mark(picture(board), name) for name in ("tick", "tick late")]
    segments = [
        tuple(float(v) for v in found)
        for path in ticks
        for found in re.findall(r"M([\d.]+),([\d.]+)L[\d.]+,([\d.]+)", path)
    ]
    assert len(segments) > 100
    for x, top, bottom in segments:
        for drawn in (b for r in board.rows for b in r.bars):
            if top < drawn.top + height and bottom > drawn.top:
                assert not px(drawn.start) + 0.1 < x < px(drawn.finish) - 0.1
                if drawn.label:
                    half = timeline_labels.text_px(drawn.label.text) / 2
                    assert abs(x - drawn.label.centre) >= half


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
    drawn = picture(placed(bar("P00001", "环评", day(-5), day(9), latest_finish=day(3), float_workdays=-4)))
    assert mark(drawn, "tick") is None
    assert mark(drawn, "tick late") is not None
    assert mark(drawn, "lost") is not None
    done = picture(placed(bar("P00001", "环评", day(-15), day(-9), latest_finish=day(3))))
    assert mark(done, "tick") is None


def test_float_is_a_tail_from_the_forecast_to_the_latest_finish() -> None:
    drawn = picture(placed(bar("P00001", "环评", day(-5), day(9), latest_finish=day(20), float_workdays=8)))
    ends = re.findall(r"([\d.]+),", mark(drawn, "tail"))
    assert [float(x) for x in ends] == [
        pytest.approx(px(day(9)), abs=0.1),
        pytest.approx(px(day(20)), abs=0.1),
    ]
    assert mark(drawn, "lost") is None


def test_negative_float_is_a_red_tail_and_its_number_stands_on_the_worst_bar_alone() -> None:
    board = placed(
        bar("P00001", "环评", day(-5), day(39), latest_finish=day(3), float_workdays=-26, light="red"),
        bar("P00001", "施工许可", day(39), day(99), latest_finish=day(63), float_workdays=-26),
    )
    drawn = picture(board)
    assert mark(drawn, "lost").count("M") == 2
    assert mark(drawn, "tail") is None
    numbers = [tspan.text for tspan in drawn.iter("tspan")]
    assert numbers == [" −26"]
    assert board.rows[0].bars[0].label.text == "环评 −26"


def test_actual_promised_and_latest_finish_are_told_apart() -> None:
    done = picture(placed(bar("P00001", "立项", day(-30), day(-9), due_basis="承诺")))
    assert mark(done, "actual").startswith(f"M{px(day(-9)):.1f},")
    assert mark(done, "due") is None
    promised = {"due_basis": "承诺", "due_date": day(14), "latest_finish": day(20), "float_workdays": 8}
    drawn = picture(placed(bar("P00001", "环评", day(-5), day(9), **promised)))
    assert mark(drawn, "actual") is None
    assert mark(drawn, "due").startswith(f"M{px(day(14)):.1f},")
    assert mark(drawn, "tick").startswith(f"M{px(day(20)):.1f},")
    scheduled = picture(placed(bar("P00001", "环评", day(-5), day(9), due_basis="倒排", due_date=day(14))))
    assert mark(scheduled, "due") is None


def test_an_earlier_plan_lies_behind_bars_that_moved() -> None:
    rows = pl.DataFrame([row(1, 1)], schema=ROW_SCHEMA)
    bars = pl.DataFrame(
        [bar("P00001", "环评", day(0), day(30)), bar("P00001", "能评", day(0), day(9))], schema=BAR_SCHEMA
    )
    past = {("P00001", "环评"): (day(-10), day(12)), ("P00001", "能评"): (day(0), day(9))}
    board = timeline_board.board(rows, bars, SHOWN, ROOM, extra=timeline_board.Extra(past))
    assert {b.record["node"]: b.ghost for b in board.rows[0].bars} == {
        "环评": (day(-10), day(12)), "能评": None,
    }  # fmt: skip
    drawn = picture(board)
    assert mark(drawn, "ghost").count("Z") == 1
    kinds = [part.get("class") for part in drawn]
    assert kinds.index("mark ghost") < min(i for i, name in enumerate(kinds) if name.startswith("bars"))


@settings(deadline=None, max_examples=40)
@given(st.integers(-400, 400), st.sampled_from(["month", "quarter", "year"]))
def test_no_row_changes_its_height_when_time_moves(shift: int, zoom: timeline_window.Zoom) -> None:
    rows, bars = wall(6)
    still = timeline_board.board(rows, bars, SHOWN, ROOM)
    moved = timeline_window.window(AS_OF + timedelta(shift), zoom)
    board = timeline_board.board(rows, bars, moved, ROOM)
    assert [one.height for one in board.rows] == [one.height for one in still.rows]
    tops = {(b.record["project_id"], b.record["node"]): b.top for r in still.rows for b in r.bars}
    for one in (b for r in board.rows for b in r.bars):
        key = one.record["project_id"], one.record["node"]
        assert tops.get(key, one.top) == one.top


def test_target_today_and_progress_are_marked() -> None:
    rows = [row(1, 2, target_date=day(30), float_workdays=-5), row(2, 2, target_date=None, float_workdays=10)]
    drawn = picture(placed(rows=rows))
    assert mark(drawn, "flag").count("Z") == 1
    assert mark(drawn, "today").startswith(f"M{px(AS_OF):.1f},0")
    points = [float(x) for x in re.findall(r"([\d.]+),", mark(drawn, "progress"))]
    assert points == [pytest.approx(px(day(-7)), abs=0.1), pytest.approx(px(day(14)), abs=0.1)]


def test_today_is_drawn_only_where_it_is_shown() -> None:
    later = timeline_window.window(AS_OF, shift=3)
    frame = pl.DataFrame([row(1, 1)], schema=ROW_SCHEMA)
    board = timeline_board.board(frame, pl.DataFrame(schema=BAR_SCHEMA), later, ROOM)
    assert mark(picture(board), "today") is None


def test_a_target_outside_the_window_draws_no_flag() -> None:
    drawn = picture(placed(rows=[row(1, 1, target_date=SHOWN.last + timedelta(1))]))
    assert mark(drawn, "flag") is None


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
    css = (PROJECT_DIR / "assets" / "board.css").read_text(encoding="utf-8")
    rows, bars = wall(40)
    board = timeline_board.board(rows, bars, SHOWN, ROOM)
    for name, colours in theme.COLOURS.items():
        tones = tones_of(css, name, colours)
        for one in (b for r in board.rows for b in r.bars if b.label):
            outlined = timeline.look(one) != "full" or one.label.outside
            behind = colours.paper if outlined else colours.light(one.record["light"])
            assert contrast(tones[timeline.tone(one)], behind) >= 4.5


def tones_of(css: str, theme_name: str, colours: Colours) -> dict[str, str]:
    """Class of a label → its colour as the style sheet has it."""
    tokens = colours.tokens()
    light, dark = re.findall(r"\{ --on-deep: var\((--[\w-]+)\); --on-pale: var\((--[\w-]+)\);", css)
    deep, pale = light if theme_name == "light" else dark
    found = dict(re.findall(r"\.board \.(ink|soft) \{ fill: var\((--[\w-]+)\); \}", css))
    names = {**found, "on-deep": deep, "on-pale": pale}
    return {tone: tokens[name] for tone, name in names.items()}


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_holidays_and_winter_are_shaded() -> None:
    found = closures(date(2025, 9, 20), date(2025, 12, 31), "辽宁")
    assert [c.first for c in found if c.kind == "holiday"] == [date(2025, 10, 1)]
    winter = [c for c in found if c.kind == "winter"]
    assert [(c.first, c.last) for c in winter] == [(date(2025, 11, 15), date(2026, 3, 20))]
    assert not [c for c in closures(date(2025, 9, 20), date(2025, 12, 31)) if c.kind == "winter"]
    spans = [Closure(day(5), day(9), "holiday", "某节"), Closure(day(400), day(409), "holiday", "太远")]
    shades = picture(placed(), spans).findall("rect")
    assert [shade.find("title").text for shade in shades] == ["某节"]
    right = float(shades[0].get("x")) + float(shades[0].get("width"))
    assert right == pytest.approx(px(day(10)), abs=0.2)


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
