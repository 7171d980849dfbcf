"""The one home of ledgers: columns, types, units, Chinese headers and accepted synonyms.

A ledger is a table staff keep; English names are used in code, Parquet and SQL, the Chinese ones in
files and on screen. Money is whole yuan, dates are dates, rates are never stored. Any date may be
written in words (三月中旬), so a date column carries two companions in the snapshot:
`<name>_precision` (day | ten-day | month | quarter | half | year, null where there is no date) and
`<name>_text` (what the cell said, null for a plain date).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

CONTRACT_VERSION: Final = 3

MONEY = pl.Int64()
DATE = pl.Date()
TEXT = pl.String()
NAMES = pl.List(pl.String())
FLAG = pl.Boolean()
COUNT = pl.Int32()
NUMBER = pl.Float64()

# sheets of the workbooks we write that hold no ledger: how to fill in, words of drop-down lists, findings
OWN_SHEETS: Final = ("填表说明", "选项", "校验结果", "挂图校验结果")

# how a 节点 row's status is written
NODE_STATUS_WORDS: Final = {
    "done": "已办",
    "running": "在办",
    "waiting": "待办",
    "not_applicable": "不涉及",
}


@dataclass(frozen=True)
class Column:
    """One column of a ledger. `unit` is what a stored value counts ("元", "工作日"), "" for none.

    `filled_in` is false for what the program itself works out; no template asks staff for it.
    """

    name: str
    header: str
    dtype: pl.DataType
    meaning: str
    unit: str = ""
    required: bool = False
    synonyms: tuple[str, ...] = ()
    filled_in: bool = True

    @property
    def worded(self) -> bool:
        """Whether cells may say it in words, so that precision and text are stored beside it."""
        return bool(self.dtype == DATE)

    @property
    def written_header(self) -> str:
        """The header with the unit people write cells in: money is stored in 元, written in 万元."""
        return f"{self.header}(万元)" if self.unit == "元" else self.header

    @property
    def headers(self) -> tuple[str, ...]:
        """Every accepted header, the official one first."""
        return (self.header, *self.synonyms)


@dataclass(frozen=True)
class Ledger:
    """One ledger: `name` in code and as Parquet file, `sheet` in workbooks, `grain` what a row is."""

    name: str
    sheet: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    required: bool = False

    def column(self, name: str) -> Column:
        """The column of this English name; KeyError where there is none."""
        return next(c for c in self.columns if c.name == name)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Stored columns and types: declared ones, companions of worded dates, then origin and extra."""
        stored: dict[str, pl.DataType] = {}
        for column in self.columns:
            stored[column.name] = column.dtype
            if column.worded:
                stored[f"{column.name}_precision"] = TEXT
                stored[f"{column.name}_text"] = TEXT
        return stored | ORIGIN


# where a row came from (sheet, 1-based Excel row), and unknown columns kept as a JSON object
ORIGIN: Final[dict[str, pl.DataType]] = {"source_sheet": TEXT, "source_row": COUNT, "extra": TEXT}


def _c(
    name: str,
    header: str,
    dtype: pl.DataType,
    meaning: str,
    *synonyms: str,
    unit: str = "",
    required: bool = False,
    filled_in: bool = True,
) -> Column:
    return Column(name, header, dtype, meaning, unit, required, synonyms, filled_in)


def _money(name: str, header: str, meaning: str, *synonyms: str) -> Column:
    return _c(name, header, MONEY, meaning, *synonyms, unit="元")


def _date(name: str, header: str, meaning: str, *synonyms: str) -> Column:
    return _c(name, header, DATE, meaning, *synonyms)


# a column a line reads as the table it is
# fmt: off
_PROJECT_ID = _c("project_id", "项目编号", TEXT, "项目的唯一编号", "编号", "项目代码", required=True)
_NOTE = _c("note", "备注", TEXT, "备注", "说明")

