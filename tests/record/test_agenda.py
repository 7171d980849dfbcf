"""The agenda: what is proposed and why, and what a person may do to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import demo
from data.agenda import act, agenda
from data.agenda_order import Act, Order, acted
from data.agenda_reasons import Evidence, proposed
from data.errors import RecordError
from data.named import Named, confirm, with_confirmed
from data.named import proposed as named
from data.promise_line import parse
from data.query import queries
from data.record import Record
from data.rhythms import Meeting, meeting, standard
from data.settings import Settings
from tests.process_city import process_city

TODAY = date(2026, 11, 22)
NO_PROMISES = Record(Settings(data_dir=Path("/nonexistent"), today=TODAY)).promises()  # type: ignore[call-arg]


def project(number: str, **given: object) -> dict[str, object]:
    return {
        "project_id": number, "project_name": f"项目{number}", "region": "连山区",
        "accountable_leader": "领导01", "light": "blue", "light_node": "环评",
        "light_department": "市生态环境局", "workdays_left": 5,
        "float_workdays": 3, "late_workdays": 0, "problems_overdue": 0, "problems_escalated": 0,
        "problem": None, "problem_unit": None, "deferred_node": None, "deferred_late_workdays": None, **given,
    }  # fmt: skip


def evidence(projects: list[dict[str, object]], **frames: pl.DataFrame) -> Evidence:
    none = pl.DataFrame(schema={"project_id": pl.String})
    return Evidence(
        pl.DataFrame(projects, infer_schema_length=None),
        frames.get("changes", none),
        frames.get("stalled", none),
        frames.get("promises", NO_PROMISES),
    )


def reasons(found: Evidence, number: str) -> list[str]:
    item = proposed(found, 20, [number])[number]
    return [reason.words for reason in item.reasons]


def test_every_reason_says_what_it_is() -> None:
    changes = pl.DataFrame(
        {"project_id": ["A"], "worse": [True], "light_before": ["yellow"], "slipped_workdays": [6]}
    )
    stalled = pl.DataFrame(
        {"project_id": ["B", "C"], "kind": ["standing", "slow"], "unchanged_days": [20, 2],
         "float_change_workdays": [0, -4]}
    )  # fmt: skip
    found = evidence(
        [
            project("A", light="red", workdays_left=-3, float_workdays=-2),
            project("B", problems_overdue=1, problem="缺指标"),
            project("C", problems_escalated=1, problem="贷款未到"),
            project("D", deferred_node="环评", deferred_late_workdays=2),
        ],
        changes=changes,
        stalled=stalled,
    )
    assert reasons(found, "A") == ["新转红:环评逾期 3 天", "上次会后又推迟 6 天", "按现状比目标晚 2 天"]
    assert reasons(found, "B") == ["不走道:台账 20 天没有变化", "问题逾期未销号:缺指标"]
    assert reasons(found, "C") == ["问题已提级:贷款未到", "进展慢:时差又少 4 天"]
    assert reasons(found, "D") == ["环评容缺逾期未补 2 天"]


def test_a_promise_not_kept_comes_before_everything(tmp_path: Path) -> None:
    record = Record(Settings(data_dir=tmp_path, today=TODAY))  # type: ignore[call-arg]
    record.open(parse("张三 11月23日前 报方案", TODAY), project_id="B")
    late = record.promises(date(2026, 11, 25))
    found = evidence([project("A", light="red", workdays_left=-30), project("B")], promises=late)
    items = list(proposed(found, 20).values())
    assert [item.project_id for item in items] == ["B", "A"]
    assert items[0].reasons[0].words == "张三答应的“报方案”逾期 2 天"


def test_only_so_many_are_proposed_and_none_without_a_reason() -> None:
    found = evidence([project(str(n), light="red", workdays_left=-n) for n in range(1, 9)] + [project("X")])
    assert list(proposed(found, 3)) == ["8", "7", "6"]
    assert "X" not in proposed(found, 50)


PROPOSED = ["A", "B", "C"]


def after(*acts: tuple[Act, str]) -> Order:
    order = Order()
    for done, key in acts:
        order = acted(order, done, key, order.over(PROPOSED) if order.fixed else PROPOSED)
    return order


@pytest.mark.parametrize(
    ("acts", "shown"),
    [
        ([], ["A", "B", "C"]),
        ([("down", "A")], ["B", "A", "C"]),
        ([("up", "C"), ("up", "C"), ("up", "C")], ["C", "A", "B"]),
        ([("top", "C")], ["C", "A", "B"]),
        ([("drop", "B")], ["A", "C"]),
        ([("drop", "B"), ("restore", "B")], ["A", "C", "B"]),
        ([("pin", "C")], ["C", "A", "B"]),
        # what is no longer pinned stays where it stands
        ([("pin", "C"), ("unpin", "C"), ("down", "C")], ["A", "C", "B"]),
        ([("add", "Z")], ["A", "B", "C", "Z"]),
    ],
)
def test_an_agenda_is_ordered_by_hand(acts: list[tuple[Act, str]], shown: list[str]) -> None:
    assert list(after(*acts).over(PROPOSED)) == shown


def test_a_new_file_adds_and_takes_away_but_keeps_what_a_person_wanted() -> None:
    order = after(("down", "A"), ("pin", "C"), ("add", "Z"), ("drop", "B"))
    # B and C are no longer proposed, D is new
    assert list(order.over(["A", "D"])) == ["C", "A", "Z", "D"]
    assert "B" not in order.over(["A", "B", "D"])


def test_a_fixed_agenda_stays_whatever_comes_and_can_be_opened_again() -> None:
    fixed = after(("down", "A"), ("fix", ""))
    assert list(fixed.over(["D"])) == ["B", "A", "C"]
    with pytest.raises(RecordError, match="已经确定"):
        acted(fixed, "drop", "A", ["A"])
    assert list(acted(fixed, "unfix", "", []).over(["D"])) == ["D"]


@pytest.mark.parametrize(("act_", "key"), [("up", "X"), ("drop", "X"), ("add", "A")])
def test_what_cannot_be_done_is_told(act_: Act, key: str) -> None:
    with pytest.raises(RecordError, match="议程上"):
        acted(Order(), act_, key, PROPOSED)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A demo city of three weeks, that of this process while the module runs."""
    with process_city(tmp_path_factory.mktemp("city"), TODAY) as held:
        demo.build(held, projects=60, days=21)
        yield held


