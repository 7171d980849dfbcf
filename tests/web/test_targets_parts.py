"""目标 as pure functions: cards, chart, tables, campaign boards, leads and scores say what they mean."""

from __future__ import annotations

import asyncio
import threading
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import polars as pl
import pytest

from components import (
    campaigns_board,
    campaigns_steps,
    leads,
    markup,
    score,
    targets,
    targets_card,
    targets_chart,
    targets_strip,
    targets_table,
)
from components.targets_card import Shown
from components.targets_chart import Chart
from components.targets_tabs import tabs
from data.backtest import Score
from data.campaigns import Campaign
from data.forecast import Decider, Forecast, Point
from data.score import Item, sheets
from tests.web.reading import words

DAY = date(2026, 11, 22)
END = date(2026, 12, 31)


def target(**changes: Any) -> dict[str, Any]:
    return {
        "indicator": "开复工率", "scope": "全市", "scope_kind": "全市", "period": "2026", "width": 4,
        "first_day": date(2026, 1, 1), "last_day": END, "over": False, "is_count": False, "rate": "开复工率",
        "target_value": 0.91, "numerator": 134, "denominator": 354, "ratio": 134 / 354, "unit": "个",
        "base": "年度清单", "needed": 323,
        "missing": 189, "gap_ratio": 134 / 354 - 0.91, "pace_ratio": 10 / 12,
        "pace_gap_ratio": 134 / 354 - 10 / 12, "pace_missing": 161,
        "workdays_left": 29, "needed_per_week": 32.6, "cutoff": DAY,
    } | changes  # fmt: skip


def forecast(**changes: Any) -> Forecast:
    points = (Point(DAY, 134, 134, 134, 134), Point(END, 158, 168, 180, 145))
    known: dict[str, Any] = {
        "indicator": "开复工率", "as_of": DAY, "until": END, "numerator": 134, "denominator": 354,
        "needed": 323, "chance": 0.0, "points": points, "deciders": (), "enough": True, "days": 31,
        "nodes": 1442, "draws": 200,
    }  # fmt: skip
    return Forecast(**(known | changes))


def trend(*counts: int) -> pl.DataFrame:
    days = [DAY - timedelta(days=7 * (len(counts) - 1 - at)) for at in range(len(counts))]
    return pl.DataFrame({"day": days, "numerator": counts, "ratio": [count / 354 for count in counts]})


def shown(**changes: Any) -> Shown:
    known = {
        "indicator": "开复工率", "targets": [target()], "trend": trend(110, 118, 126, 134),
        "rate": target(), "forecast": forecast(),
    }  # fmt: skip
    return Shown(**(known | changes))


def test_a_card_says_what_is_missing_needed_and_likely() -> None:
    told = words(targets_card.card(shown(), DAY))
    for part in (
        "全市 · 2026 · 到12月31日还有 29 个工作日", "37.9%", "目标 91%", "还差 189 个(−53.1 pp)",
        "落后序时 45.5 pp", "从现在起每周要 32.6 个,近四周每周 8.0 个",
        "预计到12月31日 168 个(47.5%),八成可能在 158–180 个之间",
        "达到目标的可能 不到1%", "按各项目自己的计划是 145 个", "134/354 个 · 年度清单 · 截至 11月22日",
    ):  # fmt: skip
        assert part in told


def test_too_little_history_is_said_and_the_plan_shown() -> None:
    few = forecast(enough=False, chance=None, days=8, nodes=12)
    assert words(targets_card.likely(few, target())) == (
        "历史还不够预测(只有 8 份快照、12 个办结节点);按各项目自己的计划是 145 个。"
    )
    chart = targets_card.chart_of(shown(forecast=few), DAY)
    assert chart.median == () and chart.low == () and len(chart.stated) == 2


def test_a_target_whose_period_is_over_does_not_stretch_the_chart_into_the_past() -> None:
    half = target(period="2026上半年", last_day=date(2026, 6, 30), over=True, target_value=0.35)
    chart = targets_card.chart_of(shown(targets=[target(), half]), DAY)
    assert chart.targets == [(END, 0.91)]


