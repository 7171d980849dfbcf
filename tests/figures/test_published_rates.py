"""Percentages that governments printed come out of the ordinary queries, from the counts they printed.

Each published line becomes a region of its own: as many projects as its denominator says, of which
the numerator has started; or one project with the plan and the spending printed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from components.formats import percent
from data import contract
from data.publish import Source, publish
from data.query import Queries
from data.schedule import schedule
from data.settings import Settings
from data.snapshots import SnapshotStore

FIGURES = Path(__file__).resolve().parents[3] / "shared" / "data" / "figures"
TODAY = date(2026, 9, 30)
YI = 100_000_000
START_RATE, SPENT = "开复工率", "投资完成率"

pytestmark = pytest.mark.skipif(not FIGURES.is_dir(), reason=f"published figures are not at {FIGURES}")


def lines(name: str) -> list[dict[str, str]]:
    with (FIGURES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def started(region: str, kind: str, begun: int, of: int) -> Iterator[dict[str, object]]:
    for number in range(of):
        word = (
            ("已开工" if kind == "新建" else "已复工")
            if number < begun
            else "未开工"
            if kind == "新建"
            else "未复工"
        )
        yield {"region": region, "kind": kind, "status": word}


def spent(region: str, done: str, plan: str) -> dict[str, object]:
    return {
        "region": region,
        "annual_plan_yuan": int(Decimal(plan) * YI),
        "invested_this_year_yuan": int(Decimal(done) * YI),
    }


def rates(folder: Path, rows: list[dict[str, object]]) -> dict[tuple[str, str], dict[str, object]]:
    """Every rate of a city with these projects, by indicator and region."""
    named = [row | {"project_id": f"P{k}", "project_name": f"项目{k}"} for k, row in enumerate(rows)]
    frame = pl.DataFrame(named, infer_schema_length=None)
    projects = frame.select(
        (pl.col(n) if n in frame.columns else pl.lit(None)).cast(t).alias(n)
        for n, t in contract.PROJECTS.schema.items()
    )
    settings = Settings(data_dir=folder, today=TODAY)
    store = SnapshotStore(settings.snapshots_dir)
    empty = contract.empty(contract.NODES)
    now = datetime(2026, 9, 30, 8, 30, tzinfo=settings.now().tzinfo)
    publish(
        store,
        {"projects": projects},
        schedule(projects, empty, TODAY),
        TODAY,
        Source("公布数据", ""),
        published_at=now,
    )
    found = Queries(settings).run("rates", by="region")
    return {(r["indicator"], r["group"]): r for r in found.iter_rows(named=True)}


def shown(row: dict[str, object], published: str) -> Decimal:
    """The rate as the screen writes it, with as many decimals as were published."""
    decimals = len(published.partition(".")[2])
    text = percent(row["numerator"], row["denominator"], decimals)  # type: ignore[arg-type]
    return Decimal(text.rstrip("%"))


def test_ordos_start_rates_by_banner(tmp_path: Path) -> None:
    printed = [
        row for row in lines("02_ordos_2019_jan-sep_start_rate_by_banner.csv") if row["旗区"] != "合计"
    ]
    projects = [
        project
        for row in printed
        for kind, begun in (("新建", "新建开工"), ("续建", "续建复工"))
        for project in started(row["旗区"], kind, int(row[begun]), int(row[kind]))
    ]
    found = rates(tmp_path, projects)
    for row in printed:
        rate = found[START_RATE, row["旗区"]]
        assert (rate["numerator"], rate["denominator"]) == (int(row["开复工"]), int(row["项目总数"]))
        assert shown(rate, row["开复工率_公布%"]) == Decimal(row["开复工率_公布%"])


def test_xiangxi_investment_by_county(tmp_path: Path) -> None:
    printed = lines("01_xiangxi_2021_jan-sep_by_county.csv")
    found = rates(
        tmp_path, [spent(row["隶属"], row["累计完成投资_亿元"], row["年计划投资_亿元"]) for row in printed]
    )
    for row in printed:
        wrong = abs(shown(found[SPENT, row["隶属"]], row["完成率_公布%"]) - Decimal(row["完成率_公布%"]))
        # the inputs were printed to one decimal of 亿, which moves one line by 0.1 pp
        assert wrong <= (0 if row["verdict"] == "equal (half-up)" else Decimal("0.1")), row


def test_single_notices(tmp_path: Path) -> None:
    printed = {str(k): row for k, row in enumerate(lines("06_single_notices.csv")) if row["公布%"]}
    projects: list[dict[str, object]] = []
    for place, row in printed.items():
        if "." in row["分子"] + row["分母"] or "投资" in row["指标"]:
            projects.append(spent(place, row["分子"], row["分母"]))
        else:
            projects.extend(started(place, "新建", int(row["分子"]), int(row["分母"])))
    found = rates(tmp_path, projects)
    differing = set()
    for place, row in printed.items():
        indicator = SPENT if (SPENT, place) in found and found[SPENT, place]["denominator"] else START_RATE
        if shown(found[indicator, place], row["公布%"]) != Decimal(row["公布%"]):
            differing.add(place)
    # misprints and truncations are in the file on purpose: we must not reproduce them
    wrong = {place for place, row in printed.items() if not row["verdict"].startswith("equal (half-up)")}
    assert differing == wrong
    assert wrong
