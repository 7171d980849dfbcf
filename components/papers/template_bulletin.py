"""The words of 通报 with the names of what is put into them; README lists the names.

One template for all rhythms: a part without rows is left out.
"""

from __future__ import annotations

from typing import Final

from docx.document import Document as Doc
from docx.enum.section import WD_SECTION

from components.papers import gongwen
from components.papers.gongwen import Column, add, table

_LATE: Final[tuple[Column, ...]] = (
    ("序号", "#序号", 9), ("项目", "项目", 30), ("县区/\n园区", "县区", 19), ("事项", "事项", 17),
    ("责任部门", "部门", 22), ("应办结\n(依据)", "应办结", 32), ("逾期\n工作日", "#逾期", 13),
    ("包保\n领导", "包保", 14),
)  # fmt: skip
_DUE: Final[tuple[Column, ...]] = (
    ("序号", "#序号", 9), ("项目", "项目", 36), ("县区/\n园区", "县区", 20), ("事项", "事项", 18),
    ("责任部门", "部门", 23), ("应办结\n(依据)", "应办结", 32), ("还有", "剩余", 18),
)  # fmt: skip
_MUST_START: Final[tuple[Column, ...]] = (
    ("序号", "#序号", 9), ("项目", "项目", 40), ("县区/\n园区", "县区", 22), ("事项", "事项", 20),
    ("责任部门", "部门", 25), ("最迟启动", "最迟启动", 24), ("时差\n工作日", "#时差", 16),
)  # fmt: skip
_PROBLEMS: Final[tuple[Column, ...]] = (
    ("序号", "#序号", 9), ("项目", "项目", 33), ("问题", "问题", 43), ("责任单位", "单位", 22),
    ("承诺解决", "承诺", 19), ("逾期\n工作日", "#逾期", 13), ("提级", "提级", 17),
)  # fmt: skip
_PROMISES: Final[tuple[Column, ...]] = (
    ("序号", "#序号", 9), ("责任人", "谁", 26), ("事项", "什么", 61), ("期限", "哪天", 38),
    ("还有", "还有", 22),
)  # fmt: skip
_RANKING: Final[tuple[Column, ...]] = (
    ("名次", "#名次", 10), ("比上次", "升降", 18), ("名称", "名称", 25),
    ("开复工\n/项目", "#开复工比项目", 20),
    ("开复工率", "#率", 17), ("投资\n亿元", "#投资亿", 29), ("投资\n完成率", "#投资率", 15),
    ("手续\n办结率", "#手续率", 14), ("红灯", "#红灯", 8),
)  # fmt: skip
_PROGRESS: Final[tuple[Column, ...]] = (
    ("序号", "#序号", 9), ("项目", "项目", 40), ("县区/\n园区", "县区", 20), ("性质", "性质", 10),
    ("开\n复工", "开复工", 10), ("年度计划\n万元", "#计划", 21), ("本年完成\n万元", "#完成", 21),
    ("完成率", "#率", 14), ("手续\n已办/应办", "#手续", 15), ("当前节点", "当前", 17),
    ("责任部门", "部门", 23), ("亮灯", "灯", 10), ("包保\n领导", "包保", 15),
)  # fmt: skip
_NOT_STARTED: Final[tuple[Column, ...]] = (
    ("序号", "#序号", 9), ("项目", "项目", 46), ("县区/\n园区", "县区", 21), ("性质", "性质", 10),
    ("计划开工", "计划开工", 25), ("预计开工", "预计", 25), ("预计晚\n工作日", "#晚", 13),
    ("手续\n已办/应办", "#手续", 15), ("当前节点", "当前", 18), ("责任部门", "部门", 19), ("亮灯", "灯", 9),
    ("包保\n领导", "包保", 15),
)  # fmt: skip
_STAMP: Final = "{{注}}"


def bulletin() -> Doc:
    """The template."""
    made = gongwen.document()
    add(made, "关于{{会议日}}重点项目{{节奏}}情况的通报", "公文标题")
    add(made, "", "主送")
    _opening(made)
    _progress(made)
    _changes(made)
    _investment(made)
    _regions(made)
    _problems(made)
    _next(made)
    _closing(made)
    _annexes(made)
    return made


def _when(made: Doc, condition: str) -> None:
    add(made, "{%p if " + condition + " %}")


def _otherwise(made: Doc) -> None:
    add(made, "{%p else %}")


def _end(made: Doc) -> None:
    add(made, "{%p endif %}")


