"""Settings, read once from GUATU_… variables; nothing else reads the environment or today's date."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from data.errors import ConfigurationError

PACKAGE_DIR = Path(__file__).resolve().parent
PROJECT_DIR = PACKAGE_DIR.parent


class Settings(BaseSettings):
    """One frozen set of settings; every field is the variable GUATU_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix="GUATU_", frozen=True, extra="ignore")

    data_dir: Path = Field(PACKAGE_DIR, description="inbox/ 与 snapshots/ 所在目录")
    host: str = Field("127.0.0.1", description="监听地址;本机之外必须同时设置口令")
    port: int = Field(8050, description="监听端口")
    password: SecretStr | None = Field(None, description="登录口令;监听本机之外时必填")
    hosts: str = Field("", description="可用于访问的其他主机名,逗号分隔;本机名与各地址总是可用")
    video_hosts: str = Field(
        "", description="现场视频所在的主机,逗号分隔,如 10.0.0.8:8888;空为只播放本机地址的视频"
    )
    upload_mb: int = Field(100, gt=0, description="网页上传一个文件的大小上限(MB)")
    city: str = Field("重点项目调度", description="屏幕标题中的单位名称")
    timezone: str = Field("Asia/Shanghai", description="日期与时刻所用时区")
    today: date | None = Field(None, description="固定的状态日期,演练与测试用;空为当天")
    rate_decimals: int = Field(1, ge=0, le=4, description="比率显示的小数位")
    default_project_type: str = Field("备案", description="项目类型未填且未列前置节点时所用模板")
    winter_break: str | None = Field(None, description="室外建设节点的冬季停工期(黑龙江、辽宁);空为不停")
    read_seconds: float = Field(60.0, gt=0, description="读取一个文件的时限(秒)")
    read_memory_mb: int = Field(1000, gt=0, description="读取子进程的内存上限(MB)")
    read_unpacked_mb: int = Field(300, gt=0, description="工作簿解压后的大小上限(MB)")
    read_max_cells: int = Field(5_000_000, gt=0, description="一个文件各工作表合计的单元格上限")
    reject_share: float = Field(
        0.2, ge=0, le=1, description="一本台账有错误的行超过这个比例就整份退回;不超过可只发布无误的行"
    )
    poll_seconds: float = Field(
        2.0, gt=0, le=3600, description="没有文件事件的网络盘,隔多久看一次报送文件夹(秒)"
    )
    settle_seconds: float = Field(0.3, ge=0, description="文件大小多久不变才开始读取(秒)")

    @property
    def inbox_dir(self) -> Path:
        """Where staff drop files."""
        return self.data_dir / "inbox"

    @property
    def snapshots_dir(self) -> Path:
        """Where published snapshots live."""
        return self.data_dir / "snapshots"

    @property
    def drafts_dir(self) -> Path:
        """Where files sent from the page wait for a person's word."""
        return self.data_dir / "drafts"

    @property
    def photos_dir(self) -> Path:
        """Where photos of building sites lie, under the names the ledger gives."""
        return self.data_dir / "photos"

    @property
    def history_dir(self) -> Path:
        """Where it is written down which files were loaded."""
        return self.data_dir / "history"

    def now(self) -> datetime:
        """The present moment in the office's zone."""
        return datetime.now(ZoneInfo(self.timezone))

    def as_of(self) -> date:
        """The status date: the fixed `today` if one is set, else the present day."""
        return self.today or self.now().date()


@cache
def settings() -> Settings:
    """The settings of this process; ConfigurationError names the variable that can't be used."""
    try:
        return Settings()  # type: ignore[call-arg]  # every field has a default
    except ValidationError as fault:
        first = fault.errors()[0]
        name = str(first["loc"][0]).removeprefix("GUATU_").lower()
        meaning = Settings.model_fields[name].description
        raise ConfigurationError(
            f"设置 GUATU_{name.upper()} 写的是“{first['input']}”,不能用;它是“{meaning}”,请改正后再启动。"
        ) from fault
