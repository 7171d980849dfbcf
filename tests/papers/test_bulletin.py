"""通报: every figure is the screens' own, in the official form, through a template an office can edit."""

from __future__ import annotations

import asyncio
import re
import shutil
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from components import dispatch_daily, dispatch_weekly, formats, gauges
from components.papers import bulletin, changes, filled, meeting, templates, words
from components.papers.asked import Asked, asked
from components.papers.catalog import made, paper
from components.rate import rate_of
from data.errors import BadParameter, ConfigurationError
from data.named import Named, confirm
from data.promise_line import parse
from data.record import record
from tests.papers.reading import paragraphs, tables

COMMA = chr(0xFF0C)


@pytest.fixture
def weekly(week: Asked, tmp_path: Path) -> Path:
    return made(paper("bulletin"), week, tmp_path)


def test_rates_are_those_of_the_gauges_with_base_target_and_pace(week: Asked, weekly: Path) -> None:
    said = "".join(paragraphs(weekly))
    frame = week.ask("rates")
    for indicator in ("开复工率", "手续办结率", "投资完成率"):
        rate = rate_of(frame, indicator)
        numerator, denominator = gauges.counts(rate).removesuffix(" 亿元").split("/")
        assert formats.ratio(rate.ratio) in said
        assert numerator in said and denominator in said and rate.base in said
        assert formats.ratio(rate.target_ratio) in said
    pace = rate_of(frame, "开复工率")
    assert pace.ratio is not None and pace.pace_ratio is not None
    assert f"落后序时{formats.points(pace.pace_ratio - pace.ratio)[1:-3]}个百分点" in said


def test_the_ranking_is_the_region_table_s_with_its_movement(week: Asked, weekly: Path) -> None:
    ranked = [row for table in tables(weekly) if table[0][0] == "名次" for row in table[1:]]
    moved = week.changed("change_groups", by="region")
    assert moved is not None
    before = {row["group"]: row["moved"] for row in moved.iter_rows(named=True)}
    expected = [
        [str(row["rank"]), words.movement(before[row["region"]]), row["region"],
         f"{row['started']}/{row['projects']}", formats.ratio(row["start_ratio"]),
         f"{formats.yi(row['invested_yuan'])}/{formats.yi(row['annual_plan_yuan'])}",
         formats.ratio(row["investment_ratio"]), formats.ratio(row["procedure_ratio"]), str(row["red"])]
        for row in week.ask("region_table").iter_rows(named=True)
    ]  # fmt: skip
    assert ranked == expected


def test_a_paragraph_a_county_says_what_its_row_says(week: Asked, weekly: Path) -> None:
    said = paragraphs(weekly)
    for row in week.ask("region_table").iter_rows(named=True):
        own = [text for text in said if text.startswith(f"{row['region']}{chr(0xFF1A)}")]
        assert len(own) == 1
        assert f"项目{row['projects']}个" in own[0] and f"第{row['rank']}位" in own[0]
        assert f"{row['procedures_done']}/{row['procedures_due']}项" in own[0]


def test_what_is_new_is_what_the_change_queries_say(week: Asked, weekly: Path) -> None:
    groups, projects = week.changed("change_groups"), week.changed("change_projects")
    assert groups is not None and projects is not None
    row = groups.row(0, named=True)
    said = "".join(paragraphs(weekly))
    assert f"由{row['started_numerator_before']}个到{row['started_numerator']}个" in said
    assert f"办结节点{row['done_nodes']}项" in said and f"新增逾期{row['newly_overdue']}项" in said
    assert words.day(row["since"]) in said
    started = [
        one["project_name"] for one in projects.to_dicts() if one["started"] and not one["started_before"]
    ]
    assert started and all(name in said for name in started)
    assert f"新开工、复工项目{len(started)}个" in said


def test_both_annexes_list_every_project_of_their_lists(week: Asked, weekly: Path) -> None:
    progress, waiting = tables(weekly)[-2:]
    listed = week.ask("list_progress").sort("region", "project_id", nulls_last=True, maintain_order=True)
    assert [row[1] for row in progress[1:]] == listed["project_name"].to_list()
    assert [row[7] for row in progress[1:]] == [formats.ratio(ratio) for ratio in listed["invested_ratio"]]
    starts = week.ask("list_starts", state="not_started")
    assert sorted(row[1] for row in waiting[1:]) == sorted(starts["project_name"].to_list())


def test_version_cut_off_scope_and_base_stand_under_every_table(week: Asked, weekly: Path) -> None:
    said = paragraphs(weekly)
    assert week.stamp == "全口径 · 截至11月22日 · 台账版本 2026-11-22/1"
    assert said.count(week.stamp) == len(tables(weekly)) - 2
    assert sum(text.startswith(f"{week.stamp} · 共") for text in said) == 2
    assert f"台账版本2026-11-22/1{COMMA}演示数据" in said[1]


