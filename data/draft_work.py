"""Working on a draft: judging its file, publishing it, and telling every step as it begins."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from data import aside, disk, drafting, pipeline
from data.draft_store import Draft, DraftStore, Wish
from data.errors import GuatuError
from data.history import History
from data.journal import Journal, Outcome
from data.loads import load_id
from data.manifest import Version
from data.query import Queries, queries
from data.settings import Settings
from data.settings import settings as process_settings
from data.snapshots import SnapshotStore
from data.steps import JUDGING, STEPS

# each judging may take as much memory as the reading child is allowed
AT_ONCE: Final = 2
_TURNS: Final = BoundedSemaphore(AT_ONCE)

_log = logging.getLogger("guatu.drafts")


class DraftWork:
    """What is done to one office's drafts; whoever calls holds the draft. What comes back is on the disk."""

    def __init__(self, settings: Settings, store: DraftStore) -> None:
        self.settings = settings
        self.store = store
        self.history = History(settings)
        self._snapshots = SnapshotStore(settings.snapshots_dir)

    def judge(self, draft: Draft) -> Draft:
        """The draft after judging; a fault of ours leaves it refused with a sentence, to be tried again."""
        self.store.forget_marked(draft)
        draft = replace(draft, state="working", steps=len(JUDGING), can_publish=False, message="")
        path = self.store.file(draft)
        done = self._guarded(draft, lambda: self._judged(draft, path))
        if done.state != "refused" or not done.findings or done.load_id:
            return done
        try:
            return self._send_back(done, path)
        except OSError:
            _log.exception("draft %s is not in the history", draft.id)
            return done

    def _judged(self, draft: Draft, path: Path) -> Draft:
        with _TURNS:
            work, refused = pipeline.judge(path, self.settings, progress=self._telling(draft))
            return self.store.write(drafting.judged(draft, work, refused, self._queries()))

    def publish(self, draft: Draft, wish: Wish) -> Draft:
        """The draft published; or judged again, where what it was judged by has changed."""
        draft = replace(draft, steps=len(STEPS))
        return self._guarded(draft, lambda: self._published(draft, wish))

    def _published(self, draft: Draft, wish: Wish) -> Draft:
        path = self.store.file(draft)
        with self._snapshots.publishing():
            before = self._snapshots.at(draft.day or self.settings.as_of(), real_only=True)
            if drafting.basis(self.settings, before) != draft.basis:
                return self._look_again(draft, path, before)
            loaded = pipeline.load(
                path,
                self.settings,
                progress=self._telling(draft),
                skip_unchanged=True,
                who=wish.who,
                via="page",
                good_rows_only=wish.good_rows_only,
            )
        return self._told(draft, wish, loaded)

    def _look_again(self, draft: Draft, path: Path, before: Version | None) -> Draft:
        """The draft judged against the wall as it is now; published, if the draft itself made it."""
        work, refused = pipeline.judge(path, self.settings, progress=self._telling(draft))
        now = drafting.judged(draft, work, refused, self._queries())
        if work.unchanged and work.version:
            version, message = work.version, self.history.load(load_id(work.version)).message
            return self._up(now, version, message)
        changed = f"挂图已更新到 {before}" if before else "挂图已更新"
        told = f"您查看期间{changed},已重新比对,请再看一眼后发布。{now.message}"
        return self.store.write(replace(now, message=told) if not refused else now)

    def _told(self, draft: Draft, wish: Wish, loaded: pipeline.Loaded) -> Draft:
        version, now = loaded.version, self.settings.now()
        outcome = Outcome(
            draft.file_name,
            now,
            True,
            version,
            loaded.message,
            loaded.findings,
            wish.who,
            "page",
            load_id(version),
        )
        try:
            Journal.of(self.settings).tell(outcome)
        except OSError:
            # it is on the wall, and the version's own manifest says so
            _log.exception("draft %s is not in the journal", draft.id)
        return self._up(draft, version, loaded.message)

    def _up(self, draft: Draft, version: Version, message: str) -> Draft:
        published = replace(
            draft,
            state="published",
            version=str(version),
            message=message,
            can_publish=False,
            needs_consent=False,
            wish=None,
            load_id=load_id(version),
        )
        return self.store.write_at_last(published)

    def _send_back(self, draft: Draft, path: Path) -> Draft:
        """Keep a refused file, its marked copy and the reasons where the folder's refused files are."""
        load = aside.send_back(
            self.settings,
            path,
            draft.file_name,
            draft.sha256,
            draft.message,
            draft.findings,
            lambda target: disk.copy(path, target),
            via="page",
            who=draft.who,
        )
        return self.store.write(replace(draft, load_id=load.id))

    def _guarded(self, draft: Draft, act: Callable[[], Draft]) -> Draft:
        """What an act makes of the draft; a fault of ours becomes a sentence, and the wall is as it was."""
        try:
            return act()
        except (GuatuError, OSError) as fault:
            message = f"{fault};挂图未变,请稍后重新上传"
        except Exception:
            _log.exception("working on draft %s failed", draft.id)
            message = f"程序处理 {draft.file_name} 时出现内部故障,挂图未变;请把该文件和程序日志交给维护人员"
        return self.store.write_at_last(
            replace(draft, state="refused", can_publish=False, findings=(), wish=None, message=message)
        )

    def _telling(self, draft: Draft) -> pipeline.Progress:
        def told(word: str, number: int, _steps: int) -> None:
            self.store.write(replace(draft, step=word, step_number=number))

        return told

    def _queries(self) -> Queries:
        return queries() if self.settings == process_settings() else Queries(self.settings)
