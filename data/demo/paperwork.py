"""Problems, needs and tasks of the demo city; `_raised` is the day a row first appears."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from data.demo.axis import Axis
from data.demo.city import LEADERS
from data.demo.words import DEPARTMENTS

PROBLEMS: Final = (
    ("用地", "部分地块征收补偿未达成一致,土地无法交付", "由属地政府专班逐户签订补偿协议", "市自然资源局"),
    ("用地", "用地规划条件未出具,方案无法报审", "集中会审规划条件,限期出具", "市自然资源局"),
    ("资金", "项目贷款尚未批复,工程款支付滞后", "组织银企对接,落实授信额度", "市金融局"),
    ("用能", "厂区外电线路容量不足", "供电公司编制增容方案并先行实施", "供电公司"),
    ("手续", "环评报告需补充现状监测数据", "建设单位补充监测,主管部门提前介入", "市生态环境局"),
    ("手续", "施工图审查意见未修改完毕", "设计单位驻场修改,审图机构随改随审", "市住建局"),
    ("配套", "厂区进场道路尚未贯通", "市政部门先行修建临时道路", "市住建局"),
    ("用工", "设备安装技术工人不足", "组织专场招聘和技能培训", "市人社局"),
)
NEEDS: Final = (
    ("用地", "新增建设用地指标", "亩", "市自然资源局"),
    ("用能", "新增用电负荷", "千伏安", "供电公司"),
    ("用能", "蒸汽供应", "吨/小时", "市住建局"),
    ("用工", "技术工人", "人", "市人社局"),
    ("融资", "流动资金贷款", "万元", "市金融局"),
    ("道路", "进场道路硬化", "公里", "市交通局"),
    ("环保指标", "总量指标调剂", "吨", "市生态环境局"),
    ("政策", "设备补贴申报辅导", "项", "市工信局"),
)
# of the problems still open, so many of the oldest wait for a leader's decision
HANDED_UP: Final = 3
TASKS: Final = (
    "组织项目集中开工活动", "召开手续办理联席会议", "开展用地问题专项清理", "编制冬季施工方案",
    "组织银企对接会", "完善园区供水供电配套", "推进重点项目入库纳统", "开展企业走访服务月活动",
    "清理长期未开工项目", "落实容缺后补事项",
)  # fmt: skip


def problems(cast: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """About one problem for every five projects; two in three are closed, a few are overdue or handed up."""
    count = max(1, round(cast.height * 0.2))
    frame = _of_projects(cast, count, PROBLEMS, ("category", "problem", "measure", "responsible_unit"), rng)
    raised = -np.floor(rng.random(count) ** 1.4 * 60)
    open_ones = rng.random(count) < 0.35
    closed = np.minimum(raised + rng.integers(2, 22, count), 0)
    promised = np.where(
        open_ones, np.maximum(raised + 8, rng.integers(-3, 15, count)), closed + rng.integers(-2, 6, count)
    )
    oldest = np.argsort(np.where(open_ones, raised, 1), kind="stable")[:HANDED_UP]
    handed_up = np.isin(np.arange(count), oldest) & open_ones
    return frame.with_columns(
        pl.when(pl.Series(handed_up)).then(pl.lit("分管副市长")).alias("escalated_to"),
        ("WT" + pl.int_range(1, count + 1, eager=True).cast(pl.String).str.zfill(4)).alias("problem_id"),
        axis.day("raised_date", pl.Series(raised)),
        axis.day("promised_date", pl.Series(promised)),
        axis.day("closed_date", pl.Series(np.where(open_ones, np.nan, closed), nan_to_null=True)),
        pl.lit("项目中心").alias("confirmed_by"),
        pl.lit("项目中心").alias("raised_by"),
        (pl.lit("责任人") + pl.Series(rng.integers(1, 40, count)).cast(pl.String).str.zfill(2)).alias(
            "responsible_person"
        ),
    )


def needs(cast: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """About one need for every six projects; half are met."""
    count = max(1, round(cast.height / 6))
    frame = _of_projects(cast, count, NEEDS, ("factor", "need", "quantity_unit", "provider"), rng)
    raised = -np.floor(rng.random(count) * 60)
    solved = np.where(rng.random(count) < 0.55, np.minimum(raised + rng.integers(3, 30, count), 0), np.nan)
    return frame.with_columns(
        pl.Series("quantity", rng.integers(1, 60, count) * 5.0),
        axis.day("_raised", pl.Series(raised)),
        axis.day("needed_date", pl.Series(raised + rng.integers(10, 50, count))),
        axis.day("solved_date", pl.Series(solved, nan_to_null=True)),
    ).unique(["project_id", "factor", "need"], keep="first", maintain_order=True)


def tasks(axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """The task list of the last meetings: three rounds of ten."""
    count = 3 * len(TASKS)
    raised = np.repeat([-30, -18, -6], len(TASKS))
    due = raised + rng.integers(8, 26, count)
    done = np.where(
        rng.random(count) < np.repeat([0.9, 0.7, 0.3], len(TASKS)), np.minimum(due - 1, 0), np.nan
    )
    return pl.DataFrame(
        {
            "task_id": [f"RW{k + 1:03d}" for k in range(count)],
            "task": [TASKS[k % len(TASKS)] for k in range(count)],
            "lead_leader": [f"领导{k:02d}" for k in rng.integers(1, LEADERS + 1, count)],
            "department": rng.choice(DEPARTMENTS, count).tolist(),
            "measure": ["明确责任单位和时限,每周报告进展"] * count,
            "origin": rng.choice(["周调度会", "督办", "月调度会"], count).tolist(),
        }
    ).with_columns(
        axis.day("_raised", pl.Series(raised)),
        axis.day("due_date", pl.Series(due)),
        axis.day("done_date", pl.Series(done, nan_to_null=True)),
    )


def _of_projects(
    cast: pl.DataFrame,
    count: int,
    kinds: tuple[tuple[str, ...], ...],
    columns: tuple[str, ...],
    rng: np.random.Generator,
) -> pl.DataFrame:
    """`count` rows of projects not all different, each with one of the `kinds`."""
    rows = cast.select("project_id", "project_name")[rng.integers(0, cast.height, count)]
    chosen = pl.DataFrame(list(kinds), schema=list(columns), orient="row")[rng.integers(0, len(kinds), count)]
    return pl.concat([rows, chosen], how="horizontal")