def _opening(made: Doc) -> None:
    add(
        made,
        "截至{{截至}}(台账版本{{版本}}{% if 演示 %},演示数据{% endif %}),{{范围}}重点项目共{{项目数}}个,"
        "其中红灯{{灯.逾期}}个、黄灯{{灯.临期}}个。开复工率以{{开复工.口径}}为分母,"
        "手续办结率以{{手续.口径}}为分母(不涉及的不计),投资完成率以{{投资.口径}}为分母。"
        "{% if 滞后天数 %}台账为{{快照日}}报送,亮灯按{{截至}}计算。{% endif %}"
        "{% if 未采用 %}本版台账有{{未采用}}行因有错误未采用。{% endif %}"
        "{% if 未更新 %}有{{未更新}}个项目本期未报送,沿用上期内容。{% endif %}",
    )


def _part(key: str, label: str) -> str:
    """ "新建项目开工率27.0%(64/237个)", nothing where it has no base."""
    words = label + "{{K.比率}}({{K.分子}}/{{K.分母}}{{K.单位}})"
    return ("{% if K.比率 != '—' %}" + words + "{% endif %}").replace("K.", f"{key}.")


def _targets(key: str) -> str:
    """Target, what is missing to it, and the pace, each where there is one."""
    target = "{% if K.目标 %},目标{{K.目标}}{% if K.还差 %},还差{{K.还差}}{% endif %}{% endif %}"
    pace = "{% if K.比序时 %},序时{{K.序时}},{{K.比序时}}{% endif %}"
    return (target + pace).replace("K.", f"{key}.")


def _progress(made: Doc) -> None:
    add(made, "{{序()}}、总体进展", "一级标题")
    starts = "开复工率{{开复工.比率}}(已开复工{{开复工.分子}}个,{{开复工.口径}}{{开复工.分母}}个)"
    kinds = "。其中" + _part("新建", "新建项目开工率") + _part("续建", ",续建项目复工率") + "。"
    add(made, starts + _targets("开复工") + kinds)
    done = "手续办结率{{手续.比率}}(已办{{手续.分子}}项,{{手续.口径}}{{手续.分母}}项)"
    add(made, done + _targets("手续") + _part("按期办结", ";按期办结率") + "。")


def _changes(made: Doc) -> None:
    add(made, "{{序()}}、本期新变化", "一级标题")
    _when(made, "比较日")
    add(
        made,
        "与{{比较日}}(上次会议{{上次}})的台账相比,已开复工项目由{{变化.原开复工}}个到{{变化.开复工}}个,"
        "开复工率由{{变化.原率}}到{{变化.率}};红灯项目由{{变化.原红灯}}个到{{变化.红灯}}个,"
        "黄灯项目由{{变化.原黄灯}}个到{{变化.黄灯}}个;其间办结节点{{变化.办结}}项,"
        "新增逾期{{变化.新逾期}}项,推迟{{变化.推迟}}项。",
    )
    started = "{% if 新开数 %}新开工、复工项目{{新开数}}个:{{新开}}。"
    add(made, started + "{% else %}其间没有新开工、复工的项目。{% endif %}")
    reddened = "{% if 转红数 %}转为红灯的项目{{转红数}}个:{{转红}}。"
    add(made, reddened + "{% else %}其间没有转为红灯的项目。{% endif %}")
    _otherwise(made)
    add(made, "{{上次}}及以前没有台账,本期不作比较。")
    _end(made)


def _investment(made: Doc) -> None:
    add(made, "{{序()}}、投资完成情况", "一级标题")
    counted = (
        "本年完成投资{{投资.分子}}亿元,年度计划{{投资.分母}}亿元,完成率{{投资.比率}}(口径:{{投资.口径}})"
    )
    add(made, counted + _targets("投资") + "。")


def _regions(made: Doc) -> None:
    _when(made, "地区")
    add(made, "{{序()}}、各县区、园区情况", "一级标题")
    add(made, "{%p for 区 in 地区 %}")
    add(
        made,
        "{{区.名称}}:项目{{区.项目}}个,已开复工{{区.开复工}}个,开复工率{{区.率}},居{{区.类别}}第{{区.名次}}位"
        "{% if 区.变化 and 区.变化.升降 %}(比上次{{区.变化.升降}}){% endif %};"
        "本年完成投资{{区.完成}},年度计划{{区.计划}},完成{{区.投资率}};"
        "手续办结{{区.办结}}/{{区.应办}}项,办结率{{区.手续率}};红灯项目{{区.红灯}}个,黄灯项目{{区.黄灯}}个"
        "{% if 区.变化 %};其间办结节点{{区.变化.办结}}项,新增逾期{{区.变化.新逾期}}项{% endif %}。",
    )
    add(made, "{%p endfor %}")
    add(made, "{{序()}}、排名", "一级标题")
    add(made, "按开复工率({{开复工.口径}})排名,县区、园区分开。")
    add(made, "{%p for 榜 in 排名 %}")
    add(made, "{{榜.类别}}", "表题")
    table(made, "榜.行", _RANKING)
    add(made, _STAMP, "表注")
    add(made, "{%p endfor %}")
    _end(made)


