"""How three sites of the demo city look: drawn pictures marked 示例, named in its ledger like photos."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data.settings import Settings

PICTURES: Final = Path(__file__).resolve().parent / "pictures"
# what a picture shows, and the projects it can stand for
POWER, WORKS, WORKSHOP = (f"demo-site-{number}.png" for number in (3, 2, 1))


def with_photos(projects: pl.DataFrame, nodes: pl.DataFrame, today: date) -> pl.DataFrame:
    """The projects with 照片 for one site of each sort: under way, with something overdue if any is."""
    late = nodes.filter(
        pl.col("accepted_date").is_not_null()
        & pl.col("actual_finish").is_null()
        & (pl.coalesce("extended_due", "promised_finish", "planned_finish") < today)
    )["project_id"].unique()
    picture = (
        pl.when(pl.col("industry") == "能源").then(pl.lit(POWER))
        .when(pl.col("project_name").str.contains("光伏|风电")).then(pl.lit(POWER))
        .when(pl.col("category") != "产业").then(pl.lit(WORKS))
        .otherwise(pl.lit(WORKSHOP))
    )  # fmt: skip
    under_way = pl.col("actual_start").is_not_null() & pl.col("actual_finish").is_null()
    chosen = (
        projects.filter(under_way)
        .select(
            "project_id", picture.alias("photo"), pl.col("project_id").is_in(late.to_list()).alias("late")
        )
        .sort("late", "project_id", descending=[True, False])
        .unique("photo", keep="first", maintain_order=True)
    )
    return projects.join(
        chosen.select("project_id", "photo"), on="project_id", how="left", maintain_order="left"
    )


def put_photos(settings: Settings) -> None:
    """The pictures where the program looks for photos."""
    settings.photos_dir.mkdir(parents=True, exist_ok=True)
    for picture in sorted(PICTURES.glob("*.png")):
        shutil.copyfile(picture, settings.photos_dir / picture.name)
