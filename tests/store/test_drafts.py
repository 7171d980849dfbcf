"""Drafts: an uploaded file judged, asked about, published by a person, and never lost."""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from data import disk, pipeline
from data.draft_store import Wish
from data.drafts import Draft, DraftError, Drafts
from data.journal import Journal
from data.remembered import Remembered
from data.settings import Settings
from data.snapshots import SnapshotStore, Version
from tests.store.files import project_workbook
from tests.store.small import DAY, days_before

HEADER = ["项目编号", "项目名称", "县区/园区", "总投资(万元)", "业主"]
ROWS: list[list[Any]] = [
    ["P1", "钢铁厂改造项目", "连山区", 12000, "钢铁公司"],
    ["P2", "人行天桥项目", "连山区", 800, "城投公司"],
    ["P3", "污水处理厂项目", "龙港区", 5600, "水务公司"],
    ["P4", "产业园道路项目", "龙港区", 900, "城投公司"],
    ["P5", "医院新建项目", "建昌县", 33000, "卫健局"],
    ["P6", "学校新建项目", "建昌县", 7000, "教育局"],
]


@pytest.fixture
def drafts(office: Settings) -> Drafts:
    return Drafts(office)


def sheet(path: Path, rows: list[list[Any]], header: list[str] = HEADER) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "项目"
    for row in (header, *rows):
        page.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def sent(drafts: Drafts, made: Path, name: str = "台账.xlsx", who: str | None = "张三") -> Draft:
    """The file uploaded and judged."""
    temporary = drafts.settings.data_dir / ".upload.tmp"
    temporary.parent.mkdir(parents=True, exist_ok=True)
    temporary.write_bytes(made.read_bytes())
    received = drafts.receive(temporary, name, who)
    assert received.state == "working" and not temporary.exists()
    return drafts.work(received.id)


def test_a_file_is_judged_and_waits_for_a_person(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path
) -> None:
    made = sheet(tmp_path / "a.xlsx", ROWS)
    draft = sent(drafts, made)
    assert (draft.state, draft.can_publish, draft.needs_consent, draft.day) == ("ready", True, False, DAY)
    assert draft.counts == {"projects": 6} and "可以发布:项目 6 行" in draft.message
    assert draft.sha256 == pipeline.sha256_of(made) == pipeline.sha256_of(drafts.file(draft.id))
    assert drafts.get(draft.id) == draft and drafts.drafts() == [draft]
    assert draft.summary and draft.summary.before is None and len(draft.summary.new) == 6
    assert store.current() is None


def test_publishing_puts_it_on_the_wall_and_says_who(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path
) -> None:
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", ROWS))
    done = drafts.publish(draft.id, "李四")
    assert done.state == "published" and done.version == "2026-11-22/1"
    assert store.current() == Version(DAY, 1)
    manifest = store.manifest(Version(DAY, 1))
    assert (manifest.who, manifest.via, manifest.source_name) == ("李四", "page", "台账.xlsx")
    kept = store.kept_file(Version(DAY, 1))
    assert kept and pipeline.sha256_of(kept) == draft.sha256
    [outcome] = Journal.of(drafts.settings).outcomes()
    assert (outcome.who, outcome.via, outcome.version) == ("李四", "page", Version(DAY, 1))
    [load] = drafts.working.history.loads()
    assert load.id == outcome.load_id == done.load_id and load.who == "李四"
    assert drafts.publish(draft.id) == done  # pressed twice
    with pytest.raises(DraftError, match="已发布"):
        drafts.drop(draft.id)


