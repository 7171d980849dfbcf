from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dates import WordedDate, state_of, worded_date

UNTIMED = settings(deadline=None)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("cell", "last", "precision"),
    [
        ("3月15日", date(2023, 3, 15), "day"),
        ("2023.3.15", date(2023, 3, 15), "day"),
        ("2023年3月15日", date(2023, 3, 15), "day"),
        ("2023-05-04 08:48:14.0", date(2023, 5, 4), "day"),
        (45597, date(2024, 11, 1), "day"),
        ("20230315", date(2023, 3, 15), "day"),
        ("12月31日前", date(2023, 12, 31), "day"),
        ("2023年1月上旬", date(2023, 1, 10), "ten-day"),
        ("3月中旬", date(2023, 3, 20), "ten-day"),
        ("2月下旬", date(2023, 2, 28), "ten-day"),
        ("3月底", date(2023, 3, 31), "ten-day"),
        ("9月末", date(2023, 9, 30), "ten-day"),
        ("6月底前", date(2023, 6, 30), "ten-day"),
        ("4月初正式供电", date(2023, 4, 10), "ten-day"),
        ("2021年5月", date(2021, 5, 31), "month"),
        ("2021.7", date(2021, 7, 31), "month"),
        ("2022-04", date(2022, 4, 30), "month"),
        ("8月试生产", date(2023, 8, 31), "month"),
        ("年底前", date(2023, 12, 31), "month"),
        ("明年3月", date(2024, 3, 31), "month"),
        ("一季度", date(2023, 3, 31), "quarter"),
        ("2026年第四季度", date(2026, 12, 31), "quarter"),
        ("上半年", date(2023, 6, 30), "half"),
        ("2021年", date(2021, 12, 31), "year"),
        (2023, date(2023, 12, 31), "year"),
        ("去年", date(2022, 12, 31), "year"),
        ("2023/3/15 0:00", date(2023, 3, 15), "day"),
        ("2023年3月15日 8:30", date(2023, 3, 15), "day"),
        ("2023。3。15", date(2023, 3, 15), "day"),
        ("2023.03.15.", date(2023, 3, 15), "day"),
        ("20231018日", date(2023, 10, 18), "day"),
        ("23.3.15", date(2023, 3, 15), "day"),
        ("45597", date(2024, 11, 1), "day"),
        (45597.35, date(2024, 11, 1), "day"),
        ("二〇二三年三月十五日", date(2023, 3, 15), "day"),
        ("三月中旬", date(2023, 3, 20), "ten-day"),
        ("十二月底前", date(2023, 12, 31), "ten-day"),
        ("2023/3", date(2023, 3, 31), "month"),
        (2023.3, date(2023, 3, 31), "month"),
        ("3月至5月", date(2023, 5, 31), "month"),
        ("2024年初", date(2024, 1, 31), "month"),
        ("二O二三年三月", date(2023, 3, 31), "month"),
        ("202303", date(2023, 3, 31), "month"),
        (202303, date(2023, 3, 31), "month"),
        ("'2023-03-15", date(2023, 3, 15), "day"),
        ("3/15/2023", date(2023, 3, 15), "day"),
        ("6.28", date(2023, 6, 28), "day"),
        ("11.10前", date(2023, 11, 10), "day"),
        ("2023年竣工", date(2023, 12, 31), "year"),
        ("五一前", date(2023, 4, 30), "day"),
        ("国庆节前完成", date(2023, 9, 30), "day"),
        ("2024年春节前", date(2024, 2, 9), "day"),
        ("端午前", date(2023, 6, 21), "day"),
        ("元旦前", date(2023, 12, 31), "day"),
    ],
)
def test_words_of_a_plan_mean_their_last_day(cell: object, last: date, precision: str) -> None:
    found = worded_date(cell, 2023, "last")
    assert (found.day, found.precision, found.fault) == (last, precision, None)


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("2021.7", date(2021, 7, 1)),
        ("2022-04", date(2022, 4, 1)),
        ("一季度", date(2023, 1, 1)),
        ("2021年", date(2021, 1, 1)),
        ("3月中旬", date(2023, 3, 11)),
        ("3月15日", date(2023, 3, 15)),
    ],
)
def test_words_of_a_fact_mean_their_first_day(cell: str, first: date) -> None:
    assert worded_date(cell, 2023, "first").day == first