def test_forecasts_keep_off_the_threads_that_answer_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    class Asked:
        def ask(self, *_: object, **__: object) -> None:
            seen.append(threading.current_thread().name)

        def version(self, _: date) -> str:
            return "2026-11-22/1"

    monkeypatch.setattr(targets, "forecasts", Asked)
    monkeypatch.setattr(targets, "queries", Asked)

    async def page() -> None:
        await asyncio.gather(*(targets.forecast("开复工率", None, {}, DAY) for _ in range(40)))

    # more than once: what waits must not belong to one event loop
    for _ in range(2):
        asyncio.run(page())
    assert len(seen) == 80
    assert all(name.startswith("hands") for name in seen)


def test_a_new_year_s_count_is_not_held_against_last_year_s() -> None:
    days = [date(2026, 12, 20), date(2026, 12, 31), date(2027, 1, 4), date(2027, 1, 11)]
    past = pl.DataFrame({"day": days, "numerator": [900, 1000, 10, 24]})
    assert targets_card.per_week(past) == 14
    assert targets_card.per_week(past.head(3)) is None


def test_a_reached_target_and_one_without_figures() -> None:
    assert "已达到" in words(targets_card.card(shown(targets=[target(missing=0)]), DAY))
    bare = shown(targets=[], rate=target(numerator=None, denominator=None, ratio=None), forecast=None)
    told = words(targets_card.card(bare, DAY))
    assert "没有填报目标" in told and "—" in told and "nan" not in told
    assert not bare.there


def test_further_periods_say_whether_they_are_over() -> None:
    later = target(period="2026上半年", last_day=date(2026, 6, 30), over=True, workdays_left=0, missing=3)
    count = target(period="2026-11", is_count=True, target_value=200.0, gap_ratio=None, missing=66)
    told = words(targets_card.card(shown(targets=[target(), later, count]), DAY))
    assert "2026上半年目标 91%还差 3 个,已过期" in told
    assert "2026-11目标 200 个还差 66 个,剩 29 个工作日" in told


def count(**changes: Any) -> dict[str, Any]:
    return target(
        indicator="新开工项目数", is_count=True, rate="开工率(新建)", target_value=80.0, numerator=64,
        needed=80, missing=16, gap_ratio=None, pace_gap_ratio=64 / 80 - 10 / 12, pace_missing=3,
        needed_per_week=2.8,
    ) | changes  # fmt: skip


def test_a_count_is_told_with_its_gap_pace_weekly_need_and_forecast() -> None:
    points = (Point(DAY, 64, 64, 64, 64), Point(END, 66, 70, 74, 68))
    quarter = count(period="2026Q3", over=True, target_value=66.0, missing=2)
    half = count(period="2026上半年", over=True, target_value=30.0, missing=0)
    one = shown(
        indicator="新开工项目数", targets=[count(), quarter, half], trend=trend(52, 56, 60, 64), rate=None,
        forecast=forecast(points=points, chance=0.2),
    )  # fmt: skip
    told = words(targets_strip.strip([one]))
    for part in (
        "新开工项目数64 个2026 目标 80 个,完成 80.0%,还差 16 个", "比序时(83.3%)少 3 个",
        "从现在起每周要 2.8 个,近四周每周 4.0 个", "预计到12月31日 70 个(八成在 66–74 个),达标可能 20%",
        "2026Q3 目标 66 个,还差 2 个,已过期", "按开工率(新建)的完成数 · 截至 11月22日",
    ):  # fmt: skip
        assert part in told
    assert "上半年" not in told
    reached = words(targets_strip.strip([shown(targets=[count(missing=0, pace_missing=0)], forecast=None)]))
    assert "已达到赶上序时" in reached


def test_a_count_nothing_counts_says_so() -> None:
    bare = shown(targets=[count(indicator="签约项目", numerator=None, target_value=60.0)], forecast=None)
    assert "目标 60 个台账里没有数它的地方" in words(targets_strip.strip([bare]))


