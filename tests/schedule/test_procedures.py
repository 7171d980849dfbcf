from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ConfigurationError
from data.procedures import CONSTRUCTION, Template, templates


def before(template: Template, name: str) -> set[str]:
    return set(next(node.after for node in template.nodes if node.name == name))


def test_the_four_templates() -> None:
    assert set(templates()) == {"备案", "核准", "审批", CONSTRUCTION}
    assert {t.name: t.last for t in templates().values()} == {
        "备案": "开工",
        "核准": "开工",
        "审批": "开工",
        CONSTRUCTION: "竣工",
    }


@pytest.mark.parametrize(
    ("template", "node", "after"),
    [
        ("备案", "开工", {"施工许可", "环评", "能评", "水保", "安评"}),
        ("备案", "施工许可", {"不动产权", "工程规划", "图审", "定施工单位"}),
        ("备案", "定施工单位", {"图审", "消防"}),
        ("审批", "可研", {"用地预审", "稳评", "能评"}),
        ("审批", "招标", {"图审", "消防"}),
        ("核准", "核准", {"用地预审", "稳评"}),
        ("核准", "供地", {"环评", "能评", "水保", "安评"}),
        (CONSTRUCTION, "调试", {"供电", "供水"}),
        (CONSTRUCTION, "达产", {"投产"}),
    ],
)
def test_chains_are_the_published_ones(template: str, node: str, after: set[str]) -> None:
    assert before(templates()[template], node) == after


@pytest.mark.parametrize("name", ["备案", "核准", "审批"])
def test_everything_leads_to_the_start(name: str) -> None:
    template = templates()[name]
    leads = {len(template.nodes) - 1}
    for tail, head in sorted(template.links, reverse=True):
        if head in leads:
            leads.add(tail)
    assert leads == set(range(len(template.nodes)))
    assert template.nodes[-1].name == template.last


def write(folder: Path, nodes: str, head: str = 'name = "备案"\nphase = "start"\nlast = "开工"') -> Path:
    (folder / "备案.toml").write_text(f"{head}\n{nodes}", "utf-8")
    return folder


def entry(name: str, after: str = "", duration: int = 1, also: str = "") -> str:
    named = f'[[node]]\nname = "{name}"\nalso = [{also}]\ndepartment = "发改"\n'
    return f"{named}duration = {duration}\nafter = [{after}]\n"


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        (entry("甲", '"丁"') + entry("开工"), "“丁”前置节点未列出"),
        (entry("甲", '"开工"') + entry("开工", '"甲"'), "互为前置"),
        (entry("甲", duration=-3) + entry("开工"), "“甲”工期为负"),
        (entry("甲", also='"开工"') + entry("开工"), "“开工”重名"),
        (entry("甲"), "last 应为所列节点之一"),
        ("[[node]]\nname = 3\n", "读不出"),
        (entry("开工"), "“施工”"),
    ],
)
def test_a_contradictory_template_is_refused(tmp_path: Path, nodes: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        templates(write(tmp_path, nodes))
