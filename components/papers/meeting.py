"""What people decided for a meeting: open promises of its rhythm, praise and criticism somebody confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from components import formats
from components.papers import words
from components.papers.asked import Asked, Row
from data import named, promise_heads
from data.promises import projects_of
from data.record import record


def promises(asked: Asked) -> Sequence[Row]:
    """Open promises that head this meeting or were made in it, as its page shows them; most urgent first."""
    told = record().promises(asked.as_of)
    heads = promise_heads.heading(told, asked.meeting, _covered(asked, told))
    made = promise_heads.decided(told, asked.meeting)
    numbers = {*heads["promise_id"], *made["promise_id"]}
    own = told.filter(pl.col("promise_id").is_in(numbers), pl.col("done_date").is_null())
    if asked.project:
        own = own.filter(project_id=asked.project)
    return own.to_dicts()


def _covered(asked: Asked, told: pl.DataFrame) -> set[str]:
    """The promises' projects that are in the paper's scope."""
    about = projects_of(told)
    if not about:
        return set()
    return set(asked.ask("dispatch_projects", also=about)["project_id"].to_list())


def promise(row: Row) -> dict[str, Any]:
    """One promise as a table's cells."""
    return {
        "谁": row["who"],
        "什么": row["what"],
        "哪天": words.day(row["due_date"]),
        "还有": formats.workdays_left(row["workdays_left"]),
    }


def confirmed(asked: Asked) -> dict[str, list[dict[str, str]]]:
    """Whom a person confirmed to be praised and criticised by this meeting, each with the reason."""
    found = [one for one in named.with_confirmed([], record(), asked.meeting) if one.confirmed]
    return {
        key: [{"名称": one.name, "依据": words.wide(one.words)} for one in found if one.kind == kind]
        for key, kind in (("表扬", "praise"), ("批评", "criticism"))
    }
