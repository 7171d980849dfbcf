"""What a judged file becomes on its draft's page, and what a person decides about its columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from data.contract import ledger
from data.draft_store import Draft
from data.errors import DraftError, RejectedFile
from data.found_rows import rows_of
from data.loads import rows_sentence, tally
from data.manifest import Version
from data.pipeline import refusal
from data.publish import software_version
from data.query import Queries
from data.remembered import ANY_SHEET, Decision, Remembered, source_of
from data.settings import Settings
from data.summary import Summary, summary, wall_now
from data.text import plain
from data.work import Work, decisions_mark


def judged(draft: Draft, work: Work, refused: RejectedFile | None, queries: Queries) -> Draft:
    """The draft as its file was judged: ready, or refused with the reason."""
    conformed, followed = work.conformed, work.followed
    findings = refusal(refused) if refused else work.findings
    is_good = not refused and not work.unchanged
    mapping = work.remembered.mapping(source_of(draft.file_name))
    told = replace(
        draft,
        state="refused" if refused else "ready",
        day=work.day,
        counts={name: rows.height for name, rows in conformed.ledgers.items()} if conformed else {},
        findings=findings,
        rows=rows_of(work.workbook, findings, mapping) if work.workbook else {},
        questions=tuple(q for q in followed.questions if q.id not in draft.answered) if followed else (),
        unknown_columns=conformed.unknown_columns if conformed else (),
        carried_over=work.carried_over,
        summary=_summary(work, queries) if is_good else None,
        held_back=sum(work.held_back.values()),
        can_publish=is_good,
        needs_consent=is_good and any(f.weight == "error" for f in findings),
        basis=basis(work.asked.settings, work.before),
        wish=None,
    )
    return replace(told, message=str(refused) if refused else _sentence(told, work))


def basis(settings: Settings, before: Version | None) -> str:
    """A mark of all that judging rests on besides the file: the wall, the day, decisions, the program."""
    today = settings.as_of().isoformat()
    return f"{before} {today} {decisions_mark(settings)} {software_version()}"


def map_column(
    draft: Draft, sheet: str, header: str, field: str, remembered: Remembered, who: str | None, at: datetime
) -> Decision:
    """What is remembered of a column that a person mapped: its field, "" to leave it as it is.

    It holds for any sheet of the source's files, whose names change with the month, unless two ledgers of
    this file have a column of that name. DraftError: no such column, or a field its ledger doesn't have.
    """
    column = next((c for c in draft.unknown_columns if (c.sheet, c.header) == (sheet, header)), None)
    if column is None:
        raise DraftError(f"工作表“{sheet}”中没有待对应的列“{header}”;请刷新页面后再选")
    known = {c.name: c.header for c in ledger(column.ledger).columns if c.filled_in}
    if field and field not in known:
        raise DraftError(f"{ledger(column.ledger).sheet}台账没有栏目“{field}”;请从列表中选择")
    source, key = source_of(draft.file_name), plain(header)
    alike = {c.ledger for c in draft.unknown_columns if plain(c.header) == key}
    place = ANY_SHEET if len(alike) == 1 else sheet
    words = f"“{source}”的列“{header}”" + (f"就是“{known[field]}”" if field else "不对应任何栏目,原样保留")
    return remembered.add("column", (source, place, key), field, who, words, at)


def _summary(work: Work, queries: Queries) -> Summary:
    assert work.database is not None
    was = wall_now(queries, work.day, work.before)
    return summary(work.before, work.previous, work.ledgers, work.day, was, work.database)


def _sentence(draft: Draft, work: Work) -> str:
    if work.unchanged:
        return f"{draft.file_name} 与已发布的 {work.version} 内容相同,不会产生新版本"
    warnings = tally(draft.findings)["warning"]
    return "可以发布:" + rows_sentence(draft.counts, draft.carried_over, draft.held_back, warnings)
