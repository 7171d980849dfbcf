"""调度会材料: the meeting's slides, with charts that can be edited and the wall as shapes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import polars as pl
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation as Deck

from components import formats
from components.light import words as lights
from components.papers import bulletin, changes, meeting, slide_wall, words
from components.papers import slide_form as form
from components.papers.asked import Asked, office_name
from components.rate import Rate, rate_of
from data.agenda import agenda
from data.record import record

Step = Callable[[str], None]

# rows of a table on a slide; the rest is in the workbook
ROWS: Final = 14
MOST_REASONS: Final = 2
_GAUGES: Final = ("开复工率", "手续办结率", "投资完成率")
_PACE: Final = "9AA6B0"


def write(asked: Asked, target: Path, step: Step = lambda word: None) -> Path:
    """The deck at `target`; `step` is told what is being drawn."""
    made = form.deck()
    for word, draw in _PAGES:
        step(word)
        draw(made, asked)
    made.core_properties.title = target.stem
    made.core_properties.author = ""
    made.save(str(target))
    return target


def _cover(made: Deck, asked: Asked) -> None:
    page = made.slides.add_slide(made.slide_layouts[6])
    form.box(page, (0, 0, form.WIDTH_IN, form.HEIGHT_IN), form.BAR)
    meeting = asked.meeting
    form.text(page, f"重点项目{meeting.rhythm.word}会材料", (1, 2.3, 11.3, 1.1), 44, "FFFFFF", bold=True)
    told = [words.day(meeting.day), office_name()]
    form.text(page, "\n".join(part for part in told if part), (1, 3.6, 11.3, 1.1), 24, "FFFFFF")
    demo = " · 演示数据" if asked.freshness["demo"] else ""
    form.text(page, asked.stamp + demo, (1, 6.5, 11.3, 0.5), 16, "D5DCE2")


def _rates(made: Deck, asked: Asked) -> None:
    frame = asked.ask("rates")
    found = [rate_of(frame, name) for name in _GAUGES]
    page = form.slide(made, "总体进展", asked.stamp)
    series = [
        ("现在", [rate.ratio for rate in found], form.ACCENT),
        ("目标", [rate.target_ratio for rate in found], form.LIGHTS["green"]),
        ("序时", [rate.pace_ratio for rate in found], _PACE),
    ]
    form.chart(page, XL_CHART_TYPE.COLUMN_CLUSTERED, _GAUGES, series, (0.45, 1.05, 6.5, 5.8))
    told = [
        *found,
        *(rate_of(frame, name) for name in ("开工率(新建)", "复工率(续建)", "按期办结率", "问题销号率")),
    ]
    form.table(
        page, ("指标", "比率", "分子/分母", "口径"), [_rate(rate) for rate in told], (7.15, 1.2),
        (1.75, 0.85, 1.5, 1.75), (1, 2),
    )  # fmt: skip


def _rate(rate: Rate) -> tuple[str, ...]:
    told = words.rate(rate)
    return rate.name, told["比率"], f"{told['分子']}/{told['分母']}", told["口径"]


def _regions(made: Deck, asked: Asked) -> None:
    table = asked.ask("region_table")
    told = {row["名称"]: row for row in changes.regions(asked)}
    for kind in dict.fromkeys(table["region_kind"].to_list()):
        own = table.filter(pl.col("region_kind").eq_missing(kind)).head(ROWS)
        names = [formats.text(name) for name in own["region"]]
        page = form.slide(made, f"{formats.text(kind)}排名:开复工率(年度清单)", asked.stamp)
        series = [("开复工率", own["start_ratio"].to_list(), form.ACCENT)]
        bars = form.chart(page, XL_CHART_TYPE.BAR_CLUSTERED, names, series, (0.45, 1.05, 4.7, 5.8))
        form.outside(bars)
        rows = [_region(told[name]) for name in names]
        heads = ("名次", "比上次", "名称", "开复工/项目", "投资(亿元)", "投资率", "手续率", "红灯")
        form.table(
            page, heads, rows, (5.3, 1.2), (0.6, 0.95, 1.4, 1.2, 1.4, 0.75, 0.75, 0.6), (0, 3, 4, 5, 6, 7)
        )


def _region(row: dict[str, Any]) -> tuple[str, ...]:
    names = ("名次", "升降", "名称", "开复工比项目", "投资亿", "投资率", "手续率", "红灯")
    return tuple(str(row[name]) for name in names)


def _lights(made: Deck, asked: Asked) -> None:
    table = asked.ask("region_table").head(ROWS)
    page = form.slide(made, "各县区、园区亮灯(项目数)", asked.stamp)
    if table.is_empty():
        _nothing(page)
        return
    names = [formats.text(name) for name in table["region"]]
    series = [
        (word, [count or None for count in table[code]], form.LIGHTS[code]) for code, word in lights().items()
    ]
    bars = form.chart(
        page, XL_CHART_TYPE.BAR_STACKED, names, series, (0.45, 1.05, 12.4, 5.85), form="0"
    )  # fmt: skip
    bars.plots[0].overlap = 100
    bars.plots[0].gap_width = 40
    bars.category_axis.reverse_order = True
    bars.value_axis.visible = bars.value_axis.has_major_gridlines = False
    bars.plots[0].data_labels.font.color.rgb = form.rgb("FFFFFF")


def _trend(made: Deck, asked: Asked) -> None:
    frame = asked.ask("trend")
    days = frame["day"].unique().sort().to_list()
    page = form.slide(made, "历次台账走势", asked.stamp)
    if not days:
        form.text(page, "历次台账还在计算,请过一会儿再做。", (0.45, 1.2, 12, 0.5), 20)
        return
    colours = (form.ACCENT, form.LIGHTS["green"], form.LIGHTS["yellow"])
    series = [(name, _over(frame, name, days), colour) for name, colour in zip(_GAUGES, colours, strict=True)]
    form.chart(
        page, XL_CHART_TYPE.LINE_MARKERS, [f"{day:%m-%d}" for day in days], series,
        (0.45, 1.05, 12.4, 5.85), labels=False,
    )  # fmt: skip


def _over(frame: pl.DataFrame, indicator: str, days: list[Any]) -> list[float | None]:
    known = dict(frame.filter(pl.col("indicator") == indicator).select("day", "ratio").iter_rows())
    return [known.get(day) for day in days]


def _changes(made: Deck, asked: Asked) -> None:
    told = changes.context(asked)
    if not told["比较日"]:
        return
    page = form.slide(made, f"与{told['比较日']}相比", asked.stamp)
    moved = told["变化"]
    rows = [
        ("已开复工项目(个)", moved["原开复工"], moved["开复工"]),
        ("开复工率", moved["原率"], moved["率"]),
        ("红灯项目(个)", moved["原红灯"], moved["红灯"]),
        ("黄灯项目(个)", moved["原黄灯"], moved["黄灯"]),
        ("其间办结节点(项)", "", moved["办结"]),
        ("其间新增逾期(项)", "", moved["新逾期"]),
        ("其间推迟节点(项)", "", moved["推迟"]),
    ]
    form.table(page, ("", "那时", "现在"), rows, (0.45, 1.2), (2.6, 1.1, 1.1), (1, 2))
    form.text(
        page, f"新开工、复工({told['新开数']}个)", (5.7, 1.15, 7.2, 0.4), 18, form.LIGHTS["green"], bold=True
    )
    form.text(page, told["新开"] or formats.NONE, (5.7, 1.6, 7.2, 2.1), 14)
    form.text(page, f"转为红灯({told['转红数']}个)", (5.7, 3.85, 7.2, 0.4), 18, form.LIGHTS["red"], bold=True)
    form.text(page, told["转红"] or formats.NONE, (5.7, 4.3, 7.2, 2.5), 14)


_LATE: Final = (
    ("项目", 3.3), ("县区", 1.4), ("事项", 1.4), ("部门", 2.0), ("应办结", 1.9), ("逾期", 0.8), ("包保", 1.5),
)  # fmt: skip


def _red(made: Deck, asked: Asked) -> None:
    rows = [bulletin.late(row) for row in asked.ask("list_nodes", which="overdue").to_dicts()]
    counted = formats.count(asked.ask("today_counts")["overdue"][0])
    page = form.slide(made, f"红灯清单:逾期节点{counted}项", asked.stamp)
    _listed(
        page, rows, _LATE, ("项目", "县区/园区", "卡在", "在谁手里", "应办结(依据)", "工作日", "包保"), (5,)
    )


def _meeting(made: Deck, asked: Asked) -> None:
    problems = bulletin.problems(asked)
    page = form.slide(made, "等待决策的问题:逾期未销号或已提级", asked.stamp)
    columns = (
        ("项目", 3.0), ("县区", 1.3), ("问题", 3.6), ("单位", 1.5), ("承诺", 1.2), ("逾期", 0.7),
        ("提级", 1.1),
    )  # fmt: skip
    _listed(
        page, problems, columns, ("项目", "县区/园区", "问题", "责任单位", "承诺", "逾期", "提级到"), (5,)
    )


def _named(made: Deck, asked: Asked) -> None:
    found = meeting.confirmed(asked)
    rows = [(kind, one["名称"], one["依据"]) for kind, ones in found.items() for one in ones]
    if not rows:
        return
    page = form.slide(made, "表扬和批评(经审定)", asked.stamp)
    form.table(page, ("类别", "谁", "依据"), rows[:ROWS], (0.45, 1.1), (1.2, 2.8, 8.4), ())


def _promises(made: Deck, asked: Asked) -> None:
    kept = [meeting.promise(row) for row in meeting.promises(asked)]
    if not kept:
        return
    page = form.slide(made, "会议议定、尚未办结的事项", asked.stamp)
    columns = (("谁", 2.6), ("什么", 5.8), ("哪天", 2.4), ("还有", 1.6))
    _listed(page, kept, columns, ("责任人", "事项", "期限", "还有"), ())


def _agenda(made: Deck, asked: Asked) -> None:
    items = agenda(record(), asked.meeting, asked.shown.params).items
    rows = [
        {
            "序": number,
            "项目": item.name,
            "县区": formats.text(item.region),
            "包保": formats.text(item.leader),
            "卡在": formats.text(item.node),
            "部门": formats.text(item.department),
            "缘由": "、".join(reason.words for reason in item.reasons[:MOST_REASONS]),
        }
        for number, item in enumerate(items, 1)
    ]
    columns = (
        ("序", 0.5),
        ("项目", 2.7),
        ("县区", 1.3),
        ("包保", 1.0),
        ("卡在", 1.1),
        ("部门", 1.5),
        ("缘由", 4.3),
    )
    page = form.slide(made, f"议程:{len(items)}项", asked.stamp)
    _listed(page, rows, columns, ("", "项目", "县区/园区", "包保", "卡在", "在谁手里", "为什么上会"), ())


def _listed(
    page: Any, rows: list[dict[str, Any]], columns: Any, heads: tuple[str, ...], numbers: tuple[int, ...]
) -> None:
    """The first rows as a table, and how many more there are."""
    if not rows:
        _nothing(page)
        return
    cells = [tuple(str(row[name]) for name, _ in columns) for row in rows[:ROWS]]
    form.table(page, heads, cells, (0.45, 1.1), [width for _, width in columns], numbers)
    if len(rows) > ROWS:
        form.text(page, f"共{len(rows)}项,列出前{ROWS}项,其余见台账。", (0.45, 6.65, 12, 0.35), 13, form.SOFT)


def _nothing(page: Any) -> None:
    form.text(page, "没有。", (0.45, 1.2, 12, 0.5), 20)


def _wall(made: Deck, asked: Asked) -> None:
    slide_wall.draw(form.slide(made, "倒排工期:最危险的项目", asked.stamp), asked)


_PAGES: Final[tuple[tuple[str, Callable[[Deck, Asked], None]], ...]] = (
    ("封面", _cover),
    ("督办", _promises),
    ("议程", _agenda),
    ("总体进展", _rates),
    ("变化", _changes),
    ("排名", _regions),
    ("亮灯", _lights),
    ("走势", _trend),
    ("红灯清单", _red),
    ("问题", _meeting),
    ("表扬和批评", _named),
    ("倒排工期", _wall),
)
STEPS: Final = tuple(word for word, _ in _PAGES)
