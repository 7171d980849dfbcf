"""The 填表说明 sheet: how to fill the workbook in, and every column with meaning, unit and example."""

from __future__ import annotations

from typing import Any, Final

from data.contract import LEDGERS
from data.writing.examples import comment

SHEET: Final = "填表说明"
_HOW: Final = (
    "一、各工作表已填好最近一次发布的数据,只改有变化的单元格,保存后报送即可;整张表没有变化的工作表可以删掉,系统沿用上一次的数据。",
    "二、表头底色较深的列必填;鼠标停在表头上可看含义、单位和示例;带下拉箭头的单元格可直接选,也可另写。",
    "三、金额单位是万元,也可在单元格里写明“1.2亿元”;日期写 2026-03-15,也可写“3月中旬”“二季度”“年底前”。",
    "四、几位领导之间用顿号隔开,第一位负总责;没有的内容空着,不必写“无”。",
    "五、项目不要整行删除:不再实施的,在“项目状态”里写“终止”或“移出”。",
)
_CHANGES: Final = (
    "一、每张表只填有变化的行:写项目编号(或项目名称)和变了的单元格,其余空着;空着的单元格保留原来的数据。",
    "二、要把原来的内容清掉,写“清空”两个字。没有变化的工作表可以删掉,没有列出的项目保持不变。",
    "三、工作表名中的“(只报变化)”不要改动:系统凭它知道这张表不是全部项目。",
    "四、金额单位是万元,也可在单元格里写明“1.2亿元”;日期写 2026-03-15,也可写“3月中旬”“二季度”“年底前”。",
)
_HEADERS: Final = ("工作表", "列", "含义、单位和示例")


def write_guide(book: Any, *, changes: bool = False) -> None:
    """Write the sheet as the first one."""
    font = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
    title = book.add_format({**font, "bold": True, "font_size": 16})
    text = book.add_format({**font, "text_wrap": True})
    line = {**font, "border": 1, "border_color": "#C9D2DC", "text_wrap": True}
    cell, head = book.add_format(line), book.add_format({**line, "bold": True, "bg_color": "#E3EBF3"})
    sheet = book.add_worksheet(SHEET)
    for column, width in enumerate((14, 20, 90)):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, "只报变化的填法" if changes else "台账填表说明", title)
    row = 1
    for sentence in _CHANGES if changes else _HOW:
        sheet.set_row(row, 34 if len(sentence) > 62 else 20)
        sheet.merge_range(row, 0, row, 2, sentence, text)
        row += 1
    row += 1
    for column, header in enumerate(_HEADERS):
        sheet.write_string(row, column, header, head)
    for item in LEDGERS:
        for listed in (c for c in item.columns if c.filled_in):
            row += 1
            words = (item.sheet, listed.written_header, comment(item, listed).replace("\n", ";"))
            for column, said in enumerate(words):
                sheet.write_string(row, column, said, cell)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
