"""The parts of 总览 as pure functions: gauges, ranking, heat map, red list, today's counts."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest
from dash import html
from dash.development.base_component import Component

from components import arc as arcs
from components import empty, gauges, heat, overview, red_list, region_table, sparkline, today
from components.links import params
from components.rate import Before, Rate, rate_of
from data.lists import OPEN_PROCEDURES, ListColumn
from data.narrowing import Asked, narrowed
from tests.web.reading import words

DAY = date(2026, 11, 22)


def rates(**changes: Any) -> pl.DataFrame:
    row = {
        "indicator": "开复工率", "group": "全部", "numerator": 134, "denominator": 354, "unit": "个",
        "base": "年度清单", "target_ratio": 0.909, "pace_ratio": 0.833, "cutoff": DAY,
    }  # fmt: skip
    return pl.DataFrame([row | changes])


def arc(rate: Rate) -> tuple[ElementTree.Element, list[Component]]:
    """The drawing of a gauge and its labels."""
    drawing, _, *labels = arcs.arc(rate).children
    return ElementTree.fromstring(drawing), labels


def bands(rate: Rate) -> list[str]:
    return [path.get("class") for path in arc(rate)[0] if not path.get("class").startswith("mark-")]


def test_a_gauge_says_value_base_target_and_what_is_missing() -> None:
    rate = rate_of(rates(), "开复工率")
    assert words(gauges.value(rate)) == "37.9%"
    assert words(gauges.basis(rate)) == "134/354 个 · 年度清单距目标还差 188 个 · 截至 11月22日"
    assert words(gauges.pace(rate)) == "落后序时 45.4 pp"
    assert [words(label) for label in arc(rate)[1]] == ["序时 83.3%", "目标 90.9%"]
    assert [words(mark) for mark in arcs.legend(rate)] == ["目标 90.9%", "序时 83.3%"]


def test_a_gauge_is_red_when_behind_and_only_then() -> None:
    behind = rate_of(rates(), "开复工率")
    ahead = rate_of(rates(pace_ratio=0.3), "开复工率")
    unknown = rate_of(rates(pace_ratio=None), "开复工率")
    assert bands(behind) == ["track-arc", "behind"]
    assert bands(ahead) == ["track-arc", "reached"]
    assert bands(unknown) == ["track-arc", "reached"]
    assert words(gauges.pace(ahead)) == "快于序时 7.9 pp"
    assert words(gauges.pace(unknown)) == ""


def test_an_empty_base_is_a_dash_and_an_empty_arc() -> None:
    for rate in (rate_of(rates(numerator=0, denominator=0), "开复工率"), rate_of(rates(), "没有这个指标")):
        assert words(gauges.value(rate)) == "—"
        assert bands(rate) == ["track-arc"]
        assert rate.missing is None


def test_more_than_everything_is_told_but_drawn_as_full() -> None:
    rate = rate_of(rates(numerator=400, denominator=354), "开复工率")
    assert words(gauges.value(rate)) == "113.0%"
    track, full, *_ = arc(rate)[0]
    assert full.get("d") == track.get("d")
    assert rate.missing == 0


def test_a_gauge_says_what_moved_since_the_day_compared_with() -> None:
    def told(ratio: float | None) -> str:
        return words(
            gauges.pace(Rate("x", 380, 1000, pace_ratio=0.4, before=Before(date(2026, 11, 16), ratio)))
        )

    assert told(0.366) == "较11月16日 ▲ 1.4 pp落后序时 2.0 pp"
    assert told(0.42) == "较11月16日 ▼ 4.0 pp落后序时 2.0 pp"
    assert told(0.38) == told(0.3801) == "较11月16日 持平落后序时 2.0 pp"
    assert told(None) == "落后序时 2.0 pp"
    marked = arc(Rate("x", 38, 100, before=Before(date(2026, 11, 16), 0.36)))[0]
    assert [path.get("class") for path in marked][-1] == "mark-then"


def test_a_part_has_the_marks_of_its_gauge_and_what_moved() -> None:
    said = rates(indicator="开工率(新建)", target_ratio=0.9, pace_ratio=0.8)
    past = trend().with_columns(indicator=pl.lit("开工率(新建)"))
    new = overview.with_before(rate_of(said, "开工率(新建)", name="新建"), past, date(2026, 11, 13))
    moved, still = gauges.parts([new, Rate("环评", 1, 2, before=Before(DAY, 0.5))])
    marks = {one.className: one.style["left"] for one in moved._traverse() if isinstance(one, html.Em)}
    assert marks == {"part-then": "30.0%", "part-pace": "80.0%", "part-target": "90.0%"}
    assert words(moved) == "新建134/354 · 37.9% ▲7.9 pp"
    assert words(still) == "环评1/2 · 50.0%"


def test_a_part_of_a_kind_filters_by_it() -> None:
    linked, plain = gauges.parts([Rate("新建", 1, 2), Rate("环评", 1, 2)], "?region=a")
    assert linked.href == "/?region=a&kind=%E6%96%B0%E5%BB%BA"
    assert not hasattr(plain, "href")


def trend() -> pl.DataFrame:
    days = [date(2026, 11, 13), date(2026, 11, 16), date(2026, 11, 22)]
    return pl.DataFrame({"day": days, "indicator": "开复工率", "ratio": [0.3, None, 0.379]})


def test_what_a_rate_was_comes_from_the_trend() -> None:
    rate = rate_of(rates(), "开复工率")
    then = overview.with_before(rate, trend(), date(2026, 11, 13)).before
    assert then == Before(date(2026, 11, 13), 0.3)
    assert overview.with_before(rate, trend(), date(2026, 11, 14)).before is None
    assert overview.with_before(rate, trend(), None).before is None
    assert [ratio for _, ratio in overview.history(trend(), "开复工率")] == [0.3, None, 0.379]
    assert overview.history(trend(), "别的") == []


def points(values: list[float | None]) -> list[sparkline.Point]:
    return [(DAY - timedelta(len(values) - 1 - n), value) for n, value in enumerate(values)]


def line(values: list[float | None], name: str = "某率") -> tuple[ElementTree.Element, ElementTree.Element]:
    """A sparkline and its table."""
    drawing, table = ElementTree.fromstring(f"<div>{sparkline.drawn(points(values), name)}</div>")
    return drawing, table


def test_a_sparkline_leaves_gaps_and_ends_in_a_dot() -> None:
    drawing, table = line([0.1, 0.2, None, 0.4, 0.3], "<1>")
    lines = [line.get("points").split(" ") for line in drawing.findall("polyline")]
    assert [len(line) for line in lines] == [2, 2]
    heights = [float(point.split(",")[1]) for line in lines for point in line]
    assert heights[0] == max(heights)
    assert heights[2] == min(heights)
    assert drawing.findall("path")[0].get("d") == f"M{lines[-1][-1].replace(',', ' ')}h0"
    assert drawing.get("aria-label") == "<1>走势:最近 5 次快照由 10.0% 到 30.0%"
    assert drawing.get("aria-details") == table.get("id")
    assert [cell.text for cell in table.iter("td")][-4:] == ["11月21日", "40.0%", "11月22日", "30.0%"]


@pytest.mark.parametrize("values", [[], [0.3], [None, 0.3, None]])
def test_a_sparkline_of_less_than_two_values_is_nothing(values: list[float | None]) -> None:
    assert sparkline.drawn(points(values), "") == ""


def test_a_sparkline_that_never_moved_lies_in_the_middle() -> None:
    drawn = line([0.5, 0.5])[0].find("polyline").get("points")
    assert {point.split(",")[1] for point in drawn.split(" ")} == {f"{sparkline.HEIGHT / 2:.2f}"}


def test_money_is_shown_in_yi() -> None:
    rate = Rate("投资完成率", 3_060_000_000, 60_800_000_000, "元", "年度计划投资", 1.0, 0.25, DAY)
    told = words(gauges.basis(rate))
    assert told.startswith("30.60/608.00 亿元")
    assert "3,060,000,000 元 / 60,800,000,000 元" in told
    assert "年度计划投资距目标还差 577.40 亿元" in told
    assert words(gauges.pace(rate)) == "落后序时 20.0 pp"


@pytest.mark.parametrize("share", [0.05, 0.25, 0.379, 0.5, 0.75, 1.0])
def test_the_arc_ends_where_the_share_says(share: float) -> None:
    path = arc(Rate("x", int(share * 1000), 1000))[0][1].get("d")
    ends = [tuple(map(float, pair)) for pair in re.findall(r"[ML ](-?[\d.]+),(-?[\d.]+)", path)]
    outer, inner = arcs._point(share, 1), arcs._point(share, arcs.INNER)
    assert [math.hypot(x, y) for x, y in ends] == pytest.approx([1, 1, arcs.INNER, arcs.INNER], abs=1e-3)
    assert ends[1] == pytest.approx(outer, abs=1e-3)
    assert ends[2] == pytest.approx(inner, abs=1e-3)


def test_labels_of_near_marks_do_not_lie_on_each_other() -> None:
    near = arc(Rate("x", 1, 2, target_ratio=0.9, pace_ratio=0.89))[1]
    assert ["down" in label.className for label in near] == [False, True]
    before = arc(Rate("x", 1, 2, target_ratio=0.88, pace_ratio=0.89))[1]
    assert ["up" in label.className for label in before] == [False, True]
    far = arc(Rate("x", 1, 2, target_ratio=0.9, pace_ratio=0.4))[1]
    assert not any({"up", "down"} & set(label.className.split()) for label in far)


def regions() -> pl.DataFrame:
    rows = [
        ("高新区", "园区", 1, 10, 9), ("乙县", "县区", 2, 20, 5),
        ("甲县", "县区", 1, 20, 15), (None, None, None, 1, 0),
    ]  # fmt: skip
    return pl.DataFrame(
        [
            {"region": r, "region_kind": k, "rank": n, "projects": p, "started": s, "start_ratio": s / p,
             "red": 2, "yellow": 0, "blue": 3, "green": 1, "grey": 0, "stopped": 0}
            for r, k, n, p, s in rows
        ]
    )  # fmt: skip


def test_counties_and_parks_are_ranked_apart() -> None:
    assert region_table.order(regions()) == ["甲县", "乙县", "高新区", None]
    text = words(region_table.table(regions(), "?kind=新建"))
    assert text.index("甲县") < text.index("乙县") < text.rindex("园区") < text.index("高新区")
    assert "15/20" in text
    assert "75.0" in text
    assert "逾期" in text


def hrefs(part: Any) -> list[str]:
    return [link.href for link in part._traverse() if hasattr(link, "href")]


def test_a_region_filters_and_takes_it_back_and_a_light_leads_to_the_wall() -> None:
    kind, region = "kind=%E6%96%B0%E5%BB%BA", "region=%E7%94%B2%E5%8E%BF"
    name, bar, red, blue, green, *_ = hrefs(region_table.table(regions(), f"?{kind}"))
    assert name == bar == f"/?{kind}&{region}"
    assert [red, blue, green] == [f"/timeline?{kind}&{region}&light={c}" for c in ("red", "blue", "green")]
    assert hrefs(region_table.table(regions(), f"?{kind}&{region}"))[0] == f"/?{kind}"


def test_the_ranking_says_who_moved_and_from_where() -> None:
    changed = pl.DataFrame(
        {
            "group": ["甲县", "乙县", "高新区"], "moved": [2, -1, None], "rank_before": [3, 1, None],
            "ratio_before": [0.5, 0.9, None],
        }
    )  # fmt: skip
    table = region_table.table(regions(), "", region_table.moves(changed))
    assert "1▲2甲县" in words(table)
    assert "2▼1乙县" in words(table)
    assert "1新高新区" in words(table)
    titles = [cell.title for cell in table._traverse() if "原第" in (getattr(cell, "title", "") or "")]
    assert titles == ["原第 3 名,50.0%", "原第 1 名,90.0%"]
    assert "升降" not in words(region_table.table(regions(), ""))


def cells() -> pl.DataFrame:
    rows = [("甲县", "立项", 10, 9), ("甲县", "能评", 0, 0), ("乙县", "立项", 4, 1), ("乙县", "能评", 8, 8)]
    return pl.DataFrame([{"region": r, "procedure": p, "due": d, "done": n} for r, p, d, n in rows])


def test_the_heat_map_has_a_dash_where_nothing_was_due() -> None:
    table = heat.table(cells(), ["乙县", "甲县", "丙县"], "")
    assert words(table) == "立项能评乙县25100甲县90—"


def test_a_cell_leads_to_what_is_not_done_of_that_procedure_in_that_region() -> None:
    table = heat.table(cells(), ["乙县"], "?leader=领导01")
    (first, *_) = [one for one in table._traverse() if getattr(one, "tabIndex", None) == "-1"]
    path, _, search = first.href.partition("?")
    asked = params(search)
    assert path == f"/lists/{OPEN_PROCEDURES}"
    assert (asked["region"], asked["leader"]) == ("乙县", "领导01")
    rows = pl.DataFrame({"node": ["立项", "能评", "立项"]})
    columns = [ListColumn("node", "节点", "text", "", "")]
    assert narrowed(rows, columns, Asked.of(None, asked["where"], None))["node"].to_list() == ["立项", "立项"]


def test_the_menu_has_every_procedure_that_is_due_with_its_counts() -> None:
    names = [f"手续{number}" for number in range(23)]
    rates = pl.DataFrame([{"procedure": n, "due": i * 10, "done": i} for i, n in enumerate(names)])
    menu = heat.menu(rates, "?region=甲县")
    assert words(menu).startswith("全部 22 项手续11/10 · 10.0%")
    links_ = [one.href for one in menu._traverse() if getattr(one, "href", None)]
    assert len(links_) == 22
    assert params(links_[0].partition("?")[2])["region"] == "甲县"


def test_where_there_is_nothing_it_says_what_to_do() -> None:
    nobody = Rate("投资完成率", None, None, "元", "年度计划投资")
    assert words(gauges.basis(nobody)) == "年度计划投资为空,没有比率请去掉一个筛选,或在台账补报"
    assert words(heat.table(cells().clear(), [], "")).endswith("或在台账“节点”表报送手续")
    assert words(region_table.table(regions().clear(), "")).endswith(empty.WIDEN)
    none = pl.DataFrame()
    assert heat.menu(pl.DataFrame([{"procedure": "立项", "due": 0, "done": 0}]), "") is None
    assert words(red_list.table(none, "", projects=0)) == f"当前范围没有项目;{empty.WIDEN}"
    assert words(red_list.table(none, "", projects=3)) == "当前范围没有逾期事项"


def test_the_heat_map_keeps_the_procedures_with_most_due_in_usual_order() -> None:
    names = [f"手续{number}" for number in range(12)]
    rows = pl.DataFrame(
        [{"region": "甲县", "procedure": n, "due": i, "done": 0} for i, n in enumerate(names)]
    )
    assert heat.procedures(rows) == names[3:]


def test_the_red_list_says_who_has_it_and_since_when() -> None:
    row = {
        "project_id": "P/1", "project_name": "烧碱", "region": "甲县", "node": "安评", "department": None,
        "due_date": date(2026, 11, 10), "due_basis": "承诺", "overdue_workdays": 9,
        "accountable_leader": "领导07",
    }  # fmt: skip
    table = red_list.table(pl.DataFrame([row]), "?region=x")
    assert words(table) == "项目卡在在谁手里逾期包保烧碱甲县安评—承诺 11月10日9 天领导07"
    assert hrefs(table) == ["/project/P%2F1?region=x", "/?region=x&leader=%E9%A2%86%E5%AF%BC07"]
    assert "没有逾期" in words(red_list.table(pl.DataFrame([row]).clear(), ""))


def test_todays_counts() -> None:
    row = {
        "due_today": 4, "due_within_3": 11, "overdue": 17, "newly_overdue": 3, "must_start_today": 6,
        "deferred_due_within_3": 0, "deferred_overdue": 0,
        "done_since_yesterday": 9, "problems_open": 5,
    }  # fmt: skip
    assert [words(tile) for tile in today.tiles(row, "")] == [
        "新增逾期3共 17 项逾期", "3日内到期11今日到期 4 项",
        "今天必须启动6晚一天即误期", "昨日以来办结9未销号问题 5 个",
    ]  # fmt: skip