def test_counts_of_a_scope_stand_beside_its_rates() -> None:
    rows = pl.DataFrame([target(scope="甲县", scope_kind="县区"), count(scope="甲县", scope_kind="县区")])
    table = targets_table.table(rows, {}, "")
    assert words(table.children[0]) == "范围开复工率还差新开工项目数还差达标可能"
    assert words(table.children[1]).endswith("64 个目标 80 个16 个80.0%—")


@pytest.mark.parametrize(("share", "said"), [(0.0, "不到1%"), (0.356, "36%"), (1.0, "99%以上")])
def test_a_chance_promises_no_more_than_draws_can(share: float, said: str) -> None:
    assert targets_card.chance(share) == said


def test_money_is_told_in_yi() -> None:
    assert targets_card.between(38_200_000_000, 85_090_000_000, "元") == "382.00–850.90 亿元"


def test_the_chart_puts_days_and_values_in_their_place() -> None:
    chart = Chart([(DAY, 0.2), (END, 0.4)], (), (), (), (), [(END, 0.6)], DAY)
    drawing = targets_chart.drawn(chart, "某率")[0].children[0]
    root = ElementTree.fromstring(drawing)
    actual, goal = root.findall("polyline")
    first, last = (tuple(map(float, point.split(","))) for point in actual.get("points").split())
    top = {float(point.split(",")[1]) for point in goal.get("points").split()}
    assert (first[0], last[0]) == (0, targets_chart.WIDTH)
    assert first[1] > last[1] > max(top)
    assert root.get("aria-label") == "某率"
    assert targets_chart.drawn(Chart([(DAY, 0.2)], (), (), (), (), (), DAY), "某率") == []


def test_the_chart_has_a_table_that_says_the_same() -> None:
    points = tuple(Point(date(2026, 12, day), 140 + day, 150 + day, 160 + day, 134) for day in range(1, 8))
    chart = targets_card.chart_of(shown(forecast=forecast(points=points)), DAY)
    twin = targets_chart.drawn(chart, "某率")[-1]
    rows = [words(row) for row in twin.children.children[2].children]
    assert twin.className == "visually-hidden"
    assert rows == ["11月22日37.9%——", "12月2日42.9%40.1%45.8%", "12月5日43.8%41.0%46.6%"]


def test_scopes_furthest_behind_come_first_and_a_dash_stands_for_nothing() -> None:
    rows = pl.DataFrame(
        [
            target(scope="甲县", scope_kind="县区", gap_ratio=-0.1),
            target(scope="乙县", scope_kind="县区", gap_ratio=-0.4),
            target(scope="丙县", scope_kind="县区", gap_ratio=None, ratio=None, numerator=None, missing=None),
        ]
    )
    table = targets_table.table(rows, {"乙县": forecast(chance=0.42)}, "")
    body = [words(row) for row in table.children[1].children]
    assert body == [
        "县区", "乙县37.9%目标 91%189 个−40.0 pp42%预计 158–180 个", "甲县37.9%目标 91%189 个−10.0 pp—",
        "丙县———",
    ]  # fmt: skip


def test_deciders_say_where_they_are_stuck() -> None:
    one = Decider("P1", "甲项目", "甲县", "领导01", 0.47, date(2027, 1, 1), None, "方案", "自然资源局")
    told = words(targets_table.deciders([one], "12月31日", ""))
    assert "甲项目甲县、领导01方案自然资源局47%1月1日—" in told
    assert "没有悬而未决" in words(targets_table.deciders([], "12月31日", ""))


def test_the_record_shows_all_three_errors_and_marks_the_best() -> None:
    table = targets_table.record([Score("开复工率", 10, 5, 0.8, 2.5, 1.5, None, 6.0)])
    row = table.children[1].children[0]
    assert words(row) == "开复工率 10天实际平均新增 6.080%(5次)2.51.5—"
    best = [cell for cell in row.children if type(cell.children).__name__ == "B"]
    assert [words(cell) for cell in best] == ["1.5"]


