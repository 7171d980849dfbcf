"""A name comes out without its title, whatever way the two are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.people import people
from data.titles import looks_joined
from tests.intake.books import conformed

UNTIMED = settings(deadline=None)
Expected = list[tuple[str, str | None]]


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        ("张三", [("张三", None)]),
        ("张三(副市长)", [("张三", "副市长")]),
        ("张三（副市长）", [("张三", "副市长")]),
        ("张三\n(副市长)", [("张三", "副市长")]),
        ("市委书记 张三", [("张三", "市委书记")]),
        ("市委书记:张三", [("张三", "市委书记")]),
        ("市委书记张三", [("张三", "市委书记")]),
        ("市委書記 張三", [("张三", "市委书记")]),
        ("张三副市长", [("张三", "副市长")]),
        ("欧阳建国副市长", [("欧阳建国", "副市长")]),
        ("市长(张三)", [("张三", "市长")]),
        ("市委常委、副市长 张三", [("张三", "市委常委、副市长")]),
        ("市委常委、常务副市长张三", [("张三", "市委常委、常务副市长")]),
        ("张三 市委副书记、市长", [("张三", "市委副书记、市长")]),
        ("张三(市委常委、副市长)", [("张三", "市委常委、副市长")]),
        ("张三(副市长(挂职)、局长)", [("张三", "副市长(挂职)、局长")]),
        ("连山区委书记张三", [("张三", "连山区委书记")]),
        ("高新区管委会主任李四", [("李四", "高新区管委会主任")]),
        ("副市长买买提·阿不都拉", [("买买提·阿不都拉", "副市长")]),
        ("张某某(副区长)", [("张某某", "副区长")]),
        ("张三同志", [("张三", None)]),
        ("李昇", [("李昇", None)]),
    ],
)
def test_one_person(cell: str, persons: Expected) -> None:
    assert [(p.name, p.title) for p in people(cell).persons] == persons


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        ("张三、李四", [("张三", None), ("李四", None)]),
        ("张三,李四;王五/赵六", [("张三", None), ("李四", None), ("王五", None), ("赵六", None)]),
        ("张三 李四", [("张三", None), ("李四", None)]),
        ("张三\n李四", [("张三", None), ("李四", None)]),
        ("张三和李四", [("张三", None), ("李四", None)]),
        ("1.张三 2.李四", [("张三", None), ("李四", None)]),
        ("①张三②李四", [("张三", None), ("李四", None)]),
        ("张 三、李四、张三", [("张三", None), ("李四", None)]),
        ("张 三 李 四", [("张三", None), ("李四", None)]),
        ("王 明 李大海", [("王明", None), ("李大海", None)]),
        ("张三(市委书记)、李四(市长)", [("张三", "市委书记"), ("李四", "市长")]),
        ("张三(市委书记)李四(市长)", [("张三", "市委书记"), ("李四", "市长")]),
        ("张三(副市长、李四(副县长)", [("张三", "副市长"), ("李四", "副县长")]),
        ("张三 副市长)、李四", [("张三", "副市长"), ("李四", None)]),
        ("张三,副市长;李四,副县长", [("张三", "副市长"), ("李四", "副县长")]),
        ("张三 副市长 李四 副县长", [("张三", "副市长"), ("李四", "副县长")]),
        ("张三、市委书记李四", [("张三", None), ("李四", "市委书记")]),
        ("市委常委、副市长张三;副市长李四", [("张三", "市委常委、副市长"), ("李四", "副市长")]),
        ("组长:张三 副组长:李四", [("张三", "组长"), ("李四", "副组长")]),
        ("副市长 张三、李四", [("张三", "副市长"), ("李四", None)]),
    ],
)
def test_several_persons(cell: str, persons: Expected) -> None:
    assert [(p.name, p.title) for p in people(cell).persons] == persons


@pytest.mark.parametrize(
    "cell",
    (
        *("市委书记", "连山区长", "连山区委书记", "财政局局长", "金融办主任", "常务副市长", "高新区主任"),
        *("王主任", "李市长", "市政府分管领导", "首席服务员4", "领导01"),
    ),
)
def test_nobody_is_named_by_guess(cell: str) -> None:
    assert [(p.name, p.title) for p in people(cell).persons] == [(cell, None)]


@pytest.mark.parametrize("cell", [None, "", "/", "—", "待定", "无", "空缺"])
def test_nobody(cell: object) -> None:
    assert people(cell).names is None
    assert people(cell).titles is None


@pytest.mark.parametrize("cell", ["张三(13912345678)", "张三 13912345678", "张三13912345678", "张三等3人"])
def test_what_is_no_name_is_said_to_be_left_out(cell: str) -> None:
    assert people(cell).names == ["张三"]
    assert people(cell).more


def test_names_without_a_separator_are_told() -> None:
    assert all(looks_joined(name) for name in ("张三李四", "张三李四王五"))
    assert not any(looks_joined(name) for name in ("欧阳建国", "张三丰", "市政府分管领导"))


@UNTIMED
@given(
    st.lists(st.sampled_from(["张三", "李四", "王建国", "欧阳修文"]), min_size=1, max_size=4, unique=True),
    st.sampled_from(["、", ",", ";", "\n", " / "]),
    st.sampled_from(["市委书记", "副市长", "县人大常委会主任", "政协副主席"]),
)
def test_every_way_to_write_titles_gives_the_same_names(names: list[str], between: str, title: str) -> None:
    plainly = people(between.join(names)).names
    written = [
        between.join(f"{name}({title})" for name in names),
        between.join(f"{title} {name}" for name in names),
        between.join(f"{title}{name}" for name in names),
        between.join(f"{name} {title}" for name in names),
    ]
    assert plainly == names
    for cell in written:
        assert people(cell).names == names, cell
        assert people(cell).titles == [title] * len(names), cell


@UNTIMED
@given(st.text(alphabet="张三李四王市委书记副市长、,; ()主任区 \n12", max_size=16))
def test_any_text_gives_names_each_once(text: str) -> None:
    found = people(text)
    assert found.names is None or len(set(found.names)) == len(found.names)
    assert all(found.names or ["x"])
    assert found.titles is None or len(found.titles) == len(found.names or ())


def test_leaders_and_titles_stand_in_parallel() -> None:
    result = conformed(
        (
            "项目",
            [
                ["项目名称", "县级领导", "市级包抓领导", "首席服务员"],
                ["甲", "张三(副县长)", "市委书记 王五、张三", "李四(科长)"],
                ["乙", "李四", None, "王主任"],
                ["丙", None, "/", None],
            ],
        )
    )
    projects = result.ledgers["projects"]
    assert projects["leaders"].to_list() == [["张三", "王五"], ["李四"], None]
    assert projects["leader_titles"].to_list() == [["副县长", "市委书记"], None, None]
    assert projects["accountable_leader"].to_list() == ["张三", "李四", None]
    assert projects["chief_officer"].to_list() == ["李四", "王主任", None]
    assert '"首席服务员": "李四(科长)"' in projects["extra"][0]


def test_titles_in_a_column_of_their_own() -> None:
    rows = [
        ["项目名称", "包保领导", "包保领导职务"],
        ["甲", "张三、李四", "市委书记、市长"],
        ["乙", "张三、李四", "、市长"],
        ["丙", "张三(书记)、李四", "市长"],
        ["丁", "张三", "市委常委、副市长"],
        ["戊", "张三、李四", "市长"],
    ]
    projects = conformed(("项目", rows)).ledgers["projects"]
    assert projects["leader_titles"].to_list() == [
        ["市委书记", "市长"],
        ["", "市长"],
        ["书记", ""],
        ["市委常委、副市长"],
        ["市长", ""],
    ]


def test_one_leader_is_one_name_in_every_ledger() -> None:
    result = conformed(
        ("项目", [["项目编号", "项目名称", "包保领导"], ["1", "甲", "张三(副市长)"]]),
        ("线索", [["线索编号", "名称", "包保领导"], ["x", "乙", "副市长 張三"]]),
        ("走访", [["日期", "领导/服务员", "项目编号"], ["2026-11-01", "张　三", "1"]]),
        ("任务", [["任务编号", "任务", "牵头领导"], ["t", "丙", "副市长张三"]]),
    )
    found = {
        result.ledgers["projects"]["accountable_leader"][0],
        result.ledgers["leads"]["leader"][0],
        result.ledgers["visits"]["visitor"][0],
        result.ledgers["tasks"]["lead_leader"][0],
    }
    assert found == {"张三"}


def test_names_run_together_are_a_finding() -> None:
    result = conformed(("项目", [["项目名称", "包保领导"], ["甲", "张三李四"]]))
    (finding,) = (f for f in result.findings if f.rule == "names_run_together")
    assert (finding.weight, finding.cell, finding.found) == ("warning", "B2", "张三李四")
    assert result.ledgers["projects"]["leaders"].to_list() == [["张三李四"]]


def test_a_text_without_names_is_kept_and_told() -> None:
    report = "张三、" * 200
    result = conformed(("项目", [["项目名称", "包保领导"], ["甲", report], ["乙", "13912345678"]]))
    projects = result.ledgers["projects"]
    assert projects["leaders"].to_list() == [None, None]
    assert report in projects["extra"][0]
    found = [(f.weight, f.cell) for f in result.findings if f.rule == "unreadable_names"]
    assert found == [("warning", "B2"), ("warning", "B3")]


def test_a_visit_of_two_counts_for_either() -> None:
    result = conformed(
        ("项目", [["项目编号", "项目名称"], ["1", "甲"]]),
        (
            "走访",
            [
                ["日期", "领导/服务员", "项目编号"],
                ["2026-11-01", "副市长 张三、李四", "1"],
                ["2026-11-02", "李四", "1"],
            ],
        ),
    )
    visits = result.ledgers["visits"].select("visit_date", "visitor", "source_row")
    assert [(str(d), v, r) for d, v, r in visits.iter_rows()] == [
        ("2026-11-01", "张三", 2),
        ("2026-11-01", "李四", 2),
        ("2026-11-02", "李四", 3),
    ]
