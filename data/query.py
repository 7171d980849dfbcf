"""The one door to the data: run a question by name with bound parameters, get a polars frame.

The snapshot is chosen by the status date, the schedule is that of the status date (lights and float
change at midnight without a new file), and a result is kept by (version, question, parameters).
"""

from __future__ import annotations

import asyncio
from datetime import date
from functools import cache
from typing import Any, Final

import polars as pl

from data.catalog import QuerySpec, catalog
from data.database import BrokenDatabaseError, Database, Pool
from data.errors import BadParameter, SnapshotError, UnknownQuery
from data.manifest import Version
from data.parameters import bind
from data.settings import Settings, settings
from data.snapshots import FINDINGS_TABLE, SnapshotStore
from data.standing import Standing, standing_in
from data.standing_frames import LookingBack
from data.standing_history import History
from data.tables import snapshot_tables, status_date
from data.workdays import FRAME_FIRST, FRAME_LAST

DATABASES_KEPT: Final = 4
RESULTS_KEPT: Final = 512
RESULTS_KEPT_BYTES: Final = 64 * 1024 * 1024

DatabaseKey = tuple[Version, date]
ResultKey = tuple[Version, str, str, str]


class Queries:
    """All questions over one store of snapshots; safe to use from any number of threads."""

    def __init__(
        self, settings: Settings, store: SnapshotStore | None = None, *, patient: bool = True
    ) -> None:
        """`patient` waits for the whole past; else what is still being worked out is left out meanwhile."""
        self._settings = settings
        self._store = store or SnapshotStore(settings.snapshots_dir)
        self._databases: Pool[DatabaseKey, Database] = Pool(DATABASES_KEPT)
        self._looking_back = LookingBack(self._store, settings, patient)
        self._results: Pool[ResultKey, pl.DataFrame] = Pool(
            RESULTS_KEPT, pl.DataFrame.estimated_size, RESULTS_KEPT_BYTES
        )

    def names(self) -> list[str]:
        """Every question that can be asked, in alphabetical order."""
        return list(catalog())

    def describe(self, name: str) -> QuerySpec:
        """The contract of one question; UnknownQuery names the ones there are."""
        spec = catalog().get(name)
        if spec is None:
            raise UnknownQuery(f"没有名为“{name}”的查询;可用的查询有:{'、'.join(self.names())}。")
        return spec

    def run(self, name: str, **params: object) -> pl.DataFrame:
        """The answer to one question; its columns are those the question's header names.

        `as_of` defaults to the settings' status date. UnknownQuery, BadParameter and SnapshotError
        carry a sentence for the person asking.
        """
        spec = self.describe(name)
        values = bind(spec, params, self._settings.as_of())
        as_of = self._checked(values["as_of"])
        version = self._version_for(as_of)
        self._check_since(values.get("since"), as_of)
        key = (version, name, repr(sorted(values.items())), self._looking_back.mark(spec))
        frame = self._results.get(key, lambda: self._answer(spec, version, as_of, values))
        return frame.clone()

    async def ask(self, name: str, **params: object) -> pl.DataFrame:
        """`run` off the event loop: DuckDB must not hold up the other pages."""
        return await asyncio.to_thread(self.run, name, **params)

    def version(self, as_of: date | None = None) -> Version | None:
        """The version that answers for this status date; null where no snapshot is that old."""
        return self._store.at(as_of or self._settings.as_of())

    def shows_demo(self, as_of: date | None = None) -> bool:
        """Whether the version that answers for this status date is the demo city's."""
        return self.version(as_of) in self._store.catalogue().demo

    def state(self) -> tuple[date, int | None, int]:
        """A mark that changes whenever an answer may: with the day, a publication, a rollback, more past."""
        try:
            written = self._store.pointer.stat().st_mtime_ns
        except FileNotFoundError:
            written = None
        return self._settings.as_of(), written, self._looking_back.rounds

    def warm(self, as_of: date | None = None) -> None:
        """Build the database of this status date before somebody asks, and bring the past up to it."""
        day = self._checked(as_of or self._settings.as_of())
        self._database(self._version_for(day), day)
        self.past()

    def adopt(self, version: Version, database: Database) -> None:
        """Answer for this version from the database its health checks ran in, instead of building another.

        The database holds the ledgers and the schedule of the version just published, on its own day.
        """
        manifest = self._store.manifest(version)
        database.replace("status_date", status_date(manifest.as_of, manifest))
        database.replace(FINDINGS_TABLE, self._store.table(version, FINDINGS_TABLE))
        self._databases.put((version, manifest.as_of), database)
        # a day is answered by its newest revision: 20 MB each of the ones before would stay for nothing
        self._databases.drop_where(lambda key: key[0].day == version.day and key[0] < version)

    def standing(self, as_of: date) -> Standing:
        """What projects and nodes are on this status date, to be compared with."""
        day = self._checked(as_of)
        return standing_in(self._database(self._version_for(day), day))

    def past(self) -> History:
        """All snapshots as changes from one to the next: slips, marks and shares of rates."""
        return self._looking_back.past()

    def snapshot_days(self) -> pl.DataFrame:
        """One published version a row, newest first: day, revision, version, source_name, published_at."""
        manifests = [self._store.manifest(v) for v in reversed(self._store.versions())]
        rows = [
            (m.version.day, m.version.revision, str(m.version), m.source_name, m.published_at)
            for m in manifests
        ]
        columns = {
            "day": pl.Date(),
            "revision": pl.Int32(),
            "version": pl.String(),
            "source_name": pl.String(),
            "published_at": pl.String(),
        }
        return pl.DataFrame(rows, schema=columns, orient="row")

    def _checked(self, as_of: date) -> date:
        if FRAME_FIRST <= as_of <= FRAME_LAST:
            return as_of
        raise BadParameter(f"状态日期 {as_of} 超出工作日历({FRAME_FIRST} 至 {FRAME_LAST});请换一个日期。")

    def _check_since(self, since: date | None, as_of: date) -> None:
        """A day compared with must have a snapshot, and not lie after the day it is compared with."""
        if since is None:
            return
        if since > as_of:
            raise BadParameter(f"比较的日期 {since} 晚于状态日期 {as_of};请选 {as_of} 或以前的日期。")
        self._version_for(since, "比较的日期")

    def _version_for(self, as_of: date, called: str = "状态日期") -> Version:
        version = self._store.at(as_of)
        if version is not None:
            return version
        first = next(iter(self._store.versions()), None)
        if first is None:
            raise SnapshotError("还没有任何快照;请把台账放入 inbox 文件夹,或运行 guatu demo 生成演示数据。")
        raise BadParameter(f"{called} {as_of} 早于第一份快照 {first.day};请选 {first.day} 或以后的日期。")

    def _database(self, version: Version, as_of: date) -> Database:
        build = lambda: Database(snapshot_tables(self._store, version, as_of, self._settings))  # noqa: E731
        return self._databases.get((version, as_of), build)

    def _answer(self, spec: QuerySpec, version: Version, as_of: date, values: dict[str, Any]) -> pl.DataFrame:
        database = self._database(version, as_of)
        try:
            return self._asked(database, spec, version, values)
        except BrokenDatabaseError:
            self._databases.drop((version, as_of), database)
            return self._asked(self._database(version, as_of), spec, version, values)

    def _asked(
        self, database: Database, spec: QuerySpec, version: Version, values: dict[str, Any]
    ) -> pl.DataFrame:
        bound = {name: value for name, value in values.items() if name in spec.bound}
        beside = self._looking_back.frames(spec, values, version, database)
        return database.ask(spec.sql, bound, long=spec.long, beside=beside)


@cache
def queries() -> Queries:
    """The process's one door; its settings are the process's."""
    return Queries(settings(), patient=False)