PROJECTS = Ledger(
    "projects",
    "项目",
    "一个项目",
    (
        _c("project_id", "项目编号", TEXT, "项目编号;无编号时由名称和县区/园区确定", "编号"),
        _c("project_code", "项目代码", TEXT, "投资项目在线审批监管平台代码", "统一代码", "平台代码", "国家代码", "项目统一代码", "项目赋码"),
        _c(
            "project_name", "项目名称", TEXT, "项目名称",
            "项目名", "工程名称", "项目", "项目单位及名称", "工程项目名称", "重点项目名称", "建设项目名称", "项目全称",
            required=True,
        ),
        _c(
            "region", "县区/园区", TEXT, "所在县区或园区",
            "县区", "县区(园区)", "县(市)区", "县(市、区)", "县市区", "区县", "县区园区", "所属区域", "所属县区", "所属园区",
            "隶属区县", "所在县区", "所在区县", "所在市县", "所在盟市", "所在省辖市、县区", "属地", "项目属地", "所属地",
            "市县", "区域", "地区", "项目所在地", "所在地", "建设地点", "项目地点", "建设地址", "项目地址",
            "所在县市区", "所在县(市)区", "所在县(市、区)", "所属县市区", "县区名称", "所在区域", "所属地区",
        ),
        _c("region_kind", "区域类别", TEXT, "县区、园区或市直;未填时由名称判定"),
        _c("district", "片区", TEXT, "包保片区", "所属片区", "分片"),
        _c("industry", "行业", TEXT, "所属行业", "所属行业", "产业类别"),
        _c("category", "项目类别", TEXT, "产业、基础设施、民生等", "类别"),
        _c("level", "层级", TEXT, "省重点、省百大、市重点等", "项目层级", "级别", "项目级别"),
        _c("kind", "建设性质", TEXT, "新建、续建或前期", "项目性质", "性质", "建设阶段", "建设批次"),
        _c("project_type", "项目类型", TEXT, "备案、核准或审批", "审批类型", "立项类型"),
        _c("status", "项目状态", TEXT, "未开工、已开工、已复工、停工、已竣工、已投产;有日期时以日期为准", "是否开工", "是否开复工", "开工状态", "建设状态", "开工情况", "开复工情况", "开复工", "开复工状态", "状态", "当前状态"),
        _c("campaign", "专项行动", TEXT, "百日攻坚、集中开工等", "攻坚行动", "竞赛"),
        _date("campaign_target_date", "专项目标日", "专项行动要求的开工日期", "攻坚目标日"),
        _c(
            "content", "建设内容", TEXT, "建设规模和内容",
            "建设规模", "建设内容及规模", "建设规模及内容", "建设内容和规模", "建设内容与规模", "建设规模和内容",
            "主要建设内容", "主要建设内容及规模", "主要建设规模及内容", "项目简介", "项目概况", "项目详细描述", "实际建设规模",
        ),
        _money("total_investment_yuan", "总投资", "总投资", "项目总投资", "投资额", "总投资额", "投资规模", "计划总投资", "投资总额", "投资总规模", "总投资规模", "概算总投资", "估算总投资"),
        _money(
            "annual_plan_yuan", "年度计划投资", "本年度计划投资",
            "今年计划投资", "年度投资", "本年度计划投资", "本年计划投资", "当年计划投资", "年计划投资", "全年计划投资",
            "年度投资计划", "今年投资计划", "投资年计划", "年度投资目标", "年度计划完成投资", "计划完成投资", "投资计划", "预计投资", "年度预计投资",
        ),
        _money(
            "invested_this_year_yuan", "本年完成投资", "本年已完成投资",
            "年度完成投资", "本年度完成投资", "今年完成投资", "当年完成投资", "本年累计完成投资", "今年累计完成投资",
            "年度累计完成投资", "年初以来完成投资", "今年以来完成投资", "年内完成投资",
        ),
        _money("invested_total_yuan", "累计完成投资", "开工以来累计完成投资", "累计完成", "累计投资", "开工以来累计完成投资", "累计已完成投资", "开工至今完成投资"),
        _money("funds_received_yuan", "资金到位", "已到位资金", "到位资金", "资金到位情况"),
        _date("contacted_date", "对接/洽谈", "开始对接洽谈的日期", "对接洽谈", "洽谈", "对接"),
        _date("signed_date", "签约日期", "签约日期", "签约", "签约时间"),
        _date("planned_start", "计划开工", "计划开工日期", "计划开工时间", "计划开工日期", "拟开工时间", "拟开工日期", "预计开工时间", "计划开工年份"),
        _date("actual_start", "实际开工", "实际开工或复工日期", "开工时间", "开工日期", "实际开工时间", "实际开工日期", "开工(复工)", "开工", "开工年份", "开工年月"),
        _date("resumed_date", "实际复工", "续建项目本年复工日期", "复工日期", "复工时间"),
        _date("planned_finish", "计划竣工", "计划竣工日期", "计划竣工时间", "计划完工", "竣工时间", "竣工日期", "计划竣工年份", "计划完工时间", "计划建成时间", "预计竣工时间", "拟竣工时间"),
        _date("actual_finish", "实际竣工", "实际竣工日期", "实际竣工时间", "竣工", "竣工验收备案日期", "竣工验收日期"),
        _date("planned_production", "计划投产", "计划投产日期", "计划投产时间", "投产时间", "预计投产时间"),
        _date("actual_production", "实际投产", "实际投产日期", "实际投产时间", "投产", "投产(试生产)"),
        _date("stopped_from", "停工起", "批准停工的第一天", "停工日期", "停工起始"),
        _date("stopped_until", "停工止", "批准停工的最后一天;空为仍停", "停工截止"),
        _date("listed_date", "入库日期", "纳入统计库日期", "入库时间", "入统日期"),
        _c(
            "leaders", "包保领导", NAMES, "包保领导,第一位负总责",
            "包联领导", "包抓领导", "市级包抓领导", "县级领导", "联系领导", "责任领导", "牵头区领导",
            "分包领导", "挂包领导", "市级领导", "牵头领导", "挂点领导", "挂钩领导", "领衔领导", "分管领导", "推进领导",
            "市级包保领导", "县级包保领导", "区级包保领导", "市级联系领导", "县级联系领导", "市级责任领导", "县级责任领导",
            "市级包联领导", "县级包联领导", "县级包抓领导", "包保市领导", "包保县领导", "包保区领导", "联系市领导", "联系县领导",
            "区级领导", "市领导", "县领导", "区领导", "园区领导",
        ),
        _c("leader_titles", "包保领导职务", NAMES, "与包保领导一一对应的职务;空为未写", "职务", "领导职务", filled_in=False),
        _c("accountable_leader", "负责领导", TEXT, "负总责的一位领导;由包保领导第一位确定", filled_in=False),
        _c("chief_officer", "首席服务员", TEXT, "首席服务员", "总服务员", "首席服务员及联系电话", "首席服务员及联系方式"),
        _c("promoter", "推进专员", TEXT, "项目服务员或推进专员", "项目服务员", "服务员", "专员", "项目服务员/推进专员"),
        _c(
            "responsible_unit", "责任单位", TEXT, "责任单位",
            "牵头单位", "主管部门", "主责单位", "牵头协调部门", "责任部门", "项目责任单位", "牵头责任单位", "主体责任单位",
            "行业主管部门", "市直行业主管部门", "县区行业主管部门",
        ),
        _c(
            "owner", "企业/业主", TEXT, "企业或业主",
            "建设单位", "实施单位", "项目单位", "项目法人", "项目(法人)单位", "项目法人单位", "法人单位", "项目业主", "业主单位",
            "业主", "企业", "建设主体", "实施主体", "项目主体", "投资主体", "项目建设单位", "企业名称",
        ),
        _c("contact", "联系人", TEXT, "联系人及电话", "联系方式", "联系人信息", "联系人及电话", "联系电话"),
        _c("green_channel", "绿色通道", FLAG, "是否走绿色通道"),
        _c("video_url", "视频地址", TEXT, "现场视频地址", "视频"),
        _c("photo", "照片", TEXT, "最新现场照片文件名", "现场照片"),
        _c(
            "goal_text", "年度目标", TEXT, "年度目标或形象进度目标",
            "工程形象进度", "进度目标", "前期工作或工程形象进度目标", "工程形象进度目标", "形象进度目标", "年工作目标",
            "年度工作目标", "年度建设目标", "年度目标任务", "进度目标或新增效益",
        ),
        _c(
            "progress_text", "进展情况", TEXT, "目前进展",
            "目前状态", "进展", "形象进度", "目前形象进度", "当前形象进度", "工程进展情况", "目前进度", "推进情况", "项目进展情况", "项目进展", "项目进展信息", "工作进展", "工程进展",
            "目前进展情况", "当前进展", "最新进展", "本月进展", "本周进展", "工程进度", "项目进度", "进度情况", "进度类别",
        ),
        _c("first_start", "首次报开工", DATE, "重复申报开工时首次报的日期,以它为准;没有重复申报为空", filled_in=False),
        _c("last_reported_date", "最近报送日", DATE, "最近一次出现在报送文件中的快照日期;早于快照日期为未更新", filled_in=False),
        _NOTE,
    ),
    ("project_id",),
    ("项目台账", "重点项目", "项目清单"),
    required=True,
)

