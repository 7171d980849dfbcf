"""The command line: guatu serve | load | check | query | snapshots | rollback | demo | backtest.

Exit codes: 0 done or accepted, 1 the file was refused (findings are shown), 2 a fault or wrong usage.
"""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal, ParamSpec

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from data import output, startup
from data.errors import BadParameter, Finding, GuatuError, RejectedFile
from data.manifest import Version
from data.settings import settings
from data.snapshots import SnapshotStore

REFUSED_EXIT: Final = 1
FAULT_EXIT: Final = 2

app = typer.Typer(
    name="guatu",
    help="挂图:重点项目调度。台账放进报送文件夹,挂图即更新。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
P = ParamSpec("P")
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="日期")]
Who = Annotated[str | None, typer.Option("--who", metavar="姓名", help="谁报送的,记入报送记录")]
LedgerFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="台账文件")]


def _errors() -> Console:
    return Console(stderr=True)


def _tell(word: str, fault: GuatuError) -> None:
    """One unbroken line on stderr, whatever brackets the sentence quotes."""
    _errors().print(f"[red]{word}[/red] {escape(str(fault))}", highlight=False, soft_wrap=True)


def _faults_told(command: Callable[P, None]) -> Callable[P, None]:
    """The command with refusals and faults as one sentence on stderr and an exit code."""

    @functools.wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except RejectedFile as refused:
            _tell("已退回", refused)
            output.print_findings(refused.findings)
            raise typer.Exit(REFUSED_EXIT) from None
        except GuatuError as fault:
            _tell("未能完成", fault)
            raise typer.Exit(FAULT_EXIT) from None
        except typer.Exit:
            raise
        except Exception:
            _errors().print_exception()
            raise typer.Exit(FAULT_EXIT) from None

    return told


@app.command()
@_faults_told
def serve() -> None:
    """启动挂图服务(与 python app.py 相同)。"""
    startup.refuse_faulty(settings())
    startup.refuse_taken_port(settings())
    # data/ knows no screen; the server is looked up only when it is asked for
    importlib.import_module("components.server").serve()


@app.command()
@_faults_told
def load(file: LedgerFile, date: Day = None, who: Who = None) -> None:
    """读取一个台账文件并发布为快照。"""
    from data import pipeline  # a second's worth of imports that other commands do without

    with _progress() as bar, _written_down(file, who):
        task = bar.add_task("读取", total=len(pipeline.STEPS))
        loaded = pipeline.load(
            file,
            settings(),
            date.date() if date else None,
            progress=lambda word, number, _: bar.update(task, description=word, completed=number - 1),
            who=who,
        )
    Console().print(loaded.message, highlight=False)
    output.print_findings(loaded.findings)


@app.command()
@_faults_told
def check(
    file: LedgerFile,
    date: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """只检查一个台账文件,不发布。"""
    from data import pipeline

    findings = pipeline.check_file(file, settings(), date.date() if date else None)
    accepted = not any(finding.weight == "error" for finding in findings)
    if as_json:
        told = {"file": file.name, "accepted": accepted, "findings": [asdict(f) for f in findings]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        Console().print(_verdict(file, accepted, findings), highlight=False)
        output.print_findings(findings)
    if not accepted:
        raise typer.Exit(REFUSED_EXIT)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
@_faults_told
def query(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="查询名称,见 queries/")],
    as_of: Annotated[str | None, typer.Option(metavar="日期", help="状态日期")] = None,
    region: Annotated[str | None, typer.Option(help="县区/园区")] = None,
    leader: Annotated[str | None, typer.Option(help="包保领导")] = None,
    level: Annotated[str | None, typer.Option(help="层级")] = None,
    kind: Annotated[str | None, typer.Option(help="建设性质")] = None,
    project: Annotated[str | None, typer.Option(help="项目编号")] = None,
    form: Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="输出格式")] = "table",
) -> None:
    """按名称查询;其余参数写成 --参数 值,如 --by region。"""
    from data.query import Queries

    scope = {"region": region, "leader": leader, "level": level, "kind": kind, "project": project}
    named = scope | {"as_of": as_of} | _pairs(context.args)
    asked = {key: value for key, value in named.items() if value is not None}
    output.print_frame(Queries(settings()).run(name, **asked), form)


@app.command()
@_faults_told
def snapshots() -> None:
    """列出全部快照,最新的在前。"""
    output.print_snapshots(SnapshotStore(settings().snapshots_dir))


@app.command()
@_faults_told
def rollback(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="如 2026-11-22/1")],
    reason: Annotated[str, typer.Option(help="为什么退回,一句话")],
    who: Who = None,
) -> None:
    """退回到较早的快照,成为新的一版;较新的保留在磁盘上,不再显示。"""
    from data.history import History

    wanted = Version.parse(version)
    fresh = History(settings()).roll_back(wanted, reason, who)
    Console().print(f"挂图已退回到 {wanted},作为新的一版 {fresh}", highlight=False)


