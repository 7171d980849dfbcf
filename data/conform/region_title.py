"""Which region a whole list is of, where its rows don't say: by its title, its sheet or its file's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

import polars as pl

from data.conform.notices import Notices
from data.conform.row_kinds import is_region
from data.text import plain

# a region nobody has reported yet is believed where it begins a title or follows who sends the file
_OPENS: Final = re.compile(
    r"(?:^|报送单位:|填报单位:|编制单位:|报送部门:|单位:)"
    r"(?:[\u4e00-\u9fff]{2,7}?[省州盟市])?"
    r"(?P<region>[\u4e00-\u9fff]{1,8}?(?:自治县|自治旗|开发区|高新区|经开区|[县区旗])|市直|市本级)"
    r"(?=(?:19|20)?\d{2}年|重点|项目|在建|续建|新建|前期|产业|工业|招商|投资|政府|人民政府|管委会|发|台账|$|-|_|\()"
)
_MANY: Final = re.compile(r"^(?:[各全本两多]|所有|县区|市区|城区|园区|辖区|地区|区县|街区|片区|山区|景区)")


def region_of(texts: Sequence[str], known: Collection[str]) -> str | None:
    """The one region named by the first of these texts that names any; null where two are named, or none.

    `known` are regions met before: they count wherever they stand in a text.
    """
    for text in texts:
        bare = "".join(plain(text).split())
        found = {name for name in known if name in bare}
        found = {name for name in found if not any(name != other and name in other for other in found)}
        if found:
            return found.pop() if len(found) == 1 else None
        if match := _OPENS.search(bare):
            name = match["region"]
            return name if _MANY.match(name) is None and (is_region(name) or name.startswith("市")) else None
    return None


def with_region(
    projects: pl.DataFrame, texts: Sequence[str], known: Collection[str], sheet: str, notices: Notices
) -> pl.DataFrame:
    """Projects of a table none of which has a region, in the region its texts name."""
    if projects.is_empty() or projects["region"].null_count() < projects.height:
        return projects
    region = region_of(texts, known)
    if region is None:
        return projects
    notices.add(
        "region_from_title",
        "note",
        f"工作表“{sheet}”没有县区/园区一列,{projects.height} 个项目按标题、表名或文件名计入“{region}”。"
        "不对的请加一列“县区/园区”写明。",
        sheet=sheet,
        found=region,
    )
    return projects.with_columns(region=pl.lit(region))