def _listed(made: Doc, key: str, columns: tuple[Column, ...], sentence: str, none: str = "") -> None:
    """A sentence with a table below it; `none` is said where there are no rows."""
    _when(made, key)
    more = "{% if K[0].共 > K|length %}列出前{{K|length}}项,其余见台账。{% endif %}"
    add(made, sentence.replace("共n", "{{K[0].共}}").replace("K", key) + more.replace("K", key))
    table(made, key, columns)
    add(made, _STAMP, "表注")
    if none:
        _otherwise(made)
        add(made, none)
    _end(made)


def _problems(made: Doc) -> None:
    add(made, "{{序()}}、存在问题", "一级标题")
    add(
        made,
        "截至{{截至}},逾期节点{{今日.overdue}}项"
        "{% if 比较日 %},与{{比较日}}的台账相比新增逾期{{变化.新逾期}}项{% endif %};"
        "未销号问题{{今日.problems_open}}个。",
    )
    _listed(made, "新逾期", _LATE, "新增逾期的节点共n项。")
    named = "逾期{{点名起}}个工作日及以上的节点"
    _listed(made, "点名", _LATE, f"{named}共n项,拟予点名(由领导审定)。", f"没有{named}。")
    _listed(made, "提请", _LATE, "提请主要领导调度的逾期节点共n项。")
    _when(made, "不走道")
    add(
        made,
        "台账{{不走道天数}}天以上没有变化的项目{{不走道[0].共}}个:"
        "{% for row in 不走道[:10] %}{{row.项目}}({{row.县区}},{{row.天数}}天)"
        "{% if not loop.last %}、{% endif %}{% endfor %}{% if 不走道[0].共 > 10 %}等{% endif %}。",
    )
    _end(made)
    _listed(made, "问题", _PROBLEMS, "等待决策的问题共n个(过了承诺日仍未销号,或已提级)。")
    _confirmed(made)


def _confirmed(made: Doc) -> None:
    """Praise and criticism by name: only what a person confirmed for this meeting."""
    _when(made, "表扬 or 批评")
    add(made, "{{序()}}、表扬和批评", "一级标题")
    for key, words in (("表扬", "经审定,予以通报表扬:"), ("批评", "经审定,予以通报批评:")):
        _when(made, key)
        each = "{% for row in K %}{{row.名称}}({{row.依据}}){% if not loop.last %};{% endif %}{% endfor %}。"
        add(made, words + each.replace("K", key))
        _end(made)
    _end(made)


def _next(made: Doc) -> None:
    add(made, "{{序()}}、下一步工作", "一级标题")
    add(
        made,
        "3个工作日内到期、尚未办结的节点{{今日.due_within_3}}项;按倒排工期今天必须启动的节点"
        "{{今日.must_start_today}}项。请各责任部门按期办结,请各县区、园区逐项盯办。",
    )
    _listed(made, "到期", _DUE, "3个工作日内到期的节点共n项。")
    _listed(made, "须启动", _MUST_START, "今天必须启动的节点共n项。")
    _listed(made, "督办", _PROMISES, "会议议定、尚未办结的事项共n件,请责任人按期办结。")


def _closing(made: Doc) -> None:
    _when(made, "附件一")
    add(made, "")
    add(made, "附件:1.重点项目进展情况表")
    add(made, "      2.未开工项目情况表")
    _end(made)
    add(made, "")
    add(made, "{{单位}}", "落款").paragraph_format.keep_with_next = True
    add(made, "{{截至}}", "落款")


def _annexes(made: Doc) -> None:
    # outside the condition: without annexes the empty section is dropped (components/papers/filled.py)
    gongwen.page(made.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    _when(made, "附件一")
    _annex(made, "附件一", "附件1", "重点项目进展情况表")
    table(made, "附件一.行", _PROGRESS, "附表")
    add(made, "").paragraph_format.page_break_before = True
    _annex(made, "附件二", "附件2", "未开工项目情况表")
    table(made, "附件二.行", _NOT_STARTED, "附表")
    _end(made)


def _annex(made: Doc, key: str, word: str, title: str) -> None:
    add(made, word, "表题")
    add(made, title, "公文标题")
    total = " · 共{{K.共}}个{% if not K.全 %},列出前{{K.列出}}个,其余见台账{% endif %}"
    add(made, _STAMP + total.replace("K.", f"{key}."), "表注")
