"""Names of counties and parks, one spelling each, and which of the two (or 市直) they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from data.text import is_nothing, name_characters, plain
from data.values import as_text

_PARK: Final = re.compile(
    r"(?:开发区|园区|高新区|产业园|工业园|经开区|新区|示范区|保税区|集中区|管委会|科技园|新城)"
)
_COUNTY: Final = re.compile(r"[县区市旗镇乡]$")
_CITY: Final = ("市直", "市本级", "市级", "全市")
_GOVERNMENT: Final = re.compile(r"^(?P<region>.+?[县区市旗])(?:人民)?政府$")
_COMMITTEE: Final = re.compile(r"^(?P<region>.+?)管(?:理)?委(?:员)?会$")
_UNDER_CITY: Final = re.compile(r"(?:.{2,7}省|.{2,7}自治区)?.{2,6}?[市州盟](.{2,}[县区市旗])")
# a region cell that counts its projects: 连山区(3个)
_COUNTED: Final = re.compile(r"(?<=.)\(?(?:共|计)?\d+[个项](?:项目)?\)?$")
_LONGEST: Final = 60
_ADDRESS: Final = re.compile(
    r"(?P<region>(?:[\u4e00-\u9fff]{2,7}?[市州盟])?(?!市区|城区)[\u4e00-\u9fff]{1,8}?[县区旗]|[\u4e00-\u9fff]{2,4}市)"
    r"(?![县区市旗])[\u4e00-\u9fff\d、\-]{2,}(?:镇|乡|街道|苏木|村|社区|路|街|号)(?:[内旁]|境内)?"
)
_CITY_BODY: Final = re.compile(r"^市.+?(?:局|委|办|集团|中心|公司|院|政府)$")


def region_name(cell: object) -> str | None:
    """A region in simplified characters without inner spaces, the government for its region (秀峰区人民政府
    → 秀峰区); null for an empty cell."""
    text = as_text(cell)
    if text is None or is_nothing(text):
        return None
    name = "".join(name_characters(text).split())
    name = _COUNTED.sub("", name) if len(name) <= _LONGEST else name
    body = _GOVERNMENT.fullmatch(name)
    return body["region"] if body else name


def short_regions(names: Iterable[str]) -> dict[str, str]:
    """Regions written with their city before them (桂林市秀峰区) where the file also names them alone, and
    those written as addresses (连山区沙河营乡)."""
    known = set(names)
    cut = {name: match[1] for name in known if (match := _UNDER_CITY.fullmatch(name))}
    found = {name: short for name, short in cut.items() if short in known}
    for name in known - found.keys():
        if len(name) <= _LONGEST and (match := _ADDRESS.fullmatch(name)):
            region = match["region"]
            inner = _UNDER_CITY.fullmatch(region)
            found[name] = inner[1] if inner and inner[1] in known else region
    return found


def region_kind(name: str | None) -> str | None:
    """县区, 园区 or 市直 by the name; null where the name tells none of them."""
    if name is None:
        return None
    if name.startswith(_CITY):
        return "市直"
    if _PARK.search(name):
        return "园区"
    return "县区" if _COUNTY.search(name) else None


def region_of_unit(unit: str | None) -> str | None:
    """The region a responsible unit stands for (秀峰区政府 → 秀峰区, 市水利局 → 市直), null where unclear."""
    if unit is None:
        return None
    text = plain(unit)
    for pattern in (_GOVERNMENT, _COMMITTEE):
        if match := pattern.fullmatch(text):
            return match["region"]
    return "市直" if _CITY_BODY.fullmatch(text) else None
