"""What one header means in one ledger: the accepted names, with units, years, remarks and stars set aside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from data.contract import LEDGERS, ledger
from data.text import plain
from data.values import header_unit

MAX_HEADER: Final = 60
SERIAL_HEADERS: Final = frozenset({"序号", "序", "编序", "no", "no.", "序列", "排序", "项次", "项目序号"})
# one column that holds start and finish
SPAN_HEADERS: Final = frozenset(
    {
        *("建设起止年限", "建设年限", "建设周期", "计划工期", "起止年限", "项目工期", "建设起止时间"),
        *("起止时间", "建设工期", "建设起止年月", "起止年月", "建设时间", "建设期限", "建设期"),
    }
)
YEAR: Final = re.compile(r"^((?:19|20)\d{2})年?度?")
# ledgers other than 项目 may name a project instead of giving its number
_NAME_HEADERS: Final = ("项目名称", "项目", "项目名", "project_name")
_LEAD: Final = re.compile(r"^(?:[*★※]|\(?\d{1,2}[.、)])+")
_REMARK: Final = re.compile(r"(?<=.)\([^()]*\)$")
# 投资情况 over 年度计划 is 年度计划投资
_ABOUT: Final = re.compile(r"(?:完成|执行|落实|进展|进度)?情况$")
# 项目（法人）单位 and 县（市、区） are names, 竣工时间(年月) carries a remark
_ANNUAL: Final = re.compile(r"(?:(?:19|20)\d{2}|年度|本年|今年|当年)")
_AMOUNTS: Final = frozenset({"小计", "合计", "总计", "计划总投资", "总投资", "投资", "投资额", "金额"})
_SUMS: Final = frozenset({"累计", "累计完成"})
# columns of one year: of two such columns only the sheet's own year counts
ANNUAL_FIELDS: Final = frozenset({"annual_plan_yuan", "invested_this_year_yuan", "goal_text"})


@cache
def field_names(name: str) -> Mapping[str, str]:
    """Every accepted header of the ledger of this name, made plain, and the English name it stands for."""
    item = ledger(name)
    names: dict[str, str] = {}
    for column in item.columns:
        for header in column.headers:
            names.setdefault(plain(header), column.name)
    for stored in item.schema:
        names.setdefault(stored, stored)
    if "project_id" in item.schema and "project_name" not in item.schema:
        names |= dict.fromkeys(_NAME_HEADERS, "project_name")
    return names


@lru_cache(maxsize=16_384)
def match_field(name: str, header: str, parent: str | None = None) -> tuple[str | None, int | None]:
    """The column of the ledger `name` a header means, and the unit of money it states (both may be null)."""
    if len(header) > MAX_HEADER:
        return None, None
    names = field_names(name)
    bare, without_unit, unit = _stripped(header)
    above, parent_unit = header_unit(parent) if parent else ("", None)
    if name == "projects" and (annual := _annual_amount(above, without_unit)):
        return annual, unit or parent_unit
    if bare in names:
        return names[bare], parent_unit
    tried = (text for text in _readings(without_unit, above) if text in names)
    found = next((names[text] for text in tried), None)
    if found == "total_investment_yuan" and YEAR.match(bare):
        return None, unit or parent_unit
    return found, unit or parent_unit


@lru_cache(maxsize=16_384)
def _stripped(header: str) -> tuple[str, str, int | None]:
    """A header without number, star and colon; the same without its unit; the unit. Asked by nine ledgers."""
    bare = _LEAD.sub("", plain(header).rstrip("*:;"))
    return (bare, *header_unit(bare))


@cache
def _project_headers() -> frozenset[str]:
    return frozenset(field_names("projects")) | SPAN_HEADERS


@cache
def accepted_headers() -> frozenset[str]:
    """Every accepted header of every ledger, made plain."""
    return frozenset(name for item in LEDGERS for name in field_names(item.name))


def is_header_word(text: str) -> bool:
    """Whether a text is an accepted header of a project sheet, units and years set aside."""
    return len(text) <= MAX_HEADER and bare_header(text) in _project_headers()


def bare_header(header: str) -> str:
    """A header made plain, without unit, year, remark and star, for comparing with accepted ones."""
    return _REMARK.sub("", YEAR.sub("", _stripped(header)[1]))


def year_of(header: str) -> int | None:
    """The year a header begins with (2025年计划投资), null where it names none."""
    match = YEAR.match(plain(header))
    return int(match[1]) if match else None


def _annual_amount(parent: str, child: str) -> str | None:
    """小计 or 计划总投资 under "2024年计划投资" is that year's amount, not the project's."""
    if child not in _AMOUNTS | _SUMS or not _ANNUAL.search(parent) or "投资" not in parent + child:
        return None
    if "完成" in parent and "计划" not in parent:
        return "invested_this_year_yuan"
    if child in _SUMS:
        return None
    return "annual_plan_yuan" if "计划" in parent or "目标" in parent else None


def _readings(text: str, parent: str) -> list[str]:
    """The ways to read a header without its unit: as it is, without its year, remark, or under its parent."""
    without_year = YEAR.sub("", text)
    readings = [text, without_year]
    if without_year != text:
        readings.append(f"年度{without_year}")
    for free in dict.fromkeys((YEAR.sub("", parent), _ABOUT.sub("", YEAR.sub("", parent)))) if parent else ():
        readings += [f"{free}{text}", f"年度{free}{text}", f"{text}{free}", f"年度{text}{free}"]
        readings += [f"年度{without_year}{free}"] if without_year != text else []
    remarkless = _REMARK.sub("", without_year)
    return [*readings, f"年度{text}", remarkless] if remarkless else readings