NODES = Ledger(
    "nodes",
    "节点",
    "一个项目的一项手续或建设节点",
    (
        _PROJECT_ID,
        _c("node", "节点", TEXT, "手续或建设节点名称", "节点名称", "手续", "手续名称", "审批事项", "事项名称", "手续事项", required=True),
        _c("applicable", "是否应办", FLAG, "否为不涉及,不计入应办", "应办", "是否涉及"),
        _c("status", "办理状态", TEXT, "done 已办 | running 在办 | waiting 待办 | not_applicable 不涉及", "状态", "办理情况"),
        _c("approval_level", "办理层级", TEXT, "国、省、市、县", "审批层级"),
        _c("department", "责任部门", TEXT, "办理部门", "办理部门", "审批部门", "责任单位"),
        _c("predecessors", "前置节点", NAMES, "须先完成的节点,顿号分隔", "前置", "前置手续", "紧前节点"),
        _c("duration_workdays", "工期(工作日)", COUNT, "办理所需工作日", "工期", "办理时限", "时限", unit="工作日"),
        _date("accepted_date", "受理日期", "受理或开始日期", "受理时间", "启动日期", "开始日期"),
        _date("promised_finish", "承诺完成", "承诺完成日期", "承诺时限", "承诺完成日期"),
        _date("statutory_finish", "法定完成", "法定完成日期", "法定时限", "法定完成日期"),
        _date("planned_finish", "计划完成", "计划完成日期", "计划完成日期", "计划完成时间"),
        _date("extended_due", "批准延期", "批准延期至", "延期至"),
        _date("actual_finish", "实际完成", "办结日期", "办结日期", "完成日期", "实际完成日期"),
        _c("deferred", "容缺/承诺制", TEXT, "容缺后补或承诺制;空为正常办理", "容缺", "承诺制"),
        _date("deferred_due", "补齐期限", "容缺事项补齐期限", "补齐时限"),
        _date("made_up_date", "补齐日期", "容缺事项补齐的日期;空为还没有补齐", "实际补齐", "补齐时间", "补齐完成"),
        _c("document_number", "文号", TEXT, "批复文号", "批复文号"),
        _c("paused_workdays", "暂停天数", COUNT, "评审、补正、公示等暂停的工作日", "暂停", unit="工作日"),
        _NOTE,
    ),
    ("project_id", "node"),
    ("手续", "节点台账", "手续办理"),
)

