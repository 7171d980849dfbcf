"""Words the demo city is made of: regions, departments and project names that name no real firm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from data.demo.axis import Numbers


@dataclass(frozen=True)
class Region:
    """A county or park with its share of campaign and of other projects, and how well it gets on (0–1)."""

    name: str
    kind: str
    district: str
    campaign_projects: int
    other_projects: int
    strength: float


REGIONS: Final = (
    Region("连山区", "县区", "中心片区", 31, 24, 0.9),
    Region("龙港区", "县区", "中心片区", 22, 26, 0.7),
    Region("南票区", "县区", "西部片区", 14, 18, 0.4),
    Region("兴城市", "县区", "沿海片区", 20, 30, 0.6),
    Region("绥中县", "县区", "沿海片区", 18, 28, 0.5),
    Region("建昌县", "县区", "西部片区", 12, 20, 0.1),
    Region("经济开发区", "园区", "园区片区", 14, 26, 1.0),
    Region("高新区", "园区", "园区片区", 10, 18, 0.8),
    Region("泳装产业园", "园区", "沿海片区", 5, 8, 0.5),
    Region("东戴河新区", "园区", "沿海片区", 4, 6, 0.3),
)

LARGEST_CAMPAIGN_REGION: Final = "连山区"
CAMPAIGN: Final = "百日攻坚"


@dataclass(frozen=True)
class Sector:
    """One sort of project: 项目类别, 行业, and the stems and forms its names are put together from."""

    name: str
    category: str
    industry: str
    content: str
    stems: tuple[str, ...]
    forms: tuple[str, ...]


SECTORS: Final = (
    Sector(
        "制造",
        "产业",
        "制造业",
        "新建厂房及生产线",
        (
            "石墨负极材料",
            "离子膜烧碱",
            "不锈钢管材",
            "精细化工中间体",
            "玄武岩纤维制品",
            "复合肥",
            "中药饮片",
            "智能装备",
            "风电塔筒",
            "石油管材",
            "海工装备",
            "船舶配套",
            "泳装面料",
            "泳装成衣",
            "镁合金轮毂",
            "钛合金板材",
            "锂电隔膜",
            "光伏组件",
            "特种电缆",
            "换热器",
            "阀门铸件",
            "矿山机械",
            "农机装备",
            "汽车零部件",
            "精密轴承",
            "工业机器人",
            "碳纤维预制件",
            "水性涂料",
            "医用敷料",
            "生物制剂",
            "饲料添加剂",
            "海产品深加工",
            "花生油脂",
            "预制菜",
            "乳制品",
            "再生铝",
            "建筑陶瓷",
            "装配式构件",
            "环保包装",
            "改性塑料",
            "电子级硅料",
            "数控机床",
            "传感器",
            "高效电机",
            "储能电池",
            "充电设备",
        ),
        ("生产基地", "二期", "技改扩能", "智能工厂", "扩建工程", "产业化项目", "绿色化改造", "精深加工园"),
    ),
    Sector(
        "能源",
        "产业",
        "能源",
        "建设发电、储能及送出工程",
        (
            "风电场",
            "抽水蓄能",
            "生物质热电联产",
            "光伏电站",
            "储能电站",
            "垃圾焚烧发电",
            "清洁供热",
            "天然气管网",
        ),
        ("一期", "二期", "配套工程", "送出工程", "扩建工程", "升级改造"),
    ),
    Sector(
        "物流",
        "产业",
        "现代服务业",
        "建设库房、交易厅及配套",
        (
            "冷链物流园",
            "粮食储运",
            "数据中心",
            "农产品交易市场",
            "滨海文旅",
            "温泉康养",
            "电商产业园",
            "港口仓储",
        ),
        ("一期", "二期", "扩建工程", "提升改造", "配套设施"),
    ),
    Sector(
        "基础",
        "基础设施",
        "市政交通",
        "建设道路、管网及附属设施",
        (
            "污水处理厂",
            "城区供水管网",
            "老旧供热管网",
            "滨海公路",
            "产业园区道路",
            "河道治理",
            "水库除险",
            "渔港",
        ),
        ("提标改造", "新建工程", "二期", "扩建工程", "综合整治"),
    ),
    Sector(
        "民生",
        "民生",
        "社会事业",
        "建设业务用房及配套",
        (
            "中心医院",
            "实验学校",
            "养老服务中心",
            "保障性住房",
            "公共实训基地",
            "全民健身中心",
            "职业学院",
            "城市更新",
        ),
        ("新建工程", "二期", "迁建工程", "扩建工程", "提升改造"),
    ),
)

DEPARTMENTS: Final = (
    "市自然资源局",
    "市生态环境局",
    "市住建局",
    "市发改委",
    "市水利局",
    "市应急局",
    "市工信局",
    "供电公司",
    "市金融局",
)


def project_names(sectors: Numbers, rng: np.random.Generator) -> pl.Series:
    """One name a project, all different; beyond the words' combinations names take a lot number."""
    names = np.empty(len(sectors), dtype=object)
    for sector in SECTORS:
        rows = np.flatnonzero(sectors == sector.name)
        combinations = [f"{stem}{form}" for stem in sector.stems for form in sector.forms]
        order = rng.permutation(len(combinations))
        lot, pick = np.divmod(np.arange(len(rows)), len(combinations))
        names[rows] = [
            combinations[order[k]] + (f"({n + 1}号地块)" if n else "") for n, k in zip(lot, pick, strict=True)
        ]
    return pl.Series("project_name", names.tolist(), dtype=pl.String)


def shares(weights: Numbers, total: int) -> Numbers:
    """Whole numbers in proportion to `weights` that add up to `total`; exact where the sums agree."""
    exact = weights * (total / weights.sum())
    whole: Numbers = np.floor(exact + 1e-9).astype(int)
    rest = np.argsort(whole - exact, kind="stable")[: total - whole.sum()]
    whole[rest] += 1
    return whole
