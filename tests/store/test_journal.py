"""The inbox's journal: kept outcomes, newest first, whatever a power cut left in it."""

from __future__ import annotations

from pathlib import Path

from data.errors import Finding
from data.journal import Journal, Outcome
from tests.store.small import DAY, MOMENT, Version

FINDING = Finding("money_without_unit", "error", "金额没有单位", "项目", "E12", "3.5", "3.5亿元")


def outcome(number: int) -> Outcome:
    return Outcome(f"{number}.xlsx", MOMENT, True, Version(DAY, number), "已发布", (FINDING,))


def test_outcomes_come_back_newest_first(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    assert journal.outcomes() == []
    refused = Outcome("x.csv", MOMENT, False, None, "第一行\n第二行 \u2028 完")
    for told in (outcome(1), refused, outcome(2)):
        journal.add(told)
    assert journal.outcomes() == [outcome(2), refused, outcome(1)]


def test_only_the_last_outcomes_are_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", kept=3)
    for number in range(1, 6):
        journal.add(outcome(number))
    assert journal.outcomes() == [outcome(5), outcome(4), outcome(3)]


def test_a_damaged_line_is_passed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.add(outcome(1))
    with journal.path.open("a", encoding="utf-8") as file:
        file.write('{"file_name": "half\n[]\n{"version": "nonsense"}\n')
    journal.add(outcome(2))
    assert journal.outcomes() == [outcome(2), outcome(1)]