def test_the_summary_is_against_the_wall(drafts: Drafts, tmp_path: Path) -> None:
    header = [*HEADER, "计划开工", "实际开工"]
    before = [[*row, "2026-11-02", None] for row in ROWS[:3]]
    pipeline.load(sheet(tmp_path / "昨.xlsx", before, header), drafts.settings, days_before(1))
    now = [
        [*ROWS[0], "2026-11-02", "2026-11-20"],
        [*before[1][:3], 900, *before[1][4:]],
        [*ROWS[3], None, None],
    ]
    summary = sent(drafts, sheet(tmp_path / "今.xlsx", now, header)).summary
    assert summary and summary.before == Version(days_before(1), 1) and summary.day == DAY
    assert summary.new == (("P4", "产业园道路项目"),)
    assert summary.gone == (("P3", "污水处理厂项目"),)
    assert summary.withdrawn == ()
    assert summary.changed == 2
    assert [(name, node) for name, node, _ in summary.nodes_done] == [("钢铁厂改造项目", "开工")]
    assert ("P4", "产业园道路项目", None, "grey") in summary.lights
    [started] = [line for line in summary.lights if line[0] == "P1"]
    assert started[2] != started[3]


def test_a_refused_file_shows_the_rows_and_gives_a_marked_copy(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path
) -> None:
    faulty = [[row[0], None, *row[2:]] for row in ROWS[:3]] + ROWS[3:]
    draft = sent(drafts, sheet(tmp_path / "坏.xlsx", faulty), "坏.xlsx")
    assert draft.state == "refused" and not draft.can_publish
    errors = [f for f in draft.findings if f.weight == "error"]
    assert {f.cell for f in errors} == {"B2", "B3", "B4"}
    assert draft.rows["项目!2"] == ("P1", "", "连山区", "12000", "钢铁公司")
    assert draft.rows["项目!header"] == tuple(HEADER)
    marked = load_workbook(drafts.marked_copy(draft.id))
    assert "校验结果" in marked.sheetnames and marked["项目"]["B2"].comment
    [load] = drafts.working.history.loads()
    assert (load.accepted, load.via, load.who) == (False, "page", "张三")
    assert load.kept_file and pipeline.sha256_of(load.kept_file) == draft.sha256
    with pytest.raises(DraftError, match="不能发布"):
        drafts.publish(draft.id, good_rows_only=True)
    assert store.current() is None


def test_rows_with_errors_are_held_back_only_when_a_person_wants_it(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path
) -> None:
    faulty = [*ROWS[:5], [ROWS[5][0], None, *ROWS[5][2:]]]
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", faulty))
    assert (draft.state, draft.needs_consent, draft.held_back) == ("ready", True, 1), draft.findings
    with pytest.raises(DraftError, match="1 行有错误"):
        drafts.publish(draft.id)
    done = drafts.publish(draft.id, good_rows_only=True)
    assert done.state == "published" and "有错误未采用 1 行" in done.message
    version = Version(DAY, 1)
    assert store.manifest(version).held_back == {"projects": 1}
    assert store.ledgers(version)["projects"]["project_id"].to_list() == ["P1", "P2", "P3", "P4", "P5"]
    assert drafts.working.history.loads()[0].held_back == 1


def test_a_wall_that_changed_meanwhile_is_compared_again(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path
) -> None:
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", ROWS))
    pipeline.load(sheet(tmp_path / "b.xlsx", ROWS[:2]), drafts.settings)
    again = drafts.publish(draft.id)
    assert again.state == "ready" and "挂图已更新到 2026-11-22/1" in again.message
    assert again.summary and again.summary.before == Version(DAY, 1) and len(again.summary.new) == 4
    assert store.current() == Version(DAY, 1)
    assert drafts.publish(draft.id).version == "2026-11-22/2"


def test_the_same_bytes_again_make_no_new_version(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path
) -> None:
    made = sheet(tmp_path / "a.xlsx", ROWS)
    drafts.publish(sent(drafts, made).id)
    again = sent(drafts, made, "台账(1).xlsx")
    assert not again.can_publish and "内容相同" in again.message
    assert store.versions() == [Version(DAY, 1)]