@pytest.mark.parametrize(
    "cell",
    [
        "3小时解决",
        "2023-2025",
        "2023年至2025年",
        "10月底,最晚11月",
        "待上位规划确定后",
        "力争开工建设",
        "2月30日",
        "99.01",
        "3-15",
        3.15,
        2023.1,  # may have been 2023.10
        "三十一日",
        "20xx—20xx",
        "99.01-110.12",
        "5月至3月",
        True,
        "13月",
        "15/3/2023",
        "3.1",  # may have been 3.10
        "6.31",
        "1.5亿",
        "2023年中秋国庆期间",
        "2023年春",
        "2023年中",
        "2099年春节前",  # no holiday published
        "清明节后",
        "国庆期间",
    ],
)
def test_what_is_no_single_date_stays_words(cell: object) -> None:
    found = worded_date(cell, 2023)
    assert found.day is None
    assert found.fault == "unreadable"
    assert found.text


def test_the_spring_festival_without_a_year_is_the_next_one() -> None:
    assert worded_date("春节前", 2025, as_of=date(2025, 1, 10)).day == date(2025, 1, 27)
    assert worded_date("春节前", 2025, as_of=date(2025, 11, 22)).day == date(2026, 2, 14)


def test_before_a_festival_is_no_day_on_which_something_happened() -> None:
    assert worded_date("国庆前", 2025, "first").fault == "unreadable"


def test_a_status_word_is_no_fault() -> None:
    assert worded_date("已开工", 2023) == WordedDate(text="已开工", state="已开工")
    assert state_of("已复工。") == "已复工"
    assert state_of("力争开工建设") is None
    assert worded_date("在建", 2023) == WordedDate(text="在建", state="已开工")


@pytest.mark.parametrize("cell", ["√", "已办", "不涉及"])
def test_a_tick_is_no_fault(cell: str) -> None:
    assert worded_date(cell, 2023) == WordedDate(text=cell)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("已开工(2023年3月)", (date(2023, 3, 1), "month", "已开工")),
        ("已复工,3月15日", (date(2023, 3, 15), "day", "已复工")),
        ("已开工3个月", (None, None, None)),
    ],
)
def test_a_status_word_with_its_date(cell: str, found: tuple[object, ...]) -> None:
    read = worded_date(cell, 2023, "first")
    assert (read.day, read.precision, read.state) == found
    assert read.text == cell


@pytest.mark.parametrize("cell", [None, "", "/", "—", "待定", "无", "不详"])
def test_empty(cell: object) -> None:
    assert worded_date(cell, 2023) == WordedDate()


@UNTIMED
@given(DAYS)
def test_every_way_to_write_a_day_is_the_same_day(day: date) -> None:
    written = [
        day,
        datetime(day.year, day.month, day.day, 8, 30),  # noqa: DTZ001 - a sheet's clock has no zone
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
    ]
    assert {worded_date(cell, 1999) for cell in written} == {WordedDate(day, "day")}


@UNTIMED
@given(DAYS)
def test_an_excel_serial_is_its_day(day: date) -> None:
    assert worded_date((day - date(1899, 12, 30)) / timedelta(days=1), 1999).day == day


@UNTIMED
@given(
    st.integers(1990, 2100),
    st.integers(1, 12),
    st.sampled_from(["", "上旬", "中旬", "下旬", "初", "底", "末"]),
)
def test_a_span_lies_in_its_month(year: int, month: int, part: str) -> None:
    first = worded_date(f"{month}月{part}", year, "first").day
    last = worded_date(f"{year}年{month}月{part}", 1999, "last").day
    assert first is not None and last is not None
    assert first <= last
    assert {(first.year, first.month), (last.year, last.month)} == {(year, month)}


@UNTIMED
@given(st.text(alphabet="0123456789年月日季度上中下旬初底末前-./ 一二三四半今明去约", max_size=14))
def test_any_text_gives_a_date_or_words(text: str) -> None:
    found = worded_date(text, 2023)
    assert (found.day is None) == (found.precision is None)
    assert found.fault is None or (found.day is None and found.text is not None)
