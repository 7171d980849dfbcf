"""会议材料: charts that can be edited hold the screens' figures; the wall is the screen's board as shapes."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from components import formats
from components.papers import slide_wall, slides
from components.papers.asked import Asked, asked
from components.papers.catalog import made, paper
from components.rate import rate_of
from data.agenda import agenda
from data.record import record
from tests.papers import reading


@pytest.fixture
def deck(week: Asked, tmp_path: Path) -> Path:
    return made(paper("slides"), week, tmp_path)


def test_charts_hold_the_queries_figures_and_a_workbook_to_edit(week: Asked, deck: Path) -> None:
    charts = reading.charts(deck)
    rates = week.ask("rates")
    now, target, pace = charts["总体进展"].plots[0].series
    for place, name in enumerate(("开复工率", "手续办结率", "投资完成率")):
        rate = rate_of(rates, name)
        assert (now.values[place], target.values[place], pace.values[place]) == (
            rate.ratio, rate.target_ratio, rate.pace_ratio,
        )  # fmt: skip
    table = week.ask("region_table")
    counties = table.filter(region_kind="县区")
    ranking = next(chart for title, chart in charts.items() if title.startswith("县区排名"))
    assert list(ranking.plots[0].categories) == counties["region"].to_list()
    assert list(ranking.plots[0].series[0].values) == counties["start_ratio"].to_list()
    red = next(s for c in charts.values() for s in c.plots[0].series if s.name == "逾期")
    assert [value or 0 for value in red.values] == table["red"].to_list()[: slides.ROWS]
    workbook = openpyxl.load_workbook(io.BytesIO(ranking.part.chart_workbook.xlsx_part.blob))
    assert workbook.active is not None and workbook.active["B1"].value == "开复工率"


def test_the_trend_is_the_trend_query_s(week: Asked, deck: Path) -> None:
    trend = week.ask("trend", indicator="开复工率")
    line = reading.charts(deck)["历次台账走势"].plots[0].series[0]
    assert list(line.values) == trend["ratio"].to_list()


def test_every_slide_says_what_its_figures_stand_for(week: Asked, deck: Path) -> None:
    for slide in reading.slides(deck):
        told = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert any(week.stamp in text for text in told)


def test_tables_hold_the_lists_rows(week: Asked, deck: Path) -> None:
    by_heading = {reading.heading(slide): slide for slide in reading.slides(deck)}
    red = week.ask("list_nodes", which="overdue")
    title = next(title for title in by_heading if title.startswith("红灯清单"))
    assert f"{week.ask('today_counts')['overdue'][0]}项" in title
    listed = reading.grids(by_heading[title])[0][1:]
    assert [row[0] for row in listed] == red["project_name"].to_list()[: slides.ROWS]
    assert [row[5] for row in listed] == [
        formats.count(-left) for left in red["workdays_left"].to_list()[: slides.ROWS]
    ]
    items = agenda(record(), week.meeting, week.shown.params).items
    planned = next(slide for title, slide in by_heading.items() if title.startswith("议程"))
    assert [row[1] for row in reading.grids(planned)[0][1:]] == [item.name for item in items][: slides.ROWS]


def test_the_wall_is_the_screen_s_rows_with_a_shape_a_node(week: Asked, deck: Path) -> None:
    wall = reading.slides(deck)[-1]
    rows = week.ask("timeline", order="light", limit=slide_wall.ROWS)
    told = " ".join(shape.text_frame.text for shape in wall.shapes if shape.has_text_frame)
    assert all(name in told for name in rows["project_name"])
    bars = week.ask("timeline_bars", projects=rows["project_id"].to_list())
    named = {shape.name.split(" ")[0] for shape in wall.shapes}
    assert named & set(map(str, bars["node"]))
    right = max(shape.left + shape.width for shape in wall.shapes)
    assert right <= 12192000


def test_without_anything_to_show_a_slide_says_so(week: Asked, city: Path, tmp_path: Path) -> None:
    nobody = asked("?rhythm=week&region=没有这个县", week.source)
    deck = slides.write(nobody, tmp_path / "空.pptx")
    said = [
        shape.text_frame.text
        for slide in reading.slides(deck)
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    assert "没有。" in said
