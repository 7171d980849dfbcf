"""A replay knows nothing of what came after its day, and says truly what came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data import backtest, demo
from data.backtest import Backtest, Replay, score_table, scores
from data.cli import app
from data.forecast import Forecasts, Goal
from data.pointer import Catalogue
from data.query import Queries
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.workdays import calendar

TODAY = date(2026, 11, 20)
PROJECTS = 60
MIDDLE = date(2026, 11, 6)
INDICATORS = ("开复工率", "手续办结率", "投资完成率")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    of = Settings(data_dir=tmp_path_factory.mktemp("city"), today=TODAY)
    demo.build(of, PROJECTS, 40)
    return of


@pytest.fixture(scope="module")
def replays(city: Settings) -> list[Replay]:
    return Backtest(city).replays(days=3)


class StoreOn(SnapshotStore):
    """The store as it was on MIDDLE: what came later isn't there."""

    def catalogue(self) -> Catalogue:
        whole = super().catalogue()
        return replace(whole, published=tuple(v for v in whole.published if v.day <= MIDDLE))


def test_nothing_of_the_future_reaches_a_replay(city: Settings) -> None:
    then = StoreOn(city.snapshots_dir)
    assert then.current() != SnapshotStore(city.snapshots_dir).current()
    until = calendar().add(MIDDLE, 5)
    before = Forecasts(Queries(city, then), city, then)
    after = Forecasts(Queries(city), city)
    for indicator in INDICATORS:
        found = after.ask(indicator, until, as_of=MIDDLE)
        assert found is not None and found.enough
        assert found == before.ask(indicator, until, as_of=MIDDLE)


def test_what_came_is_what_later_snapshots_say(city: Settings, replays: list[Replay]) -> None:
    store = SnapshotStore(city.snapshots_dir)
    for found in replays:
        if found.indicator == "投资完成率":
            spent = [
                store.ledgers(store.at(day))["projects"]["invested_this_year_yuan"].sum()
                for day in (found.day, found.until)
            ]
            assert found.actual == spent[1] - spent[0]
        assert 0 <= found.low <= found.median <= found.high
        assert found.indicator == "投资完成率" or found.high <= found.ahead
    assert {found.indicator for found in replays} >= set(INDICATORS)


def test_the_record_is_kept_and_a_new_version_makes_a_new_one(
    city: Settings, replays: list[Replay], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []
    monkeypatch.setattr(Backtest, "replays", lambda self, last: asked.append(last) or replays)
    first, second = SnapshotStore(city.snapshots_dir).versions()[-2:]
    assert backtest.record(city, second) == replays == backtest.record(city, second)
    assert asked == [TODAY]
    backtest.record(city, first)
    assert asked == [TODAY, first.day]
    # who looks at an earlier day takes nothing from those who look at today
    backtest.record(city, second)
    assert asked == [TODAY, first.day]
    monkeypatch.setattr(backtest, "RECORDS_KEPT", 2)
    backtest.record(city, SnapshotStore(city.snapshots_dir).versions()[-3])
    assert len(list((city.data_dir / backtest.FOLDER).iterdir())) == 2


def test_a_record_that_cannot_be_read_is_made_anew(
    city: Settings, replays: list[Replay], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Backtest, "replays", lambda self, last: replays)
    newest = SnapshotStore(city.snapshots_dir).versions()[-1]
    backtest.record(city, newest)
    for kept in (city.data_dir / backtest.FOLDER).iterdir():
        kept.write_bytes(b"PAR1")
    assert backtest.record(city, newest) == replays


def replay(low: int, median: int, high: int, actual: int, carried: int | None) -> Replay:
    return Replay("开复工率", MIDDLE, TODAY, 10, 50, low, median, high, 9, carried, actual)


def test_scores_are_those_of_the_replays() -> None:
    (found,) = scores([replay(2, 4, 6, 6, 8), replay(2, 4, 6, 7, None)])
    assert (found.replays, found.coverage, found.error) == (2, 0.5, 2.5)
    assert (found.stated_error, found.carried_error, found.mean_actual) == (2.5, 2.0, 6.5)
    row = score_table([found]).row(0, named=True)
    assert (row["落在80%区间"], row["预测误差"]) == ("50%", "2.5")


def test_the_command_says_when_there_is_too_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = Settings(data_dir=tmp_path, today=TODAY)
    demo.build(of, 8, 4)
    monkeypatch.setattr("data.cli.settings", lambda: of)
    told = CliRunner().invoke(app, ["backtest"])
    assert told.exit_code == 2
    assert "历史还不够" in told.stderr


def test_with_too_little_history_the_plan_is_shown_as_stated(tmp_path: Path) -> None:
    of = Settings(data_dir=tmp_path, today=TODAY)
    demo.build(of, 30, 4)
    found = Forecasts(Queries(of), of).ask("开复工率", date(2027, 6, 30), Goal(0.9))
    assert found is not None and not found.enough
    assert found.chance is None and found.deciders == ()
    assert [(p.low, p.median, p.high) for p in found.points] == [(p.stated,) * 3 for p in found.points]
    assert found.last.stated > found.numerator