@app.command()
@_faults_told
def demo(
    projects: Annotated[int, typer.Option(min=1, help="项目个数")] = 354,
    days: Annotated[int, typer.Option(min=1, help="快照天数")] = 45,
    workbook: Annotated[
        Path | None, typer.Option(dir_okay=False, metavar="FILE", help="只写出演示台账,不发布")
    ] = None,
) -> None:
    """建立一座演示城市,含数周每日快照;或只写出它今天的台账,供试填试报。"""
    from data.demo import build, ledgers, write_workbook

    if workbook:
        write_workbook(ledgers(projects, settings().as_of()), workbook)
        Console().print(f"演示台账已写入 {workbook}:{projects:,} 个项目", highlight=False)
        return
    _refuse_over_real_data(SnapshotStore(settings().snapshots_dir))
    with _progress() as bar:
        task = bar.add_task("生成演示数据", total=days)
        version = build(
            settings(),
            projects,
            days,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
            furnished=True,
        )
    Console().print(f"演示城市已建成:{projects:,} 个项目,当前快照 {version}", highlight=False)


@app.command()
@_faults_told
def backtest(
    days: Annotated[int, typer.Option(min=1, help="重演多少个过去的日子")] = 10,
    each: Annotated[bool, typer.Option("--each", help="逐次列出,不只列汇总")] = False,
) -> None:
    """用过去各天当时的数据重做预测,与后来的实际对照,并与按计划、按最近速度两种算法比误差。"""
    from data.backtest import Backtest, replay_table, score_table, scores

    with _progress() as bar:
        task = bar.add_task("重演", total=days)
        replays = Backtest(settings()).replays(
            days=days, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    if not replays:
        raise GuatuError("历史还不够:至少要有 10 天以上的快照,并隔开 5 个工作日,才能回测;屏幕上按计划显示。")
    output.print_frame(replay_table(replays) if each else score_table(scores(replays)), "table")


@app.command()
@_faults_told
def report(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="材料", help="bulletin 通报,slides 会议材料,ledger 台账,letter-N 函件;不写为前三种"
        ),
    ] = None,
    rhythm: Annotated[str | None, typer.Option(metavar="节奏", help="day、twice、week、month")] = None,
    date: Day = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="日期", help="状态日期")
    ] = None,
    region: Annotated[str | None, typer.Option(help="县区/园区")] = None,
    leader: Annotated[str | None, typer.Option(help="包保领导")] = None,
    level: Annotated[str | None, typer.Option(help="层级")] = None,
    project: Annotated[str | None, typer.Option(help="项目编号")] = None,
    to: Annotated[Path, typer.Option(file_okay=False, metavar="文件夹", help="写到哪里")] = Path(),
) -> None:
    """制作通报、会议材料、台账或函件草稿;--date 是会议日期。"""
    papers = importlib.import_module("components.papers.command")
    days = {name: day.date().isoformat() if day else None for name, day in (("date", date), ("as_of", as_of))}
    given = {"rhythm": rhythm, "region": region, "leader": leader, "level": level, "project": project}
    with _progress() as bar:
        task = bar.add_task("制作", total=None)
        wanted = names or ["bulletin", "slides", "ledger"]
        made = papers.write(wanted, given | days, to, lambda word: bar.update(task, description=word))
    for path in made:
        Console().print(f"已写入 {path}", highlight=False)


def main() -> None:
    """The guatu command."""
    app(prog_name="guatu")


@contextmanager
def _written_down(file: Path, who: str | None) -> Iterator[None]:
    """A load whose refusal goes into the history; a publication is there by itself."""
    from data.history import History
    from data.pipeline import refusal, sha256_of

    try:
        yield
    except RejectedFile as refused:
        History(settings()).refused(
            "command", who, file.name, sha256_of(file), str(refused), refusal(refused)
        )
        raise


def _verdict(file: Path, accepted: bool, findings: tuple[Finding, ...]) -> str:
    if not accepted:
        return f"[red]不能接收[/red] {file.name}"
    return f"[green]可以接收[/green] {file.name}" + ("" if findings else ",没有发现问题")


def _pairs(words: list[str]) -> dict[str, Any]:
    """`--by region` and `--by=region` as {"by": "region"}; anything else is wrong usage."""
    found: dict[str, Any] = {}
    rest = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    while rest:
        option = rest.pop(0)
        if not option.startswith("--") or not rest:
            raise BadParameter(f"查询的参数“{option}”应写成 --参数 值,如 --by region")
        found[option[2:].replace("-", "_")] = rest.pop(0)
    return found


def _refuse_over_real_data(store: SnapshotStore) -> None:
    real = next((v for v in store.versions(withdrawn=True) if not store.manifest(v).demo), None)
    if real:
        raise GuatuError(
            f"{store.dir} 中已有真实台账的快照(如 {real}),不能混入演示数据;请用 GUATU_DATA_DIR 另指一个空目录"
        )


def _progress() -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
    )
    return Progress(*columns, console=_errors(), transient=True)


if __name__ == "__main__":
    main()
