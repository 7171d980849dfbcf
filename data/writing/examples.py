"""What a header's comment says: what the column means, its unit, and how a cell is filled in."""

from __future__ import annotations

from typing import Final

from data import contract
from data.contract import Column, Ledger
from data.writing.choices import choices

_BY_TYPE: Final = {
    contract.MONEY: "3500 或 1.2亿元",
    contract.DATE: "2026-03-15、3月中旬 或 二季度",
    contract.COUNT: "20",
    contract.NUMBER: "0.95",
    contract.NAMES: "张三(副市长)、李四",
}
_BY_NAME: Final = {
    "project_id": "XM001",
    "project_code": "2601-211400-04-01-100001",
    "project_name": "××新材料产业园",
    "region": "××县 或 ××经开区",
    "district": "中心片区",
    "industry": "制造业",
    "category": "产业",
    "level": "市重点",
    "campaign": "百日攻坚",
    "content": "新建厂房3万平方米、生产线2条",
    "chief_officer": "王五",
    "promoter": "赵六",
    "responsible_unit": "市发展改革委",
    "department": "市自然资源局",
    "owner": "××新材料有限公司",
    "contact": "孙七 138××××0000",
    "video_url": "http://10.0.0.8:8888/site1/index.m3u8",
    "photo": "XM001.jpg",
    "goal_text": "主体封顶",
    "progress_text": "基础施工完成80%",
    "predecessors": "用地规划、环评",
    "deferred": "容缺",
    "document_number": "×发改备〔2026〕12号",
    "problem": "10千伏线路未迁改",
    "measure": "供电公司4月底前完成迁改",
    "need": "新增用电负荷",
    "quantity_unit": "千伏安",
    "leader": "张三",
    "visitor": "张三",
    "next_step": "月底前签订投资协议",
    "indicator": "投资完成率",
    "scope": "全市",
    "period": "2026、2026上半年 或 2026-11",
    "escalated_to": "市政府常务会",
}


def comment(item: Ledger, column: Column) -> str:
    """The text of a header's comment: meaning, unit, example, a line each; what there isn't is left out."""
    lines = [column.meaning.replace(" | ", "、") + ("(必填)" if column.required else "")]
    if column.name == "status" and item.name == "nodes":
        lines = ["、".join(contract.NODE_STATUS_WORDS.values())]
    if column.unit:
        lines.append(f"单位:{'万元' if column.unit == '元' else column.unit}")
    shown = example(item, column)
    return "\n".join([*lines, *([f"示例:{shown}"] if shown else [])])


def example(item: Ledger, column: Column) -> str | None:
    """How a cell of this column is filled in; null where the meaning says all of it."""
    if column.name in _BY_NAME:
        return _BY_NAME[column.name]
    if column.dtype in _BY_TYPE:
        return _BY_TYPE[column.dtype]
    words = choices(item, column, {})
    return words[0] if words else None
