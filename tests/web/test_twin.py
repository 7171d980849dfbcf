"""A chart's name, sentence and table twin; no chart is drawn without them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from components import twin
from components.markup import html_of
from components.twin import Twin
from data.settings import PROJECT_DIR

# a projected page says the same in large type beside its picture, a sample of a legend has its word beside it
EXEMPT = {"components/projection_wall.py": 1, "components/timeline.py": 1}
DRAWING = re.compile(r"""f['"]<svg\b""")
NAMED = re.compile(r"""f['"]<svg\b[^\n]*(\{words\.name\}|\{name\})""")


def test_every_chart_has_a_name_a_sentence_and_a_table() -> None:
    nameless = {}
    for path in sorted(Path(PROJECT_DIR / "components").rglob("*.py")):
        code, place = path.read_text(encoding="utf-8"), path.relative_to(PROJECT_DIR).as_posix()
        lacking = len(DRAWING.findall(code)) - len(NAMED.findall(code)) - EXEMPT.get(place, 0)
        if lacking:
            nameless[place] = lacking
    assert nameless == {}, "name the svg by components/twin.py"


def test_a_chart_leads_to_its_table() -> None:
    words = Twin("某率走势:由 <10%> 到 20%", ("日期", "某率"), [("11月1日", "10%"), ("11月2日", "20%")])
    assert (
        words.name == f'role="img" aria-label="某率走势:由 &lt;10%&gt; 到 20%" aria-details="{words.place}"'
    )
    told = html_of(words.table())
    assert told.startswith(f'<div id="{words.place}" class="visually-hidden"><table><caption>某率走势')
    assert '<th scope="col">某率</th>' in told and "<td>11月2日</td><td>20%</td>" in told


def test_a_chart_beside_its_rows_names_them() -> None:
    assert twin.named("图", "rows") == 'role="img" aria-label="图" aria-details="rows"'
    assert twin.named("图", None) == 'role="img" aria-label="图"'


@pytest.mark.parametrize("number", [0, 1, 12, 13, 60, 61])
def test_a_long_line_keeps_its_last_value_and_few_others(number: int) -> None:
    kept = twin.some(list(range(number)))
    assert kept == sorted(kept) and len(kept) <= twin.ROWS
    assert kept[-1:] == list(range(number))[-1:]
    assert len(kept) == number or len({b - a for a, b in pairwise(kept)}) == 1