def test_an_answer_is_remembered_and_the_file_judged_again(drafts: Drafts, tmp_path: Path) -> None:
    header = [h for h in HEADER if h != "项目编号"]
    others = [row[1:] for row in ROWS[1:]]
    before = [["滨海大道综合改造", *ROWS[0][2:]], *others]
    pipeline.load(sheet(tmp_path / "昨.xlsx", before, header), drafts.settings, days_before(1))
    renamed = [["滨海大道改造", *ROWS[0][2:]], *others]
    draft = sent(drafts, sheet(tmp_path / "今.xlsx", renamed, header))
    [question] = [q for q in draft.questions if q.kind == "same_project"]
    assert draft.summary and len(draft.summary.new) == 1 and len(draft.summary.gone) == 1
    with pytest.raises(DraftError):
        drafts.answer(draft.id, question.id, "maybe")
    after = drafts.answer(draft.id, question.id, "same", "张三")
    assert not [q for q in after.questions if q.kind == "same_project"]
    assert after.summary and after.summary.new == () == after.summary.gone
    [decision] = Remembered(drafts.settings.data_dir).decisions()
    assert decision.who == "张三" and decision.kind == "same_project"


def test_a_question_answered_with_keep_is_not_asked_again(drafts: Drafts, tmp_path: Path) -> None:
    pipeline.load(sheet(tmp_path / "昨.xlsx", ROWS), drafts.settings, days_before(1))
    draft = sent(drafts, sheet(tmp_path / "今.xlsx", ROWS[:5]))
    [question] = [q for q in draft.questions if q.kind == "gone_project"]
    kept = drafts.answer(draft.id, question.id, "keep")
    assert kept.questions == () and kept.can_publish
    assert drafts.work(draft.id).questions == ()


def test_a_column_mapped_by_hand_is_remembered_for_the_source(drafts: Drafts, tmp_path: Path) -> None:
    header = [*HEADER[:3], "投资盘子(万元)", "业主"]
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", ROWS, header), "报表2026-11.xlsx")
    [column] = draft.unknown_columns
    with pytest.raises(DraftError, match="没有栏目"):
        drafts.map_column(draft.id, column.sheet, column.header, "weather")
    with pytest.raises(DraftError, match="没有待对应的列"):
        drafts.map_column(draft.id, column.sheet, "别的", "note")
    mapped = drafts.map_column(draft.id, column.sheet, column.header, "total_investment_yuan", "张三")
    assert mapped.unknown_columns == ()
    drafts.publish(mapped.id)
    next_month = sent(drafts, sheet(tmp_path / "b.xlsx", ROWS[:5], header), "报表2026-12.xlsx")
    assert next_month.unknown_columns == ()
    projects = SnapshotStore(drafts.settings.snapshots_dir).ledgers(Version(DAY, 1))["projects"]
    assert projects["total_investment_yuan"][0] == 120_000_000


def test_a_dropped_draft_leaves_the_wall_and_no_file(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path
) -> None:
    draft = drafts.drop(sent(drafts, sheet(tmp_path / "a.xlsx", ROWS)).id)
    assert draft.state == "dropped" and store.current() is None
    for act in (drafts.publish, drafts.work, drafts.file, drafts.marked_copy):
        with pytest.raises(DraftError):
            act(draft.id)


@pytest.mark.parametrize("draft_id", ["", "../office", "20261122-093000-1a2b3c", "x" * 300, "20261122"])
def test_an_id_nobody_has_is_told_so(drafts: Drafts, draft_id: str) -> None:
    with pytest.raises(DraftError, match="重新上传"):
        drafts.get(draft_id)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/台账.xlsx", "台账.xlsx"),
        ("C:\\我的\\台账.xlsx", "台账.xlsx"),
        ("台\x00账\n?.xlsx", "台账.xlsx"),
    ],
)
def test_a_name_with_tricks_in_it_becomes_a_plain_one(
    drafts: Drafts, tmp_path: Path, given: str, kept: str
) -> None:
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", ROWS), given)
    assert draft.file_name == kept
    assert drafts.file(draft.id).parent.parent == drafts.settings.drafts_dir / draft.id