PROBLEMS = Ledger(
    "problems",
    "问题",
    "一个问题",
    (
        _c("problem_id", "问题编号", TEXT, "问题编号;未填时由项目和问题确定"),
        _c("project_id", "项目编号", TEXT, "所属项目", "项目代码"),
        _c("project_name", "项目名称", TEXT, "所属项目名称,可为简称", "项目"),
        _c("category", "类别", TEXT, "用地、用能、资金等", "问题类别"),
        _c("problem", "问题", TEXT, "问题描述", "存在问题", "问题描述", "存在的问题", "主要问题", "存在困难和问题", "问题和困难", "需协调解决的问题", required=True),
        _date("raised_date", "提出日期", "提出日期", "提出时间"),
        _c("raised_by", "提出单位", TEXT, "提出单位"),
        _c("responsible_unit", "责任单位", TEXT, "责任单位", "牵头单位"),
        _c("responsible_person", "责任人", TEXT, "责任人", "责任人员", "具体责任人"),
        _c("measure", "措施", TEXT, "解决措施", "解决措施", "整改措施", "工作措施", "推进措施"),
        _date("promised_date", "承诺解决", "承诺解决日期", "承诺解决日期", "解决时限", "解决时间", "计划解决时间", "办理时限", "整改时限"),
        _c("resolved", "是否销号", FLAG, "已解决、已销号为是;有销号日期的可不填", "是否解决", "是否已解决", "是否已销号", "解决情况", "销号情况", "销号状态", "解决状态", "问题状态", "已解决", "已销号", "是否办结"),
        _date("closed_date", "销号日期", "销号日期", "销号时间", "实际解决时间", "实际解决日期"),
        _c("confirmed_by", "销号确认人", TEXT, "销号确认人", "确认人"),
        _c("escalated_to", "提级", TEXT, "提级到的层级或领导"),
        _NOTE,
    ),
    ("problem_id",),
    ("问题清单", "问题台账"),
)

NEEDS = Ledger(
    "needs",
    "需求",
    "企业的一项要素需求",
    (
        _PROJECT_ID,
        _c("factor", "要素", TEXT, "用地、用能、用工、物流、道路、政策、手续、融资、环保指标", "要素类别", required=True),
        _c("need", "需求", TEXT, "需求内容", "需求内容"),
        _c("quantity", "数量", NUMBER, "数量"),
        _c("quantity_unit", "单位", TEXT, "数量的单位"),
        _c("provider", "提供部门", TEXT, "提供部门", "责任部门"),
        _date("needed_date", "需要日期", "需要日期", "需要时间"),
        _c("resolved", "是否解决", FLAG, "已解决为是;有解决日期的可不填", "是否已解决", "解决情况", "解决状态", "已解决"),
        _date("solved_date", "解决日期", "解决日期"),
        _NOTE,
    ),
    ("project_id", "factor", "need"),
    ("需求清单",),
)