@pytest.fixture
def weekly() -> Meeting:
    found = meeting("week", TODAY)
    assert found is not None
    return found


def test_the_agenda_of_a_city_is_proposed_ordered_and_fixed(
    city: Settings, weekly: Meeting, tmp_path: Path
) -> None:
    record = Record(Settings(data_dir=tmp_path, today=TODAY))  # type: ignore[call-arg]
    params = {"as_of": TODAY.isoformat()}
    first = agenda(record, weekly, params)
    assert 0 < len(first.items) <= standard().most_items
    assert all(item.reasons for item in first.items)
    assert not first.touched
    one, two = first.items[0].project_id, first.items[1].project_id
    act(record, weekly, params, "down", one, "小赵")
    act(record, weekly, params, "drop", first.items[-1].project_id)
    act(record, weekly, params, "fix", by="小赵")
    then = agenda(record, weekly, params)
    assert [item.project_id for item in then.items[:2]] == [two, one]
    assert (then.fixed, then.fixed_by, len(then.items)) == (True, "小赵", len(first.items) - 1)
    assert [item.project_id for item in then.dropped] == [first.items[-1].project_id]
    # another meeting knows nothing of it
    assert not agenda(record, Meeting(weekly.rhythm, weekly.next, TODAY), params).touched


def test_two_counties_and_the_whole_city_each_have_their_own_agenda(
    city: Settings, weekly: Meeting, tmp_path: Path
) -> None:
    record = Record(Settings(data_dir=tmp_path, today=TODAY))  # type: ignore[call-arg]
    regions = queries().run("region_table", as_of=TODAY.isoformat())["region"].to_list()[:2]
    held = [replace(weekly, scope=(("region", region),)) for region in regions]
    params = [{"as_of": TODAY.isoformat(), "region": region} for region in regions]
    before = agenda(record, held[1], params[1]).items
    act(record, held[0], params[0], "drop", agenda(record, held[0], params[0]).items[0].project_id, "甲")
    act(record, held[0], params[0], "fix", by="甲")
    assert agenda(record, held[0], params[0]).fixed
    other = agenda(record, held[1], params[1])
    assert (other.touched, other.items) == (False, before)
    assert not agenda(record, weekly, {"as_of": TODAY.isoformat()}).touched
    # what was recorded before meetings had a scope was the whole city's
    record.note("agenda", f"week/{weekly.day}", {"act": "fix", "keys": ["XM0001"], "fixed": True})
    assert agenda(record, weekly, {"as_of": TODAY.isoformat()}).fixed
    assert not agenda(record, held[1], params[1]).touched