def test_old_drafts_are_cleaned_away_and_nothing_else(drafts: Drafts, tmp_path: Path) -> None:
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", ROWS))
    old = drafts.store.write(replace(draft, received_at=draft.received_at - timedelta(days=8)))
    fresh = sent(drafts, sheet(tmp_path / "b.xlsx", ROWS[:5]), "b.xlsx")
    assert [d.id for d in drafts.drafts()] == [fresh.id]
    assert not (drafts.settings.drafts_dir / old.id).exists()
    assert {p.name for p in drafts.settings.drafts_dir.iterdir()} == {fresh.id, ".changed"}


def test_a_draft_that_was_being_judged_is_taken_up_at_the_next_start(drafts: Drafts, tmp_path: Path) -> None:
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", ROWS))
    drafts.store.write(replace(draft, state="working", step="校验", step_number=3, can_publish=False))
    Drafts(drafts.settings).tend()
    assert drafts.get(draft.id).state == "ready"


@pytest.mark.parametrize("is_up", [False, True], ids=["before", "after"])
def test_a_publication_cut_short_is_finished_at_the_next_start(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path, is_up: bool
) -> None:
    made = sheet(tmp_path / "a.xlsx", ROWS)
    draft = sent(drafts, made)
    if is_up:
        pipeline.load(made, drafts.settings, who="李四", via="page")
    wish = Wish("李四", False)
    drafts.store.write(replace(draft, state="working", step="发布", step_number=6, wish=wish))
    Drafts(drafts.settings).tend()
    done = drafts.get(draft.id)
    assert done.state == "published" and done.version == "2026-11-22/1"
    assert store.versions() == [Version(DAY, 1)]
    assert store.manifest(Version(DAY, 1)).who == "李四"


def test_an_internal_fault_is_told_and_leaves_the_wall(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "judge", broken)
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", ROWS))
    assert draft.state == "refused" and "内部故障" in draft.message
    assert store.current() is None
    assert drafts.working.history.loads() == []  # the file isn't at fault


@pytest.mark.parametrize("taken", [0, 1, 3, 6, 9, 12, 40])
def test_a_disk_that_fills_up_during_publication_leaves_no_draft_at_work(
    drafts: Drafts, store: SnapshotStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: int
) -> None:
    draft = sent(drafts, sheet(tmp_path / "a.xlsx", ROWS))
    replace_text, left = disk.replace_text, [taken]

    def full(path: Path, text: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace_text(path, text)

    with monkeypatch.context() as filled:
        filled.setattr(disk, "replace_text", full)
        with suppress(OSError):
            drafts.publish(draft.id)
        told = Drafts(drafts.settings).get(draft.id)
        assert told.state == ("published" if store.current() else "ready" if taken == 0 else "refused")
        assert "挂图未变" in told.message or told.state != "refused"
    assert Drafts(drafts.settings).get(draft.id).state == told.state
    assert f'"state": "{told.state}"' in (drafts.store.dir / draft.id / "draft.json").read_text("utf-8")


def test_a_file_that_cannot_be_read_says_why_and_is_in_the_history(drafts: Drafts, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    draft = sent(drafts, broken, "坏.xlsx")
    assert draft.state == "refused" and draft.message
    assert [f.weight for f in draft.findings] == ["error"]
    assert drafts.working.history.loads()[0].id == draft.load_id
    assert "校验结果" in load_workbook(drafts.marked_copy(draft.id)).sheetnames


def test_every_step_is_on_the_disk_as_it_begins(
    drafts: Drafts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, int]] = []
    write = drafts.store.write

    def watched(draft: Draft) -> Draft:
        written = write(draft)
        seen = drafts.get(draft.id)
        if seen.state == "working":
            told.append((seen.step, seen.step_number, seen.steps))
        return written

    monkeypatch.setattr(drafts.store, "write", watched)
    draft = sent(drafts, project_workbook(tmp_path / "a.xlsx", 3))
    assert told == [(word, n, 5) for n, word in enumerate(Drafts.STEP_WORDS[:5], 1)]
    told.clear()
    drafts.publish(draft.id)
    assert told[1:] == [(word, n, 6) for n, word in enumerate(Drafts.STEP_WORDS, 1)]
