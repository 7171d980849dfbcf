"""What one project's dates and lights were: moves are counted, days without a standing stay unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

from components import project_history
from components.markup import html_of
from data.project_history import DateHistory, LightSpell, ProjectHistory, Spell, history
from data.publish import Source, publish
from data.schedule import schedule
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.standing import Standings
from tests.store.small import DAY, MOMENT, city, days_before, ledger


def told(
    store: SnapshotStore, back: int, start: date | None, promised: date | None = None, **more: Any
) -> None:
    """The snapshot of that many days ago: P1 is to start on `start`, its 能评 is promised for `promised`."""
    projects = ledger(
        "projects",
        project_id=["P1", "P2"],
        project_name=["甲", "乙"],
        planned_start=[start, days_before(back)],
    )
    nodes = ledger("nodes", project_id=["P1"], node=["能评"], promised_finish=[promised], status=["running"])
    ledgers = city(1) | {"projects": projects, "nodes": nodes}
    source = Source("a.xlsx", "0")
    found = schedule(projects, nodes, days_before(back))
    publish(store, ledgers, found, days_before(back), source, published_at=MOMENT, **more)


def moves(office: Settings) -> list[tuple[str | None, str, int, int]]:
    found = history(office, "P1", DAY)
    return [(cell.node, cell.header, cell.times_moved, cell.moved_workdays) for cell in found.dates]


def test_a_date_that_moved_names_every_day_it_was_and_since_when(office: Settings) -> None:
    store = SnapshotStore(office.snapshots_dir)
    first, second, third = date(2027, 1, 15), date(2027, 2, 26), date(2027, 3, 15)
    for back, start in ((5, first), (4, first), (3, None), (2, second), (1, third), (0, third)):
        told(store, back, start, days_before(-9) if back > 1 else days_before(-5))
    assert moves(office) == [(None, "计划开工", 2, 41), ("能评", "承诺完成", 1, -2)]
    cell = history(office, "P1", DAY).dates[0]
    assert [(spell.first, spell.value) for spell in cell.spells] == [
        (days_before(5), first), (days_before(3), None), (days_before(2), second), (days_before(1), third),
    ]  # fmt: skip


def test_a_first_date_or_an_emptied_cell_is_no_move_and_later_snapshots_are_not_looked_at(
    office: Settings,
) -> None:
    store = SnapshotStore(office.snapshots_dir)
    for back, start in ((3, None), (2, DAY), (1, None)):
        told(store, back, start)
    assert moves(office) == []
    told(store, 0, days_before(-30))
    assert [cell[0:3] for cell in moves(office)] == [(None, "计划开工", 1)]
    assert not history(office, "P1", days_before(1)).dates


def test_lights_run_over_the_snapshots_and_what_is_not_worked_out_is_unknown(office: Settings) -> None:
    store = SnapshotStore(office.snapshots_dir)
    for back in (9, 8, 7, 1):
        told(store, back, None, days_before(6))
    found = history(office, "P1", DAY)
    assert (found.unknown_days, found.lights) == (4, {})
    standings = Standings(store, office)
    for version in store.versions()[1:]:
        standings.of(version)
    found = history(office, "P1", DAY)
    assert found.unknown_days == 1
    unknown, yellow, red = found.lights["能评"]
    assert unknown == LightSpell(days_before(9), days_before(9), None)
    assert yellow == LightSpell(days_before(8), days_before(7), "yellow")
    assert red == LightSpell(days_before(1), days_before(1), "red")
    assert history(office, "没有", DAY).lights == {}


def test_a_standing_that_cannot_be_read_leaves_the_lights_unknown(office: Settings) -> None:
    store = SnapshotStore(office.snapshots_dir)
    told(store, 0, None, DAY)
    standings, (version,) = Standings(store, office), store.versions()
    standings.of(version)
    files = standings.files(version)
    assert files is not None and history(office, "P1", DAY).unknown_days == 0
    files["nodes"].write_bytes(b"PAR1")
    found = history(office, "P1", DAY)
    assert (found.unknown_days, found.lights) == (1, {})


def test_the_page_strikes_old_days_through_and_names_each_stretch() -> None:
    spells = (Spell(days_before(9), days_before(2)), Spell(days_before(3), days_before(-3)))
    days = (days_before(9), days_before(3), DAY)
    runs = (LightSpell(days[0], days[1], "yellow"), LightSpell(DAY, DAY, "red"))
    late = (LightSpell(DAY, DAY, "grey"),)
    told = ProjectHistory(
        days, (DateHistory("能评", "承诺完成", spells),), {None: runs, "能评": late, "删": late}
    )
    shown = html_of(project_history.body(told, ["能评"]))
    assert "<s>11月20日</s>" in shown and "<b>11月25日</b>" in shown and "推后 3 个工作日" in shown
    assert 'title="11月13日–11月19日 临期"' in shown and 'title="11月22日 逾期"' in shown
    assert shown.count('class="light-run" style="flex-grow:2"') == 1
    assert "3 份快照" in shown and "删" not in shown


def test_a_page_without_history_says_what_to_expect() -> None:
    empty = html_of(project_history.body(ProjectHistory((), (), {}), []))
    assert "没有改过" in empty and "还没有快照" in empty
    waiting = html_of(project_history.body(ProjectHistory((DAY,), (), {}, unknown_days=1), []))
    assert "正在后台计算" in waiting