LEADS = Ledger(
    "leads",
    "线索",
    "一条招商线索",
    (
        _c("lead_id", "线索编号", TEXT, "线索编号", "编号", required=True),
        _c("lead_name", "名称", TEXT, "线索或项目名称", "线索名称"),
        _c("investor", "客商", TEXT, "客商", "投资方"),
        _c("stage", "阶段", TEXT, "线索、洽谈、签约、落地、开工", "所处阶段"),
        _money("agreed_investment_yuan", "协议投资", "协议投资额", "协议投资额"),
        _money("funds_received_yuan", "到位资金", "到位资金", "资金到位"),
        _date("signed_date", "签约日期", "签约日期", "签约时间"),
        _c("region", "县区", TEXT, "县区或园区", "县区/园区"),
        _c("leader", "包保领导", TEXT, "包保领导", "包联领导", "联系领导"),
        _c("next_step", "下一步", TEXT, "下一步工作", "下步工作"),
        _NOTE,
    ),
    ("lead_id",),
    ("线索库",),
)

VISITS = Ledger(
    "visits",
    "走访",
    "一次现场走访",
    (
        _c("visit_date", "日期", DATE, "走访日期", "走访日期", required=True),
        _c("visitor", "领导/服务员", TEXT, "走访人", "走访人", "领导", "服务员", required=True),
        _PROJECT_ID,
        _c("matter", "事项", TEXT, "走访事项", "走访事项"),
        _c("result", "结果", TEXT, "走访结果", "走访结果"),
        _NOTE,
    ),
    ("visit_date", "visitor", "project_id"),
    ("走访记录",),
)

TASKS = Ledger(
    "tasks",
    "任务",
    "任务清单中的一项",
    (
        _c("task_id", "任务编号", TEXT, "任务编号", "编号", required=True),
        _c("task", "任务", TEXT, "任务内容", "工作任务", "任务内容"),
        _c("lead_leader", "牵头领导", TEXT, "牵头领导"),
        _c("department", "责任部门", TEXT, "责任部门", "责任单位"),
        _c("measure", "推进措施", TEXT, "推进措施", "措施"),
        _date("due_date", "完成时限", "完成时限", "时限"),
        _date("done_date", "完成日期", "完成日期"),
        _c("origin", "来源", TEXT, "会议、督办等"),
        _c("status", "状态", TEXT, "状态", "进展状态"),
        _NOTE,
    ),
    ("task_id",),
    ("任务清单",),
)

TARGETS = Ledger(
    "targets",
    "目标",
    "一个指标在一个范围和期间的目标",
    (
        _c("indicator", "指标", TEXT, "开复工率、手续办结率、投资完成率等", "指标名称", required=True),
        _c("scope", "范围", TEXT, "全市、县区或领导", required=True),
        _c("period", "期间", TEXT, "年、半年、季、月,如 2026、2026上半年、2026Q4、2026-11", required=True),
        _c("target_value", "目标值", NUMBER, "比率写小数(0.95)或百分数(95%),数量写个数或元", "目标"),
        _c("definition", "口径", TEXT, "计算口径"),
        _NOTE,
    ),
    ("indicator", "scope", "period"),
    ("目标任务",),
)

MONTHLY = Ledger(
    "monthly",
    "月度投资",
    "一个项目到一个月末的累计计划与完成投资",
    (
        _PROJECT_ID,
        _c("month_end", "月份", DATE, "累计到这个月的最后一天;从当年1月起", "截至月份", "月", required=True),
        _money("planned_cumulative_yuan", "累计计划投资", "当年1月至该月末的计划投资", "计划投资"),
        _money("completed_cumulative_yuan", "累计完成投资", "当年1月至该月末的完成投资", "完成投资"),
        _NOTE,
    ),
    ("project_id", "month_end"),
    ("月度进度", "分月投资"),
)

# fmt: on
LEDGERS: Final = (PROJECTS, NODES, PROBLEMS, NEEDS, LEADS, VISITS, TASKS, TARGETS, MONTHLY)


def ledger(name: str) -> Ledger:
    """The ledger of this English name; KeyError where there is none."""
    return {item.name: item for item in LEDGERS}[name]


def empty(item: Ledger) -> pl.DataFrame:
    """A frame of this ledger's schema without rows."""
    return pl.DataFrame(schema=item.schema)
