"""Every rule a ledger's rows are judged by: a name, an expression, a weight and a Chinese sentence."""

from __future__ import annotations

from typing import Final

from data.rulebook.nodes import NODE_RULES
from data.rulebook.others import OTHER_RULES
from data.rulebook.over_time import OVER_TIME_RULES
from data.rulebook.projects import PROJECT_RULES
from data.rulebook.rule import Rule

__all__ = ["RULES", "Rule"]

RULES: Final[tuple[Rule, ...]] = (*PROJECT_RULES, *NODE_RULES, *OTHER_RULES, *OVER_TIME_RULES)
