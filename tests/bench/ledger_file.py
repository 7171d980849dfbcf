"""A large 项目 ledger as Excel saves it (shared strings, day styles), written as XML in seconds."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Final
from xml.sax.saxutils import escape

import xlsxwriter

from data.workbook import letters

TITLES: Final = ("2026年重点项目台账(截至11月22日)", "单位:万元")
HEADERS: Final = [
    "序号", "项目编号", "项目名称", "县区/园区", "片区", "行业", "项目类别", "层级", "建设性质", "项目类型",
    "建设内容", "总投资", "年度计划投资", "本年完成投资", "累计完成投资", "资金到位", "计划开工", "实际开工",
    "计划竣工", "实际竣工", "计划投产", "实际投产", "停工起", "停工止", "入库日期", "包保领导", "首席服务员",
    "推进专员", "责任单位", "企业/业主", "联系人", "绿色通道", "视频地址", "照片", "年度目标", "进展情况",
    "立项", "环评", "施工许可", "备注",
]  # fmt: skip
DAY_STYLE: Final = 1
EPOCH: Final = date(1899, 12, 30)
Value = str | int | float | date | None


def write_ledger(path: Path, projects: int) -> Path:
    """A workbook of one sheet: two title rows, a header of 40 columns, and that many projects."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    rows = [[TITLES[0]], [TITLES[1]], HEADERS, *project_rows(projects)]
    sheet = "".join(row_xml(r, row, numbers) for r, row in enumerate(rows, start=1))
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    merged = '<mergeCells count="1"><mergeCell ref="A1:AN1"/></mergeCells>'
    body = f"<sheetData>{sheet}</sheetData>{merged}"
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in numbers)
    own = {
        "xl/worksheets/sheet1.xml": f"<worksheet {namespace}>{body}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {namespace}>{items}</sst>",
    }
    with zipfile.ZipFile(shell(path)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in {**parts, **own}.items():
            archive.writestr(name, content)
    return path


def shell(path: Path) -> Path:
    """A small workbook whose second style is a day."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("项目")
        sheet.write(0, 0, "x", book.add_format({"num_format": "yyyy-mm-dd"}))
    return path


def row_xml(number: int, row: list[Value], numbers: defaultdict[str, int]) -> str:
    """One row's XML."""
    cells = (
        cell_xml(f"{letters(i)}{number}", value, numbers) for i, value in enumerate(row) if value is not None
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def cell_xml(place: str, value: Value, numbers: defaultdict[str, int]) -> str:
    """One cell's XML."""
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{numbers[value]}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{DAY_STYLE}"><v>{(value - EPOCH).days}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def project_rows(projects: int) -> Iterator[list[Value]]:
    """Projects such as an office lists, the same every time."""
    chance = Random(3)

    def day(first: int, last: int) -> date:
        return date(2026, 1, 1) + timedelta(chance.randint(first, last))

    for i in range(projects):
        started, size = i % 2 == 1, chance.randint(1, 90_000)
        yield [
            i + 1, f"P{i:06}", f"某某县第{i}号产业园区基础设施建设项目", f"县区{i % 18}", f"片区{i % 5}",
            ("工业", "农业", "交通")[i % 3], "产业", ("省重点", "市重点")[i % 2], ("新建", "续建")[i % 2],
            ("备案", "审批")[i % 2], f"建设厂房{size}平方米,购置设备{size % 999}台套,配套管网第{i}期",
            round(chance.randint(100, 10**6) / 7, 2), chance.randint(100, 10**5), chance.randint(0, 10**4),
            chance.randint(0, 10**5), chance.randint(0, 10**5), day(-200, 300),
            day(-300, 200) if started else None, day(300, 900), None, day(500, 999), None, None, None,
            day(0, 200) if i % 3 else None, f"领导{i % 40}、领导{i % 37}", f"服务{i % 60}", f"专员{i % 90}",
            f"责任单位{i % 70}", f"某某建设投资有限公司{i % 9000}", f"张{i} 1380000{i % 10000:04}",
            ("是", "否")[i % 2], None, None, f"完成主体工程{i % 100}%",
            f"正在进行{i % 500}层施工,累计完成{chance.randint(1, 10**6)}立方米",
            ("√", "在办", "待办", "不涉及")[i % 4], ("√", f"2026-03-{i % 28 + 1:02}", "待办")[i % 3],
            ("√", None, "—")[i % 3], None,
        ]  # fmt: skip
