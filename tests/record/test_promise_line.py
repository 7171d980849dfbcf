"""One typed line of a meeting: who, what, by when, in the words people use."""

from __future__ import annotations

from datetime import date

import pytest

from data.promise_line import parse

TODAY = date(2026, 11, 22)  # a Sunday
NEXT_MEETING = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("line", "who", "what", "due"),
    [
        ("王市长 6月30日前 完成用地预审", "王市长", "完成用地预审", date(2027, 6, 30)),
        ("王市长6月30日前完成用地预审", "王市长", "完成用地预审", date(2027, 6, 30)),
        ("12月5日前 王市长 完成用地预审", "王市长", "完成用地预审", date(2026, 12, 5)),
        ("王市长 完成用地预审 12月5日前", "王市长", "完成用地预审", date(2026, 12, 5)),
        ("完成用地预审 12月5日前 王市长", "王市长", "完成用地预审", date(2026, 12, 5)),
        ("自然资源局 下周五前 办结不动产权证", "自然资源局", "办结不动产权证", date(2026, 11, 27)),
        ("李四:月底前把环评批下来", "李四", "把环评批下来", date(2026, 11, 30)),
        ("连山区政府 5个工作日内 完成征地", "连山区政府", "完成征地", date(2026, 11, 27)),
        ("张三 下次调度前 拿出方案", "张三", "拿出方案", NEXT_MEETING),
        ("市发改委十二月底前完成可研批复", "市发改委", "完成可研批复", date(2026, 12, 31)),
        ("张三 年底前 完成投资3.5亿元", "张三", "完成投资3.5亿元", date(2026, 12, 31)),
        ("王市长 12.15前 开工", "王市长", "开工", date(2026, 12, 15)),
        ("王市长 2027-03-15前 开工", "王市长", "开工", date(2027, 3, 15)),
        ("赵六 周三前 报方案", "赵六", "报方案", date(2026, 11, 25)),
        ("赵六 明天 到现场", "赵六", "到现场", date(2026, 11, 23)),
        ("张三 下月底前 开工建设", "张三", "开工建设", date(2026, 12, 31)),
        ("张三 两周内 完成征地30亩", "张三", "完成征地30亩", date(2026, 12, 6)),
        ("张三 元旦前 复工", "张三", "复工", date(2026, 12, 31)),
        ("张三 明年一季度末 达产", "张三", "达产", date(2027, 3, 31)),
        ("张三 12月上旬 进场", "张三", "进场", date(2026, 12, 10)),
        ("自然资源局完成用地预审,12月5日前", "自然资源局", "完成用地预审", date(2026, 12, 5)),
        ("张三 完成投资3.5亿元", "张三", "完成投资3.5亿元", None),
    ],
)
def test_lines_as_people_type_them(line: str, who: str, what: str, due: date | None) -> None:
    found = parse(line, TODAY, next_meeting=NEXT_MEETING)
    assert (found.who, found.what, found.due, found.faults) == (who, what, due, ())


def test_a_line_without_a_day_says_so() -> None:
    assert parse("张三 尽快开工", TODAY).hints == ("没有写几时办完,记为“未定期限”,不亮黄灯和红灯。",)


def test_nobody_named_is_the_projects_leader_and_said_or_else_refused() -> None:
    found = parse("12月5日前 完成用地预审", TODAY, otherwise="领导08")
    assert (found.who, found.what, found.faults) == ("领导08", "完成用地预审", ())
    assert found.hints == ("没有写由谁办,记在包保领导领导08名下。",)
    alone = parse("12月5日前 完成用地预审", TODAY)
    assert alone.who is None
    assert alone.faults == ("没有写由谁办,请在开头写姓名或单位,后面空一格。",)


@pytest.mark.parametrize("line", ["张三 11月20日前 完成", "张三 2025年3月1日前 完成", "张三 10月底前 完成"])
def test_a_day_that_is_over_is_refused(line: str) -> None:
    assert "已经过去" in parse(line, TODAY).faults[0]


@pytest.mark.parametrize("line", ["", "   ", "12月5日前"])
def test_a_line_without_a_matter_is_refused(line: str) -> None:
    assert "没有写办什么事" in parse(line, TODAY).faults[0]


def test_no_line_breaks_the_reader() -> None:
    for line in ("13月45日前 张三 办", "99.99前 办", "下周八 办", "零日内 办", "十十十天内 办", "🙂" * 400):
        assert len(parse(line, TODAY, next_meeting=NEXT_MEETING).text) <= 200
