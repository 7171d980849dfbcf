"""The marks and words that say how far a procedure is, and yes or no; every function is pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from data.text import plain
from data.values import as_text

TICKS: Final = {
    "done": (
        "√ ✓ ✔ ☑ ✅ V v 已办 已办结 办结 已办理 已办理完毕 办理完毕 已完成 完成 已批复 批复 "
        "已批 已获批 已取得 已领取 已备案 已核准 已审批 已通过 已出具 done"
    ),
    "running": (
        "在办 办理中 正在办理 在办理 正在办 推进中 正在推进 进行中 审批中 编制中 正在编制 "
        "已受理 受理中 running"
    ),
    "waiting": (
        "待办 未办 未办理 未启动 尚未启动 尚未办理 未开始 未开展 未办结 未批复 待批复 未受理 "
        "× ✗ ✘ ✖ ❌ X x 未完成 未取得 waiting"
    ),
    "not_applicable": (
        "不涉及 不涉 无需办理 无须办理 不需要 无需 无须 免办 不需办理 不适用 豁免 免于办理 not_applicable"
    ),
}
_TICK_OF: Final = {plain(word): state for state, words in TICKS.items() for word in words.split()}
# meant as a tick only where the column is known to hold them
_ANSWERS: Final = {"是": "done", "有": "done", "y": "done", "否": "waiting", "n": "waiting"}


def tick(cell: object) -> str | None:
    """done | running | waiting | not_applicable as the cell says, null where it says none of them."""
    return _TICK_OF.get(plain(cell).rstrip("。.;!")) if isinstance(cell, str) else None


def ticks(cells: Sequence[object]) -> list[str | None]:
    """What the cells of one procedure's column say, read together; null for a blank cell and for other words.

    是 and 有 are done, 否 is waiting. 无 is waiting in a column that answers 有 or 无, else not_applicable.
    A stroke (/, —) says no more than a blank, unless the sheet's legend gives it a meaning of its own.
    """
    words = [plain(as_text(cell) or "").lower() for cell in cells]
    without = "waiting" if "有" in words else "not_applicable"
    answers = _ANSWERS | {"无": without}
    return [tick(cell) or answers.get(word) for cell, word in zip(cells, words, strict=True)]


_STROKES: Final = r"[-/\\]++[”\"')]*+"
_LEGEND: Final = re.compile(
    rf"{_STROKES}(?:[、,和或及“\"'(]++{_STROKES})*+(?:表示|代表|为|指|即|:|=)+[“\"']*不涉及"
    rf"|(?:^|[,;:、。]){_STROKES}不涉及|不涉及的?(?:填|写|划|打|用|:|=)+[“\"']*{_STROKES}"
)
_LONGEST_LEGEND: Final = 400


def is_struck(cell: object) -> bool:
    """Whether a cell is struck out with strokes (/, —), neither blank nor words."""
    return isinstance(cell, str) and bool(word := plain(cell)) and not word.strip("-/\\")


def strokes_are_not_applicable(text: object) -> bool:
    """Whether a note of the sheet says that strokes stand for 不涉及 ("/"表示不涉及)."""
    if not isinstance(text, str) or "不涉及" not in text or len(text) > _LONGEST_LEGEND:
        return False
    return _LEGEND.search(plain(text)) is not None


_MARK: Final = "[○●◎△▲▽▼☆★□■◇◆◯⊙]"
_MARKED: Final = re.compile(
    rf"(?P<mark>{_MARK})[”\"']?(?:表示|代表|为|是|指|即|:|=)*[“\"']?(?P<word>[\u4e00-\u9fff]{{2,6}})"
)


def is_mark(cell: object) -> bool:
    """Whether a cell is one geometric mark (○, ▲), which means only what the sheet's legend says."""
    return isinstance(cell, str) and re.fullmatch(_MARK, plain(cell)) is not None


def marks_of_legend(text: str) -> dict[str, str]:
    """What a note of the sheet gives its marks as meaning: "○为在办,▲为待办"."""
    if len(text) > _LONGEST_LEGEND or not re.search(_MARK, text):
        return {}
    found = ((match["mark"], tick(match["word"])) for match in _MARKED.finditer(plain(text)))
    return {mark: state for mark, state in found if state}


_FLAGS: Final = {
    **dict.fromkeys(("是", "√", "✓", "✔", "☑", "1", "true", "有", "y", "yes", "应办", "涉及"), True),
    **dict.fromkeys(("否", "×", "✗", "✘", "0", "false", "无", "n", "no", "不涉及", "不应办"), False),
}
_FLAG_OF: Final = {plain(word): value for word, value in _FLAGS.items()}


def flag(cell: object) -> bool | None:
    """True or false as the cell says (是, √, 1 …); null where it says neither."""
    return _FLAG_OF.get(plain(as_text(cell) or "").lower())


_SETTLED: Final = re.compile(
    r"^(?:已经?|全部|均已)?(?:解决|销号|办结|完成|落实|整改|协调(?:解决|到位))(?!中)"
)
_UNSETTLED: Final = re.compile(r"^(?:尚?未|暂未|没有?|部分|基本|正在|待|拟|继续|持续)|中$|^在办$")


def settled(cell: object) -> bool | None:
    """Whether a problem or need is said to be solved (是, 已解决, 未销号, 正在协调); null for other words."""
    text = plain(as_text(cell) or "").rstrip("。.;!")
    if (said := flag(text)) is not None:
        return said
    if _UNSETTLED.search(text):
        return False
    return True if _SETTLED.match(text) else None