def test_a_project_without_reason_can_be_added_and_one_that_is_none_cannot(
    city: Settings, weekly: Meeting, tmp_path: Path
) -> None:
    record = Record(Settings(data_dir=tmp_path, today=TODAY))  # type: ignore[call-arg]
    params = {"as_of": TODAY.isoformat()}
    there = {item.project_id for item in agenda(record, weekly, params).items}
    other = next(n for n in queries().run("list_projects")["project_id"] if n not in there)
    act(record, weekly, params, "add", other)
    assert agenda(record, weekly, params).items[-1].project_id == other
    with pytest.raises(RecordError, match="没有编号"):
        act(record, weekly, params, "add", "XM9999")


def groups(**columns: list[object]) -> pl.DataFrame:
    return pl.DataFrame(columns)


def test_projects_without_a_leader_are_nobody_to_name() -> None:
    nowhere = groups(
        group=["甲区", "未填"], region_kind=["县区", None], rank=[1, 1], moved=[3, 4],
        started_numerator=[9, 8], started_denominator=[10, 10],
    )  # fmt: skip
    nobody = groups(group=["未填", "未填"], done_nodes=[9, 0], newly_overdue=[0, 5], red=[0, 9])
    assert [one.name for one in named(nowhere, nobody)] == ["甲区"]


def test_names_are_only_proposed_until_a_person_confirms(weekly: Meeting, tmp_path: Path) -> None:
    regions = groups(
        group=["甲区", "乙区", "丙区"], region_kind=["县区"] * 3, rank=[1, 2, 3], moved=[0, 0, -1],
        started_numerator=[9, 8, 1], started_denominator=[10, 10, 10],
    )  # fmt: skip
    leaders = groups(
        group=["领导01", "领导02", "领导03"], done_nodes=[4, 0, 9], newly_overdue=[0, 2, 0], red=[0, 1, 1]
    )
    found = named(regions, leaders)
    assert [(one.kind, one.name) for one in found] == [
        ("praise", "甲区"), ("praise", "领导01"), ("criticism", "丙区"), ("criticism", "领导02"),
    ]  # fmt: skip
    assert not any(one.confirmed for one in found)
    assert found[2].words == "县区第 3 名,开复工 1/10 个,下降 1 位"
    record = Record(Settings(data_dir=tmp_path, today=TODAY))  # type: ignore[call-arg]
    kept = Named("praise", "甲区", found[0].words, confirmed=True)
    confirm(record, weekly, kept, "小赵")
    assert [one.confirmed for one in with_confirmed(found, record, weekly)] == [True, False, False, False]
    # the figures moved on, the confirmation stays as it was given
    assert with_confirmed([], record, weekly) == [kept]
    confirm(record, weekly, Named("praise", "甲区", found[0].words, confirmed=False))
    assert with_confirmed([], record, weekly) == []
