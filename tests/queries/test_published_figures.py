"""The figures cities published come out of ledgers made to their counts (domain.md §4, shared figures)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.settings import PROJECT_DIR
from tests.queries.support import ask, database, ledger

FIGURES = PROJECT_DIR.parent / "shared" / "data" / "figures"
AS_OF = date(2026, 3, 31)
YI = 100_000_000
Row = dict[str, Any]


def half_up(ratio: float | None, decimals: int) -> str:
    """A ratio as the sources print it: per cent, half-up."""
    assert ratio is not None
    return str((Decimal(str(ratio)) * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def rate(projects: list[Row], indicator: str, as_of: date = AS_OF, **params: object) -> Row:
    """One indicator over these projects."""
    answer = ask(database({"projects": ledger("projects", projects)}, as_of), "rates", as_of, **params)
    return answer.row(by_predicate=pl.col("indicator") == indicator, named=True)


def started_and_resumed(new: int, started: int, continued: int, resumed: int, **more: object) -> list[Row]:
    """A list of projects with these counts; a 续建 that isn't resumed stands stopped."""
    rows: list[Row] = [
        {"kind": "新建", "actual_start": "2026-03-01" if i < started else None} for i in range(new)
    ]
    for i in range(continued):
        stop = {} if i < resumed else {"stopped_from": "2025-11-15"}
        rows.append({"kind": "续建", "resumed_date": "2026-03-02" if i < resumed else None} | stop)
    return [{"project_id": f"P{i:04}"} | row | more for i, row in enumerate(rows)]


def procedure(
    name: str, done: int, running: int = 0, waiting: int = 0, not_applicable: int = 0
) -> Iterator[Row]:
    """Node rows of one procedure with these counts, one a project from the first on."""
    states = (
        ["done"] * done + ["running"] * running + ["waiting"] * waiting + ["not_applicable"] * not_applicable
    )
    for i, state in enumerate(states):
        yield {
            "project_id": f"P{i:04}",
            "node": name,
            "status": state,
            "applicable": state != "not_applicable",
        }


def procedure_rates(projects: int, *nodes: Iterator[Row], **params: object) -> dict[str, Row]:
    rows = [{"project_id": f"P{i:04}", "region": "连山区" if i < 31 else "兴城市"} for i in range(projects)]
    ledgers = {
        "projects": ledger("projects", rows),
        "nodes": ledger("nodes", [row for each in nodes for row in each]),
    }
    answer = ask(database(ledgers, AS_OF), "procedure_rates", AS_OF, **params)
    return {row["procedure"]: row for row in answer.to_dicts()}


def test_campaign_of_150_projects() -> None:
    rates = procedure_rates(150, procedure("立项", 114, 20, 12, 4), procedure("能评", 61, 30, 13, 46))
    assert (rates["立项"]["done"], rates["立项"]["due"]) == (114, 146)
    assert half_up(rates["立项"]["ratio"], 2) == "78.08"
    assert (rates["能评"]["done"], rates["能评"]["due"], rates["能评"]["not_applicable"]) == (61, 104, 46)
    assert half_up(rates["能评"]["ratio"], 2) == "58.65"
    assert half_up(rates["能评"]["ratio"], 1) == "58.7"


def test_one_district_of_31_projects() -> None:
    rates = procedure_rates(40, procedure("立项", 27, 4), procedure("能评", 21, 5, 5), region="连山区")
    assert [rates["立项"][k] for k in ("due", "done", "running", "waiting")] == [31, 27, 4, 0]
    assert [rates["能评"][k] for k in ("due", "done", "running", "waiting")] == [31, 21, 5, 5]


def test_fifty_one_province_level_projects() -> None:
    projects = started_and_resumed(23, 20, 28, 26, level="省百大")
    others = [row | {"project_id": "Q" + str(row["project_id"]), "level": "市重点"} for row in projects]
    found = rate(projects + others, "开复工率", level="省百大")
    assert (found["numerator"], found["denominator"], half_up(found["ratio"], 1)) == (46, 51, "90.2")


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "printed"),
    [("开复工率", 134, 354, "37.9"), ("开工率(新建)", 64, 237, "27.0"), ("复工率(续建)", 70, 117, "59.8")],
)
def test_354_projects(indicator: str, numerator: int, denominator: int, printed: str) -> None:
    found = rate(started_and_resumed(237, 64, 117, 70), indicator)
    assert (found["numerator"], found["denominator"], half_up(found["ratio"], 1)) == (
        numerator,
        denominator,
        printed,
    )


def test_investment_against_pace() -> None:
    projects = [
        {"project_id": f"P{i}", "annual_plan_yuan": 304 * YI, "invested_this_year_yuan": 1530_000_000}
        for i in range(2)
    ]
    found = rate(projects, "投资完成率")
    assert (found["numerator"], found["denominator"]) == (30_6000_0000, 608 * YI)
    assert half_up(found["ratio"], 1) == "5.0"
    assert found["pace_ratio"] == 0.25
    assert half_up(found["ratio"] - found["pace_ratio"], 1) == "-20.0"


@pytest.mark.parametrize(
    ("as_of", "pace"), [(date(2026, 3, 30), 2), (date(2026, 3, 31), 3), (date(2024, 2, 29), 2)]
)
def test_a_month_counts_on_its_last_day(as_of: date, pace: int) -> None:
    assert rate([{"project_id": "P1"}], "投资完成率", as_of)["pace_ratio"] == pace / 12


