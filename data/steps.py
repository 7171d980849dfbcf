"""The steps a file takes, each in one function: read, conform, check, schedule, prove, publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from data import contract, rules
from data import read as reading
from data import schedule as scheduling
from data.changes import changes_of
from data.conform import Conformed, conform
from data.conform.places import NOWHERE
from data.continuity import Followed, follow
from data.database import Database
from data.errors import FaultyLedger, Finding
from data.fault_findings import Row, cycles_brought, error_rows, rows_of_today, tell_faults
from data.first_start import with_first_start
from data.health import findings_in
from data.manifest import Version
from data.past import Past
from data.publish import Source, carry_over, publish, software_version
from data.remembered import source_of
from data.standing import standing_in
from data.tables import assembled, status_date
from data.work import Work


def read(work: Work) -> Work:
    """The cells of the file."""
    workbook, changes = changes_of(reading.read(work.asked.path, work.asked.settings))
    return replace(work, workbook=workbook, changes=changes)


def recognise(work: Work) -> Work:
    """The ledgers in the cells, and which project is which; a file on the wall already ends here."""
    workbook, work = work.workbook, work.on(work.day)
    assert workbook is not None
    mapping = work.remembered.mapping(source_of(work.asked.path.name))
    conformed = conform(workbook, work.day, work.previous, mapping)
    work = _dated(replace(work, conformed=conformed), conformed.as_of).noting(*conformed.findings)
    known = _already_published(work)
    if known and work.asked.skip_unchanged:
        return replace(work, version=known, unchanged=True)
    followed = _followed(work, conformed)
    return replace(work, followed=followed).noting(*_same_file(work), *followed.findings)


def check(work: Work) -> Work:
    """The rows fit to publish."""
    assert work.conformed is not None and work.followed is not None
    settings = work.asked.settings
    checked = rules.check(
        _with_cycles(work, work.followed.onto(work.conformed)),
        work.previous,
        work.day,
        reported=work.followed.reported,
        history=Past(work.asked.store, work.day),
        publish_good_rows=work.asked.good_rows_only,
        error_share_limit=settings.reject_share,
    )
    held_back = {name: rows.height for name, rows in checked.held_back.items() if rows.height}
    ledgers, carried = carry_over(checked.ledgers, work.previous)
    ledgers["projects"] = with_first_start(ledgers["projects"], work.previous.get("projects"))
    work = replace(work, ledgers=ledgers, held_back=held_back, carried_over=carried)
    return work.noting(*checked.findings)


def schedule(work: Work) -> Work:
    """The reverse schedule on the day."""
    settings = work.asked.settings
    kind, winter_break = settings.default_project_type, settings.winter_break
    projects, nodes = work.ledgers["projects"], work.ledgers["nodes"]
    found = scheduling.schedule(projects, nodes, work.day, kind, winter_break)
    columns = work.conformed.columns if work.conformed else NOWHERE
    told = tell_faults(found.faults, columns, _today(work)) if found.faults else ()
    return replace(work, schedule=found).noting(*told)


def prove(work: Work) -> Work:
    """The wall as it would be; figures that contradict each other stop the file."""
    assert work.schedule is not None
    found = work.schedule
    status, winter_break = status_date(work.day), work.asked.settings.winter_break
    database = Database(assembled(work.ledgers, found.nodes, found.projects, status, winter_break))
    told = findings_in(database)
    wrong = next((finding for finding in told if finding.weight == "error"), None)
    if wrong:
        raise FaultyLedger(wrong.message, told)
    return replace(work, database=database).noting(*told)


def put_up(work: Work) -> Work:
    """The snapshot published."""
    assert work.schedule is not None and work.database is not None
    asked = work.asked
    version = publish(
        asked.store,
        work.ledgers,
        work.schedule,
        work.day,
        Source(asked.path.name, work.sha256, asked.path, asked.who, asked.via, work.decisions),
        published_at=asked.settings.now(),
        findings=work.findings,
        carried_over=work.carried_over,
        held_back=work.held_back,
        standing=standing_in(work.database),
    )
    return replace(work, version=version)


Step = tuple[str, Callable[[Work], Work]]

JUDGING: Final[tuple[Step, ...]] = (
    ("读取", read),
    ("识别", recognise),
    ("校验", check),
    ("排期", schedule),
    ("核对", prove),
)
STEPS: Final[tuple[Step, ...]] = (*JUDGING, ("发布", put_up))


def _followed(work: Work, conformed: Conformed) -> Followed:
    """Today's ledgers continued from the snapshot before; a file without any ledger continues nothing."""
    if not conformed.ledgers:
        return Followed({}, (), ())
    return follow(
        conformed.ledgers,
        work.previous,
        work.remembered,
        work.day,
        changes=work.changes,
        columns=conformed.columns,
    )


def _with_cycles(work: Work, conformed: Conformed) -> Conformed:
    """What was conformed, with the cycles that today's 节点 rows bring: errors, told with all others."""
    nodes = conformed.ledgers.get("nodes")
    projects = conformed.ledgers.get("projects", work.previous.get("projects"))
    if nodes is None or projects is None or work.followed is None:
        return conformed
    reported = work.followed.reported["nodes"]
    kind = work.asked.settings.default_project_type
    cycles = cycles_brought(projects, nodes, reported, work.day, kind)
    if not cycles:
        return conformed
    today = _today(work)
    return replace(
        conformed,
        findings=(*conformed.findings, *tell_faults(cycles, conformed.columns, today)),
        unscheduled_rows=error_rows(cycles, today),
    )


def _today(work: Work) -> frozenset[Row]:
    """Which 节点 rows stand in today's file."""
    followed = work.followed
    if followed is None or "nodes" not in followed.ledgers:
        return frozenset()
    return rows_of_today(followed.ledgers["nodes"], followed.reported["nodes"])


def _dated(work: Work, cut_off: date | None) -> Work:
    """The work on the day its snapshot describes. A cut-off still to come is a slip of the pen."""
    if work.asked.day or cut_off is None:
        return work
    if cut_off <= work.day:
        return work.on(cut_off)
    message = (
        f"{work.asked.path.name} 写明截至 {cut_off.isoformat()},晚于状态日期 {work.day.isoformat()},"
        f"已按 {work.day.isoformat()} 收存;如日期有误请改正后重新报送"
    )
    return work.noting(
        Finding("cutoff_in_future", "warning", message, None, None, str(cut_off), f"≤ {work.day}")
    )


def _already_published(work: Work) -> Version | None:
    """The day's newest version if this very file made it, read and decided on in the same way."""
    if work.before is None or work.before.day != work.day:
        return None
    manifest = work.asked.store.manifest(work.before)
    made = (
        manifest.source_sha256,
        manifest.decisions,
        manifest.software_version,
        manifest.contract_version,
    )
    now = (work.sha256, work.decisions, software_version(), contract.CONTRACT_VERSION)
    return work.before if made == now else None


def _same_file(work: Work) -> tuple[Finding, ...]:
    """A note where the last day's file comes again, which may be a slip."""
    if work.before is None or work.before.day == work.day:
        return ()
    if work.asked.store.manifest(work.before).source_sha256 != work.sha256:
        return ()
    message = (
        f"{work.asked.path.name} 与 {work.before.day.isoformat()} 报送的文件完全相同;"
        f"如果这几天没有变化可照此发布,如果放错了文件请换成当天的台账"
    )
    return (Finding("same_file_again", "note", message),)
