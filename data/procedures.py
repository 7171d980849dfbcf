"""Procedure templates: the usual network of approvals per 项目类型, and the construction chain after 开工.

Read from data/templates/*.toml and checked once; a template that contradicts itself is refused at
start-up with file and node named. Durations are working days. Source: the procedures and chains
cities publish; limits are promised ones, offices edit the files.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Final, Literal

from data.errors import ConfigurationError

TEMPLATES_DIR: Final = Path(__file__).resolve().parent / "templates"
CONSTRUCTION: Final = "施工"

Phase = Literal["start", "construction"]


@dataclass(frozen=True)
class TemplateNode:
    """One node of a template; `also` are names staff use for it, a 节点 row under one replaces it.

    `preparation_workdays` count only until the authority has accepted. An optional node is part of a
    project's network only when it has a 节点 row, or when the project's 行业 holds one of `industries`.
    """

    name: str
    also: tuple[str, ...]
    department: str
    duration_workdays: int
    preparation_workdays: int
    after: tuple[str, ...]
    outdoor: bool
    optional: bool
    industries: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every accepted name, the template's own first."""
        return (self.name, *self.also)


@dataclass(frozen=True)
class Template:
    """One network; `last` is the node every procedure of the phase must precede (开工, 竣工)."""

    name: str
    phase: Phase
    last: str
    nodes: tuple[TemplateNode, ...]

    def position(self, name: str) -> int:
        """The place of the node of this name in `nodes`."""
        return next(i for i, node in enumerate(self.nodes) if node.name == name)

    @property
    def links(self) -> list[tuple[int, int]]:
        """(predecessor, successor) places in `nodes`."""
        return [(self.position(before), i) for i, node in enumerate(self.nodes) for before in node.after]


@cache
def templates(templates_dir: Path = TEMPLATES_DIR) -> dict[str, Template]:
    """Templates by name; raises ConfigurationError naming file and node."""
    found = [_template(path) for path in sorted(templates_dir.glob("*.toml"))]
    names = {item.name: item for item in found}
    if CONSTRUCTION not in names or len(names) != len(found):
        raise ConfigurationError(
            f"模板目录里有“{'、'.join(item.name for item in found)}”,"
            f"应各模板不重名且有“{CONSTRUCTION}”,请补齐。"
        )
    return names


def _template(path: Path) -> Template:
    try:
        read = tomllib.loads(path.read_text("utf-8"))
        nodes = tuple(_node(item) for item in read["node"])
        template = Template(read["name"], read["phase"], read["last"], nodes)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"模板 {path.name} 读不出({error}),应有 name、phase、last 和若干 [[node]],请改正。"
        ) from error
    _check(path.name, template)
    return template


def _node(item: dict[str, Any]) -> TemplateNode:
    industries = tuple(item.get("industries", ()))
    return TemplateNode(
        name=item["name"],
        also=tuple(item.get("also", ())),
        department=item["department"],
        duration_workdays=item["duration"],
        preparation_workdays=item.get("preparation", 0),
        after=tuple(item.get("after", ())),
        outdoor=item.get("outdoor", False),
        optional=item.get("optional", False) or bool(industries),
        industries=industries,
    )


def _check(file: str, template: Template) -> None:
    names = [name for node in template.nodes for name in node.names]
    own = {node.name for node in template.nodes}
    doubled = sorted({name for name in names if names.count(name) > 1})
    unknown = sorted({before for node in template.nodes for before in node.after} - own)
    short = [n.name for n in template.nodes if min(n.duration_workdays, n.preparation_workdays) < 0]
    for what, nodes in (("重名", doubled), ("前置节点未列出", unknown), ("工期为负", short)):
        if nodes:
            raise ConfigurationError(f"模板 {file} 的节点“{'、'.join(nodes)}”{what},请改正。")
    if template.phase not in ("start", "construction") or template.last not in own:
        raise ConfigurationError(
            f"模板 {file} 的 phase 应为 start 或 construction,last 应为所列节点之一,请改正。"
        )
    try:
        TopologicalSorter({node.name: node.after for node in template.nodes}).prepare()
    except CycleError as error:
        raise ConfigurationError(
            f"模板 {file} 的节点互为前置:{' → '.join(error.args[1])},请改正。"
        ) from error
