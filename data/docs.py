"""README's tables of ledgers, queries and settings, made from the code that they describe.

python -m data.docs      rewrites them between their markers; a test holds README to this
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from data import contract
from data.query import queries
from data.settings import PROJECT_DIR, Settings

README = PROJECT_DIR / "README.md"
TYPE_WORDS: Final[dict[object, str]] = {
    contract.MONEY: "整数",
    contract.COUNT: "整数",
    contract.NUMBER: "数",
    contract.DATE: "日期",
    contract.TEXT: "文字",
    contract.NAMES: "名单",
    contract.FLAG: "是/否",
}


def main() -> None:
    """Rewrite README's generated tables in place."""
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")


def rewritten(text: str) -> str:
    """The README text with every generated table brought up to date."""
    for name, table in TABLES.items():
        before, after = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        start, end = text.index(before) + len(before), text.index(after)
        text = f"{text[:start]}{table()}\n{text[end:]}"
    return text


def ledgers() -> str:
    """Markdown: one table a ledger, a row a column."""
    return "\n\n".join(_ledger(item) for item in contract.LEDGERS)


def _ledger(item: contract.Ledger) -> str:
    need = "必有" if item.required else "可缺,缺则沿用上一版"
    rows = [
        (
            c.header, c.name, TYPE_WORDS[c.dtype], c.unit or " ",
            "是" if c.required else " ", c.meaning, "、".join(c.synonyms) or " ",
        )
        for c in item.columns
    ]  # fmt: skip
    head = ("表头", "字段", "类型", "单位", "必填", "含义", "也认")
    return f"#### {item.sheet} `{item.name}`\n\n一行:{item.grain}。{need}。\n\n{markdown(head, rows)}"


def questions() -> str:
    """Markdown: a row a query."""
    catalogue = queries()
    specs = [catalogue.describe(name) for name in catalogue.names()]
    rows = [
        (f"`{s.name}`", s.question, s.grain, " ".join(f"`{p.name}`" for p in s.parameters),
         " ".join(f"`{c.name}`" for c in s.columns))
        for s in specs
    ]  # fmt: skip
    return markdown(("查询", "回答什么", "一行是", "参数", "列"), rows)


def settings_table() -> str:
    """Markdown: a row a GUATU_… variable."""
    rows = [
        (f"`GUATU_{name.upper()}`", field.description or "", _default(name, field.default))
        for name, field in Settings.model_fields.items()
    ]
    return markdown(("变量", "含义", "默认"), rows)


def _default(name: str, value: object) -> str:
    if name == "data_dir":
        return "程序目录下的 data/"
    return "空" if value is None else f"`{value}`"


def markdown(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; bars inside a cell are escaped."""
    body = (tuple(cell.replace("|", "\\|") for cell in row) for row in rows)
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


TABLES: Final[dict[str, Callable[[], str]]] = {
    "ledgers": ledgers,
    "queries": questions,
    "settings": settings_table,
}


if __name__ == "__main__":
    main()
