"""Every rule that may be told has a name of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import data
from data.health import checks
from data.rule_titles import TITLES, title_of
from data.rulebook import RULES

_TELLS = {"add", "about", "more", "report", "_tell", "_Found", "Finding"}
_NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")
# what those functions take besides: columns, and kinds of decisions
_NO_RULES = {"project_id", "project_name", "same_project", "different_project"}


def told() -> Iterator[str]:
    for path in Path(data.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                given = [*call.args[:7], *(k.value for k in call.keywords if k.arg == "rule")]
                yield from (word for part in given if name in _TELLS for word in _words(part))


def _words(part: ast.expr) -> Iterator[str]:
    choices = (part.body, part.orelse) if isinstance(part, ast.IfExp) else (part,)
    for choice in choices:
        if isinstance(choice, ast.Constant) and _NAME.fullmatch(str(choice.value)):
            yield str(choice.value)


def test_every_rule_has_a_title() -> None:
    rules = {rule.name for rule in RULES} | {check.name for check in checks()} | set(told()) - _NO_RULES
    assert rules - TITLES.keys() == set()
    assert len(set(told())) > 60


def test_titles_are_short_and_tell_rules_apart() -> None:
    assert all(re.fullmatch(r"[^a-zA-Z]{3,18}", title) for title in TITLES.values())
    doubled = [title for title in TITLES.values() if list(TITLES.values()).count(title) > 1]
    assert set(doubled) <= {"问题对不上项目"}
    assert title_of("of_an_older_program") == "其他"
