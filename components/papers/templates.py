"""The two templates an office may edit, written by `python -m components.papers.templates`.

They are ordinary Word files with {{names}} in them. The files in data/paper_templates/ are what this writes;
an office's own, of the same name in <data dir>/paper_templates/, comes first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docx.document import Document as Doc

from components.papers import gongwen
from components.papers.gongwen import Column, add, table
from components.papers.template_bulletin import bulletin
from data.settings import PACKAGE_DIR, settings

FOLDER: Final = PACKAGE_DIR / "paper_templates"
BULLETIN: Final = "通报.docx"
LETTERS: Final = "函件.docx"
_LATE: Final[tuple[Column, ...]] = (
    ("序号", "#序号", 9), ("项目", "项目", 44), ("县区/\n园区", "县区", 22), ("事项", "事项", 20),
    ("应办结\n(依据)", "应办结", 32), ("逾期\n工作日", "#逾期", 14), ("包保\n领导", "包保", 15),
)  # fmt: skip


def path_of(name: str) -> Path:
    """The office's own template of this name, else the one that came with the program."""
    own = settings().data_dir / "paper_templates" / name
    return own if own.is_file() else FOLDER / name


def letters() -> Doc:
    """The template of 提醒函, 督办函 and 约谈通知: one letter a page."""
    made = gongwen.document()
    add(made, "{%p for 函 in 函件 %}")
    add(made, "{{函.编号}}", "落款").paragraph_format.page_break_before = True
    add(made, "{{函.文种}}", "公文标题")
    add(made, "")
    add(made, "{{函.主送}}:", "主送")
    add(
        made,
        "截至{{截至}}(台账版本{{版本}}{% if 演示 %},演示数据{% endif %}),由你单位办理的下列{{函.件数}}项"
        "已过应办结日仍未办结,最长逾期{{函.最长}}个工作日。",
    )
    add(made, "{{函.要求}}")
    table(made, "函.行", _LATE)
    add(made, "口径:{{范围}},应办结日已过仍未办结的节点,逾期按工作日计,首日不计。", "表注")
    add(made, "")
    add(made, "签发人:______________", "落款").paragraph_format.keep_with_next = True
    add(made, "{{单位}}", "落款").paragraph_format.keep_with_next = True
    add(made, "______年____月____日", "落款")
    add(made, "{% if 函.抄送 %}抄送:{{函.抄送}}。{% endif %}", "表注")
    add(made, "本函由系统据台账起草,经签发后送达;编号为草稿号,以正式登记为准。", "表注")
    add(made, "{%p endfor %}")
    return made


def write(folder: Path) -> list[Path]:
    """Both templates, written into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in ((BULLETIN, bulletin()), (LETTERS, letters())):
        made.save(str(folder / name))
    return [folder / BULLETIN, folder / LETTERS]


if __name__ == "__main__":
    write(FOLDER)