def test_tabs_keep_the_filters_and_drop_a_page_s_own_choice() -> None:
    links = tabs("线索", "?region=甲县&action=百日攻坚").children
    assert [link.href for link in links][:2] == [
        "/targets?region=%E7%94%B2%E5%8E%BF",
        "/targets/campaigns?region=%E7%94%B2%E5%8E%BF",
    ]
    assert [link.children for link in links if "on" in link.className] == ["线索"]


@pytest.mark.parametrize(
    ("left", "said"),
    [(12, "距3月15日开工还有 12 个工作日"), (0, "3月15日开工,就是今天"), (-3, "3月15日开工已过 3 个工作日")],
)
def test_a_countdown_in_words(left: int, said: str) -> None:
    day = date(2027, 3, 15)
    assert words(campaigns_board.days_to({"workdays_left": left, "stated_start": day})) == said


def test_a_step_is_behind_an_even_pace() -> None:
    run = Campaign(name="甲", first="2026-11-01", days=50).run(DAY)
    assert campaigns_steps.even(run, date(2026, 10, 31), 10, 60) == 10
    assert campaigns_steps.even(run, date(2026, 11, 25), 10, 60) == 35
    days = [date(2026, 10, 31), date(2026, 11, 25)]
    rows = pl.DataFrame({"step": ["环评"] * 2, "day": days, "done": [10, 34], "due": [60, 60]})
    name, drawing, table, came = campaigns_steps.steps(rows, run).children[0].children
    assert words([name, came]) == "环评34/60期间 +2457%"
    assert came.children[1].className == "behind"
    even, actual = ElementTree.fromstring(drawing).findall("polyline")
    assert (even.get("points"), actual.get("points")) == ("0.0,53.3 200.0,0.0", "0.0,53.3 100.0,27.7")
    assert f'aria-details="{table.id}"' in drawing
    assert words(table) == "环评进度:期间从 10 到 34,应办 60日期已办 环评10月31日1011月25日34"


def test_a_long_board_shows_both_ends() -> None:
    rows = pl.DataFrame(
        [
            {
                "group": f"领导{n:02d}", "rank": n, "rank_before": n, "moved": 0, "projects": 2, "red": 0,
                "started_numerator": 1, "ratio": 0.5, "done_nodes": 0,
            }
            for n in range(1, 31)
        ]
    )  # fmt: skip
    told = words(campaigns_board.leaders(rows, ""))
    assert "领导01" in told and "领导30" in told and "领导15" not in told and "中间 18 位略" in told


def test_the_funnel_says_each_step_s_share() -> None:
    rows = pl.DataFrame(
        {
            "stage": ["线索", "洽谈", "其他"], "leads": [3, 1, 2], "reached": [4, 1, None],
            "reached_yuan": [400_000_000, None, None], "step_ratio": [None, 0.25, None],
            "all_ratio": [1.0, 0.25, None], "cutoff": [DAY] * 3,
        }
    )  # fmt: skip
    told = words(leads.funnel(rows, ""))
    found = unquote(markup.html_of(leads.funnel(rows, "?region=甲县")))
    equal = '{"filterType": "text", "type": "equals", "filter": "洽谈"}'
    assert f'/lists/leads?region=甲县&amp;where={{"stage": {equal}}}' in found
    for part in ("4 条协议 4.00 亿元", "1 条上一步的 25%协议 —", "2 条没有写明阶段", "共 6 条"):
        assert part in told


def test_a_score_sheet_shows_points_beside_the_ratio() -> None:
    items = [Item(indicator="开复工率", points=100)]
    found = sheets(items, {"甲县": "县区", "乙县": "县区"}, {("甲县", "开复工率"): 0.5}, {})
    table = score.table(items, found, {"甲县": 2}, "")
    body = [words(row) for row in table.children.children[1].children]
    assert body == ["县区", "1▲1甲县50.050.050.0%", "—–乙县——"]