def test_a_filter_narrows_every_figure_and_is_named(week: Asked, tmp_path: Path) -> None:
    region = week.ask("region_table")["region"][0]
    one = asked(f"?rhythm=week&region={region}&light=red", week.source)
    assert one.scope == f"县区/园区“{region}”、亮灯“逾期”"
    said = paragraphs(made(paper("bulletin"), one, tmp_path))
    count = one.ask("timeline_groups", by="all")["projects"][0]
    assert f"{one.scope}重点项目共{count}个" in said[1]


def test_the_page_is_the_official_one(weekly: Path) -> None:
    paper = Document(str(weekly))
    upright, across = paper.sections
    assert upright.page_width and upright.page_height and across.page_width
    assert [round(side.mm) for side in (upright.page_width, upright.page_height)] == [210, 297]
    margins = (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
    assert [round(margin.mm) for margin in margins if margin] == [37, 35, 28, 26]
    assert round(across.page_width.mm) == 297
    title, body = paper.styles["公文标题"], paper.styles["公文正文"]
    assert (title.font.size, body.font.size) == (Pt(22), Pt(16))
    faces = [style.element.rPr.rFonts.get(qn("w:eastAsia")) for style in (title, body)]
    assert faces == ["方正小标宋简体", "仿宋_GB2312"]
    pitch = body.paragraph_format.line_spacing
    assert pitch is not None and 22 * pitch <= Mm(225) < 23 * pitch
    closer = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + closer) <= 156 * 72 / 25.4 < 29 * (16 + closer)


def test_fonts_are_named_with_others_to_take_and_none_is_shipped(weekly: Path) -> None:
    with ZipFile(weekly) as parts:
        named = parts.read("word/fontTable.xml").decode()
        assert not [name for name in parts.namelist() if "/fonts/" in name]
    assert re.search(r'w:name="方正小标宋简体"><w:altName w:val="华文中宋"', named)
    assert re.search(r'w:name="仿宋_GB2312"><w:altName w:val="仿宋"', named)


def test_our_own_words_have_full_width_punctuation(weekly: Path) -> None:
    assert not [
        text for text in paragraphs(weekly) if re.search(r"[\u4e00-\u9fff][,;:]|[,;:][\u4e00-\u9fff]", text)
    ]


def test_figures_stand_right_and_heads_come_again(weekly: Path) -> None:
    ranking = next(t for t in Document(str(weekly)).tables if t.cell(0, 0).text == "名次")
    assert ranking.cell(1, 4).paragraphs[0].style.name == "表数"
    assert ranking.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_daily_one_is_short_and_has_what_the_day_asks(day: Asked, tmp_path: Path) -> None:
    path = made(paper("bulletin"), day, tmp_path)
    said = "".join(paragraphs(path))
    assert len(Document(str(path)).sections) == 1
    assert "附件" not in said and "排名" not in said
    due = day.ask("list_nodes", which="due")
    heads = {tuple(table[0]): table for table in tables(path)}
    listed = next(table for head, table in heads.items() if head[-1] == "还有")
    assert len(listed) - 1 == min(due.height, bulletin.MOST_NAMED)
    counts = day.ask("today_counts").row(0, named=True)
    assert f"逾期节点{counts['overdue']}项" in said
    assert f"必须启动的节点{counts['must_start_today']}项" in said


def test_headings_are_numbered_without_a_gap(day: Asked, week: Asked, tmp_path: Path) -> None:
    for order in (day, week):
        path = made(paper("bulletin"), order, tmp_path)
        heads = [p.text for p in Document(str(path)).paragraphs if p.style and p.style.name == "一级标题"]
        assert [head[0] for head in heads] == [words.numeral(n) for n in range(1, len(heads) + 1)]


def test_open_promises_are_those_of_its_own_meetings(week: Asked, day: Asked, tmp_path: Path) -> None:
    line = parse("王市长 12月30日前 协调用地指标", week.as_of)
    record().open(line, rhythm="week", meeting_day=week.meeting.previous)
    record().open(parse("李局长 12月29日前 报方案", week.as_of), rhythm="week", meeting_day=week.meeting.day)
    record().open(
        parse("赵主任 12月28日前 交材料", week.as_of), rhythm="day", meeting_day=day.meeting.previous
    )
    done = record().open(line, rhythm="week", meeting_day=week.meeting.previous)
    record().finish(done)
    listed = tables(made(paper("bulletin"), week, tmp_path))
    found = next(table for table in listed if table[0][1] == "责任人")
    assert [row[1:4] for row in found[1:]] == [
        ["李局长", "报方案", "2026年12月29日"], ["王市长", "协调用地指标", "2026年12月30日"],
    ]  # fmt: skip
    assert [row["who"] for row in meeting.promises(day)] == ["赵主任"]


