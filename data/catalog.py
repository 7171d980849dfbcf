"""The questions that can be asked: one SQL file each, its header parsed into a typed contract.

A header looks like this; a test holds it against the statement and its real result:

    -- question: 哪些项目逾期?
    -- row: one project
    -- params:
    --   $as_of DATE = today · 状态日期
    --   $region $leader VARCHAR = null · 范围,null 为全部
    --   $by VARCHAR = all {all, region} · 分组
    -- columns:
    --   project_id VARCHAR · 项目编号

`-- rows: long` stands where the answer may have hundreds of thousands of rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from data.errors import ConfigurationError
from data.settings import PROJECT_DIR

QUERIES_DIR: Final = PROJECT_DIR / "queries"
TODAY: Final = "today"
# parameters that choose a snapshot; a statement need not use them itself
CHOOSING: Final = frozenset({"as_of", "since"})

_PARAMETER: Final = re.compile(
    r"^(?P<names>(?:\$\w+\s+)+)(?P<type>\w+(?:\[\])?)"
    r"(?:\s*=\s*(?P<default>[^\s{·]+))?(?:\s*\{(?P<choices>[^}]*)\})?(?:\s*·\s*(?P<meaning>.*))?$"
)
_COLUMN: Final = re.compile(
    r'^"?(?P<name>\w+)"?\s+(?P<type>[A-Z]+(?:\([^)]*\))?(?:\[\])*)(?:\s*·\s*(?P<meaning>.*))?$'
)


@dataclass(frozen=True)
class Parameter:
    """One bound parameter; `default` is text as in the header, null means "all", `required` has none."""

    name: str
    type: str
    default: str | None
    required: bool
    choices: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Column:
    """One column of the result; `meaning` names its unit."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class QuerySpec:
    """One question: what it answers, what a row is, what it takes and gives; `long` for very many rows."""

    name: str
    question: str
    grain: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sql: str
    long: bool = False

    @property
    def bound(self) -> frozenset[str]:
        """Parameters the statement itself uses; as_of and since may only choose a snapshot."""
        return frozenset(re.findall(r"\$(\w+)", self.sql))

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of this name, null where there is none."""
        return next((p for p in self.parameters if p.name == name), None)


def split_header(sql: str) -> tuple[dict[str, list[str]], str]:
    """The header's sections (name → lines) and the statement below it."""
    sections: dict[str, list[str]] = {}
    lines = sql.splitlines()
    body = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    current: list[str] = []
    for line in lines[:body]:
        text = line[2:].rstrip()
        head = re.match(r"^ (\w+):(.*)$", text)
        if head:
            current = sections.setdefault(head[1], [])
            text = head[2]
        if text.strip():
            current.append(text.strip())
    return sections, "\n".join(lines[body:]).strip()


def parse(name: str, text: str) -> QuerySpec:
    """The contract written in a query's header; ConfigurationError names the line that breaks the form."""
    sections, sql = split_header(text)
    missing = [key for key in ("question", "row", "columns") if not sections.get(key)]
    if missing:
        raise ConfigurationError(f"查询 {name} 的说明缺少 {'、'.join(missing)};请在文件开头补上。")
    return QuerySpec(
        name=name,
        question="".join(sections["question"]),
        grain=" ".join(sections["row"]),
        parameters=tuple(p for line in sections.get("params", []) for p in _parameters(name, line)),
        columns=tuple(_column(name, line) for line in sections["columns"]),
        sql=sql,
        long="long" in sections.get("rows", []),
    )


def _parameters(query: str, line: str) -> list[Parameter]:
    found = _PARAMETER.match(line)
    if found is None:
        raise ConfigurationError(f"查询 {query} 的参数说明“{line}”读不懂;应写成 $名称 类型 = 默认值 · 含义。")
    default = found["default"]
    choices = tuple(part.strip() for part in (found["choices"] or "").split(",") if part.strip())
    return [
        Parameter(
            name=dollar[1:],
            type=found["type"],
            default=None if default in (None, "null") else default,
            required=default is None,
            choices=choices,
            meaning=found["meaning"] or "",
        )
        for dollar in found["names"].split()
    ]


def _column(query: str, line: str) -> Column:
    found = _COLUMN.match(line)
    if found is None:
        raise ConfigurationError(f"查询 {query} 的列说明“{line}”读不懂;应写成 名称 类型 · 含义。")
    return Column(found["name"], found["type"], found["meaning"] or "")


@cache
def catalog(directory: Path = QUERIES_DIR) -> Mapping[str, QuerySpec]:
    """Every question by name, read once."""
    files = sorted(directory.glob("*.sql"))
    return {file.stem: parse(file.stem, file.read_text(encoding="utf-8")) for file in files}


@cache
def views(directory: Path = QUERIES_DIR / "views") -> Mapping[str, str]:
    """The statements behind the business words, by name."""
    files = sorted(directory.glob("*.sql"))
    return {file.stem: split_header(file.read_text(encoding="utf-8"))[1] for file in files}