def test_360_started_is_three_quarters_only_of_480() -> None:
    projects = started_and_resumed(480, 360, 0, 0) + [
        {"project_id": f"Z{i:03}", "kind": "前期"} for i in range(120)
    ]
    whole, planned = (
        rate(projects, "开复工率", base=base) for base in ("annual", "annual_without_preliminary")
    )
    assert (planned["numerator"], planned["denominator"], half_up(planned["ratio"], 0)) == (360, 480, "75")
    assert (whole["denominator"], half_up(whole["ratio"], 0)) == (600, "60")
    assert planned["base"] != whole["base"]


def test_500_of_a_plan_of_550() -> None:
    found = rate(started_and_resumed(550, 500, 0, 0), "开复工率")
    assert half_up(found["ratio"], 1) == "90.9"


def test_rates_above_one_are_not_clamped() -> None:
    found = rate(
        [{"project_id": "P1", "annual_plan_yuan": 6327, "invested_this_year_yuan": 7757}], "投资完成率"
    )
    assert half_up(found["ratio"], 1) == "122.6"


def test_34_leaders_answer_for_68_projects_and_34_leads() -> None:
    projects = [{"project_id": f"P{i:02}", "accountable_leader": f"领导{i % 34 + 1:02}"} for i in range(68)]
    leads = [{"lead_id": f"L{i:02}", "leader": f"领导{i + 1:02}"} for i in range(34)]
    base = database({"projects": ledger("projects", projects), "leads": ledger("leads", leads)}, AS_OF)
    panel = ask(base, "leader_panel", AS_OF, role="包保领导")
    assert panel.height == 34
    assert (panel["projects"].sum(), panel["leads"].sum()) == (68, 34)
    assert panel["projects"].to_list() == [2] * 34


def test_funds_received_add_up_exactly() -> None:
    projects = [
        {
            "project_id": "P1",
            "kind": "新建",
            "funds_received_yuan": 11_3500_0000,
            "annual_plan_yuan": 100 * YI,
        },
        {
            "project_id": "P2",
            "kind": "续建",
            "funds_received_yuan": 36_2700_0000,
            "annual_plan_yuan": 100 * YI,
        },
    ]
    assert rate(projects, "资金到位率(年度计划)")["numerator"] == 47_6200_0000


def figures(name: str) -> list[dict[str, str]]:
    path: Path = FIGURES / name
    if not path.exists():
        pytest.skip(f"published figures are not on this machine: {name}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_city_by_banner() -> None:
    rows = figures("02_ordos_2019_jan-sep_start_rate_by_banner.csv")
    banners, total = rows[:-1], rows[-1]
    projects: list[Row] = []
    for row in banners:
        counts = [int(row[key]) for key in ("新建", "新建开工", "续建", "续建复工")]
        made = started_and_resumed(*counts, region=row["旗区"])
        projects += [one | {"project_id": f"{row['旗区']}{one['project_id']}"} for one in made]
    base = database({"projects": ledger("projects", projects)}, AS_OF)
    answer = ask(base, "rates", AS_OF, by="region").filter(pl.col("indicator") == "开复工率")
    found = {row["group"]: row for row in answer.to_dicts()}
    for row in banners:
        got = found[row["旗区"]]
        assert (got["numerator"], got["denominator"]) == (int(row["开复工"]), int(row["项目总数"]))
        assert Decimal(half_up(got["ratio"], 1)) == Decimal(row["开复工率_公布%"])
    city = rate(projects, "开复工率")
    assert (city["numerator"], city["denominator"]) == (int(total["开复工"]), int(total["项目总数"]))
    assert Decimal(half_up(city["ratio"], 1)) == Decimal(total["开复工率_公布%"])


def test_one_prefecture_by_county() -> None:
    rows = figures("01_xiangxi_2021_jan-sep_by_county.csv")
    projects = [
        {
            "project_id": f"P{i}",
            "region": row["隶属"],
            "annual_plan_yuan": int(Decimal(row["年计划投资_亿元"]) * YI),
            "invested_this_year_yuan": int(Decimal(row["累计完成投资_亿元"]) * YI),
        }
        for i, row in enumerate(rows)
    ]
    as_of = date(2021, 9, 30)
    answer = ask(database({"projects": ledger("projects", projects)}, as_of), "rates", as_of, by="region")
    found = {row["group"]: row for row in answer.filter(pl.col("indicator") == "投资完成率").to_dicts()}
    for row in rows:
        assert half_up(found[row["隶属"]]["ratio"], 4) == row["完成率_计算%"]
        if row["verdict"] == "equal (half-up)":
            assert half_up(found[row["隶属"]]["ratio"], 1) == row["完成率_公布%"]
        assert found[row["隶属"]]["pace_ratio"] == 0.75


def test_single_notices() -> None:
    rows = [row for row in figures("06_single_notices.csv") if row["分子"] and "投资" in row["指标"]]
    assert len(rows) > 10
    for row in rows:
        plan, done = (int(Decimal(row[key]) * YI) for key in ("分母", "分子"))
        found = rate(
            [{"project_id": "P1", "annual_plan_yuan": plan, "invested_this_year_yuan": done}], "投资完成率"
        )
        assert half_up(found["ratio"], 4) == row["计算%"]