def test_only_whom_a_person_confirmed_is_named(week: Asked, tmp_path: Path) -> None:
    assert "表扬" not in "".join(paragraphs(made(paper("bulletin"), week, tmp_path)))
    for one in (
        Named("praise", "连山区", "县区第 1 名,上升 2 位", confirmed=True),
        Named("criticism", "领导09", "红灯项目 3 个", confirmed=True),
        Named("criticism", "领导10", "红灯项目 4 个", confirmed=True),
        Named("criticism", "领导10", "红灯项目 4 个", confirmed=False),
    ):
        confirm(record(), week.meeting, one)
    said = paragraphs(made(paper("bulletin"), week, tmp_path))
    told = [text for text in said if text.startswith("经审定")]
    assert told == [
        words.wide("经审定,予以通报表扬:连山区(县区第 1 名,上升 2 位)。"),
        words.wide("经审定,予以通报批评:领导09(红灯项目 3 个)。"),
    ]


def test_problems_are_those_that_wait_for_a_decision(week: Asked, tmp_path: Path) -> None:
    waiting = week.ask("list_problems").filter("pressing")
    listed = tables(made(paper("bulletin"), week, tmp_path))
    told = next(table for table in listed if table[0][2] == "问题")
    assert [row[2] for row in told[1:]] == waiting["problem"].to_list()[: bulletin.MOST_NAMED]
    page = asyncio.run(dispatch_weekly.decisions(week.shown))
    assert page.total == waiting.height > 0


def test_a_problem_handed_up_before_its_day_is_not_called_overdue() -> None:
    row = {
        "project_name": "甲项目", "region": "甲县", "problem": "贷款未到", "responsible_unit": "金融办",
        "promised_date": date(2026, 12, 30), "workdays_left": 26, "escalated_to": "分管副市长",
    }  # fmt: skip
    told = bulletin.problem(row)
    assert (told["逾期"], told["提级"]) == ("—", "分管副市长")
    assert bulletin.problem(row | {"workdays_left": -4})["逾期"] == "4"


def test_newly_overdue_are_those_of_the_meeting_s_page(day: Asked, tmp_path: Path) -> None:
    page = asyncio.run(dispatch_daily.newly_overdue(day.shown))
    turned = changes.newly_overdue(day)
    assert page.total == len(turned) > 0
    told = {(row["project_name"], row["node"]) for row in turned}
    nodes = day.changed("change_nodes")
    assert nodes is not None
    assert told == set(nodes.filter("newly_overdue").select("project_name", "node").iter_rows())
    listed = tables(made(paper("bulletin"), day, tmp_path))
    late = next(table for table in listed if table[0][6] == "逾期工作日")
    assert {(row[1], row[3]) for row in late[1:]} == told


def test_an_office_s_own_template_comes_first(week: Asked, city: Path, tmp_path: Path) -> None:
    own = city / "paper_templates"
    own.mkdir()
    try:
        template = Document()
        template.add_paragraph("本市{{项目数}}个项目,{{开复工.比率}}")
        template.save(str(own / templates.BULLETIN))
        rate = rate_of(week.ask("rates"), "开复工率")
        path = made(paper("bulletin"), week, tmp_path)
        assert paragraphs(path) == [f"本市120个项目,{formats.ratio(rate.ratio)}"]
        template.add_paragraph("{{没有这个词}}")
        template.save(str(own / templates.BULLETIN))
        with pytest.raises(ConfigurationError, match="没有这个词"):
            made(paper("bulletin"), week, tmp_path)
        (own / templates.BULLETIN).write_bytes(b"no zip")
        with pytest.raises(ConfigurationError, match="模板"):
            made(paper("bulletin"), week, tmp_path)
    finally:
        shutil.rmtree(own)


def test_the_shipped_templates_are_what_the_script_writes(tmp_path: Path) -> None:
    for written in templates.write(tmp_path):
        with ZipFile(written) as fresh, ZipFile(templates.FOLDER / written.name) as shipped:
            for part in ("word/document.xml", "word/styles.xml", "word/fontTable.xml"):
                assert fresh.read(part) == shipped.read(part), written.name


def test_a_rhythm_there_is_not_is_named(city: Path) -> None:
    with pytest.raises(BadParameter, match="hourly"):
        asked("?rhythm=hourly")


@pytest.mark.parametrize(
    ("number", "word"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")]
)
def test_numerals(number: int, word: str) -> None:
    assert words.numeral(number) == word


def test_a_line_break_in_a_cell_of_the_ledger_is_one_on_paper(city: Path, tmp_path: Path) -> None:
    own = city / "paper_templates"
    own.mkdir()
    try:
        template = Document()
        template.add_paragraph("{{问题}}")
        template.add_paragraph("没有换行")
        template.save(str(own / templates.BULLETIN))
        made_of = filled.fill(templates.BULLETIN, {"问题": "缺指标\n缺资金"}, tmp_path / "通报.docx")
        assert paragraphs(made_of) == ["缺指标\n缺资金", "没有换行"]
    finally:
        shutil.rmtree(own)
