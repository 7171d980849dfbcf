"""The vectorised passes against a slow reading of the definitions, on small random networks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schedule import Schedule
from tests.schedule.frames import by_node, one, own, run

# the machine's load is no property of the schedule
UNTIMED = settings(deadline=None, max_examples=40)
NAMES = "甲乙丙丁戊己庚"

# first and last day of an approved stop, null for none
Stop = tuple[date, date] | None


@dataclass(frozen=True)
class Job:
    """One node of a random network; `ago` are calendar days before as_of it was accepted or finished."""

    name: str
    days: int
    before: tuple[str, ...]
    state: str
    ago: int
    paused: int


@dataclass(frozen=True)
class City:
    """A random project: its jobs, the status date, the workdays from it to the target, its approved stop."""

    jobs: tuple[Job, ...]
    as_of: date
    ahead: int
    stop: Stop = None

    @property
    def target(self) -> date:
        return step(self.as_of, self.ahead)


@st.composite
def cities(
    draw: st.DrawFn, states: tuple[str, ...] = ("waiting", "running", "done", "not_applicable")
) -> City:
    count = draw(st.integers(1, len(NAMES)))
    jobs = []
    for at in range(count):
        before = tuple(name for name in NAMES[:at] if draw(st.booleans()))
        jobs.append(
            Job(
                NAMES[at],
                draw(st.integers(0, 9)),
                before,
                draw(st.sampled_from(states)),
                draw(st.integers(0, 40)),
                draw(st.integers(0, 3)),
            )
        )
    order = draw(st.permutations(jobs))
    as_of = draw(st.dates(date(2022, 12, 20), date(2023, 10, 20)))
    return City(tuple(order), as_of, draw(st.integers(-20, 60)))


@st.composite
def stopping_cities(draw: st.DrawFn) -> City:
    """Cities whose project stops for a while, before, on or after the status date."""
    city = draw(cities())
    first = city.as_of + timedelta(days=draw(st.integers(-40, 30)))
    return replace(city, stop=(first, first + timedelta(days=draw(st.integers(0, 25)))))


@cache
def step(day: date, workdays: int, stop: Stop = None) -> date:
    """Days of work counted one by one; a free day stands for the workday before."""
    while not chinese_calendar.is_workday(day):
        day -= timedelta(days=1)
    for _ in range(workdays):
        day = worked(day, 1)
        while stands(day, stop):
            day = worked(day, 1)
    for _ in range(-workdays):
        while stands(day, stop):
            day = worked(day, -1)
        day = worked(day, -1)
    return day


def worked(day: date, towards: int) -> date:
    day += timedelta(days=towards)
    while not chinese_calendar.is_workday(day):
        day += timedelta(days=towards)
    return day


def stands(day: date, stop: Stop) -> bool:
    return stop is not None and stop[0] <= day <= stop[1]


def count(start: date, end: date) -> int:
    """Workdays after start up to end."""
    low, high = min(start, end), max(start, end)
    days = (low + timedelta(days=n) for n in range(1, (high - low).days + 1))
    found: int = sum(chinese_calendar.is_workday(day) for day in days)
    return found if end >= start else -found


def scheduled(city: City) -> Schedule:
    rows = []
    for job in city.jobs:
        row = own("A", job.name, job.days, *job.before, status=job.state, paused_workdays=job.paused)
        happened = city.as_of - timedelta(days=job.ago)
        row["accepted_date"] = happened if job.state == "running" else None
        row["actual_finish"] = happened if job.state == "done" else None
        rows.append(row)
    # a lone job has no predecessors, so a sink makes every network one of its own
    rows.append(own("A", "末", 0, *NAMES[: len(city.jobs)]))
    first, last = city.stop or (None, None)
    project = {
        "project_id": "A",
        "planned_start": city.target,
        "stopped_from": first,
        "stopped_until": last,
    }
    return run([project], rows, city.as_of)


def slow_forward(city: City) -> dict[str, date | None]:
    """Earliest finishes by the definition, recursively; null for a not-applicable node nothing precedes."""
    jobs = {job.name: job for job in city.jobs}
    free = city.as_of
    while not chinese_calendar.is_workday(free):
        free += timedelta(days=1)
    if city.stop and step(city.stop[0] - timedelta(days=1), 0) <= free:
        free = max(free, step(city.stop[1], 0))

    @cache
    def finish(name: str) -> date | None:
        job = jobs[name]
        happened = city.as_of - timedelta(days=job.ago)
        if job.state == "done":
            return step(happened, 0)
        if job.state == "running":
            return max(step(city.as_of, 1), step(happened, job.days + job.paused, city.stop))
        reached = [day for day in map(finish, job.before) if day is not None]
        if job.state == "not_applicable":
            return max(reached, default=None)
        return step(max([free, *reached]), job.days, city.stop)

    return {name: finish(name) for name in jobs}


def slow_backward(city: City) -> dict[str, date]:
    """Latest finishes by the definition, recursively: in time for every successor, and on a day of work."""
    jobs = {job.name: job for job in city.jobs}

    def lasting(name: str) -> int:
        return 0 if jobs[name].state == "not_applicable" else jobs[name].days

    @cache
    def finish(name: str) -> date:
        onward = [
            step(finish(job.name), -lasting(job.name), city.stop) for job in city.jobs if name in job.before
        ]
        latest = min([step(city.target, 0), *onward])
        while lasting(name) and stands(latest, city.stop):
            latest = worked(latest, -1)
        return latest

    return {name: finish(name) for name in jobs}


@UNTIMED
@given(cities() | stopping_cities())
def test_both_passes_agree_with_the_definitions(city: City) -> None:
    nodes = by_node(scheduled(city), "A")
    forward, backward = slow_forward(city), slow_backward(city)
    for job in city.jobs:
        row = nodes[job.name]
        if job.state == "not_applicable":
            assert row["earliest_finish"] is row["latest_finish"] is row["float_workdays"] is None
            continue
        latest = backward[job.name]
        assert row["earliest_finish"] == forward[job.name]
        assert row["latest_finish"] == latest
        assert row["latest_start"] == step(latest, -job.days, city.stop)
        assert row["float_workdays"] == count(row["earliest_finish"], latest)
        begun = job.state in ("done", "running")
        assert row["must_start_today"] == (not begun and row["latest_start"] <= city.as_of)


@UNTIMED
@given(cities() | stopping_cities())
def test_nobody_finishes_after_a_successor_starts(city: City) -> None:
    nodes = by_node(scheduled(city), "A")
    for job in city.jobs:
        for name in job.before:
            row, before = nodes[job.name], nodes[name]
            if not (row["applicable"] and before["applicable"]):
                continue
            assert before["latest_finish"] <= row["latest_start"]
            if job.state == "waiting":
                assert before["earliest_finish"] <= row["earliest_start"]


@UNTIMED
@given(cities(), st.integers(-15, 15))
def test_moving_the_target_moves_every_latest_day(city: City, workdays: int) -> None:
    moved = City(city.jobs, city.as_of, city.ahead + workdays)
    before, after = by_node(scheduled(city), "A"), by_node(scheduled(moved), "A")
    for name, row in before.items():
        if row["float_workdays"] is not None:
            shift = count(city.target, moved.target)
            assert after[name]["latest_finish"] == step(row["latest_finish"], shift)
            assert after[name]["float_workdays"] == row["float_workdays"] + shift
            assert after[name]["earliest_finish"] == row["earliest_finish"]


@UNTIMED
@given(cities(("waiting",)))
def test_the_least_float_is_the_distance_from_forecast_to_target_and_critical_nodes_have_it(
    city: City,
) -> None:
    result = scheduled(city)
    plan, nodes = one(result, "A"), by_node(result, "A")
    least = count(plan["forecast_finish"], city.target)
    assert plan["float_workdays"] == least == min(row["float_workdays"] for row in nodes.values())
    assert {n for n, row in nodes.items() if row["critical"]} == {
        n for n, row in nodes.items() if row["float_workdays"] == least
    }
    assert set(plan["critical_chain"]) <= {n for n, row in nodes.items() if row["critical"]}
    chain = plan["critical_chain"]
    lasting = sum(nodes[name]["duration_workdays"] for name in chain)
    assert count(nodes[chain[0]]["earliest_start"], plan["forecast_finish"]) == lasting
    for name, following in pairwise(chain):
        assert name in nodes[following]["predecessors"]


@UNTIMED
@given(cities() | stopping_cities())
def test_lateness_is_what_the_forecast_exceeds_the_target_by(city: City) -> None:
    plan = one(scheduled(city), "A")
    late = count(city.target, plan["forecast_finish"])
    assert plan["late_workdays"] == (late if late > 0 else None)
    assert plan["reachable_date"] == plan["forecast_finish"]


@UNTIMED
@given(cities() | stopping_cities())
def test_a_proposal_to_shorten_reaches_the_target_and_none_means_impossible(city: City) -> None:
    plan = one(scheduled(city), "A")
    if plan["late_workdays"] is None:
        assert plan["shrinks"] == []
        return
    cut = {shrink["node"]: shrink for shrink in plan["shrinks"]}
    if cut:
        assert all(1 <= shrink["to_workdays"] < shrink["from_workdays"] for shrink in cut.values())
        assert (
            one(scheduled(shortened(city, {n: c["to_workdays"] for n, c in cut.items()})), "A")[
                "late_workdays"
            ]
            is None
        )
    else:
        shortest = shortened(city, {job.name: min(job.days, 1) for job in city.jobs if job.state != "done"})
        assert one(scheduled(shortest), "A")["late_workdays"] is not None


def shortened(city: City, days: dict[str, int]) -> City:
    jobs = tuple(
        Job(job.name, days.get(job.name, job.days), job.before, job.state, job.ago, job.paused)
        for job in city.jobs
    )
    return replace(city, jobs=jobs)


@UNTIMED
@given(cities(("waiting",)), st.sampled_from(NAMES))
def test_waiting_longer_never_makes_anything_earlier(city: City, name: str) -> None:
    days = {job.name: job.days + 3 * (job.name == name) for job in city.jobs}
    before, after = by_node(scheduled(city), "A"), by_node(scheduled(shortened(city, days)), "A")
    for at, row in before.items():
        assert after[at]["earliest_finish"] >= row["earliest_finish"]
        assert after[at]["latest_start"] <= row["latest_start"]
