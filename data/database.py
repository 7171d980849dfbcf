"""One in-memory DuckDB database per (version, as_of): ledgers, schedule, and every view computed once.

Nothing is shared between versions, so a query never sees half of a new snapshot. A database takes
no part in persistence: it is rebuilt from the snapshot whenever it is evicted or has failed.
"""

from __future__ import annotations

import re
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar, cast

import duckdb
import polars as pl

from data.catalog import views
from data.errors import ConfigurationError

CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 1,
    "memory_limit": "2GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    # texts reach polars as they stand in DuckDB; from this Arrow version on
    "arrow_output_version": "1.5",
    "produce_arrow_string_view": True,
}
# a second thread pays where there is much to share out; below, handing the work over costs more than it saves
ROWS_FOR_TWO_THREADS: Final = 100_000
# what reckons hashes: another release may reckon them otherwise
ENGINE: Final = f"duckdb {duckdb.__version__}"
# after one of these the whole DuckDB instance refuses work
_FATAL: Final = (duckdb.InternalException, duckdb.FatalException)

_TYPE: Final = re.compile(r"create type\b", re.IGNORECASE)
_FUNCTION: Final = re.compile(r"create macro \w+\([^)]*\) as\s+(?!table\b)", re.IGNORECASE)

# asked for on purpose: see Database.ask
warnings.filterwarnings("ignore", "Arrow output on a DB-API result makes an extra copy", UserWarning)

Tables = Mapping[str, pl.DataFrame]
NO_TABLES: Final[Tables] = MappingProxyType({})


class BrokenDatabaseError(Exception):
    """DuckDB failed inside; this database must be thrown away and built again."""


class Database:
    """Base tables and materialised views of one (version, as_of); safe to ask from any thread."""

    def __init__(self, tables: Tables, plan: Plan | None = None, at_once: int = 2) -> None:
        """With these base tables and the views of a plan, null for all of them; so many built `at_once`."""
        self._root = duckdb.connect(":memory:", config=CONFIG)
        if sum(frame.height for frame in tables.values()) > ROWS_FOR_TWO_THREADS:
            self._root.execute("set threads = 2")
        for name, frame in tables.items():
            self._root.register("incoming", frame)
            # table names are the program's own
            self._root.execute(f'create table "{name}" as select * from incoming')  # noqa: S608
            self._root.unregister("incoming")
        self._build(plan or whole_plan(), at_once)
        self._root.execute("set lock_configuration = true")

    def _build(self, plan: Plan, at_once: int) -> None:
        """Each view as soon as those it reads stand: half of them wait for none of the others."""
        order = TopologicalSorter(plan.needs)
        order.prepare()
        building: dict[Future[None], str] = {}
        with ThreadPoolExecutor(at_once) as pool:
            while order.is_active():
                ready = sorted(order.get_ready())
                building |= {pool.submit(self._create, plan.creations[name]): name for name in ready}
                for done in wait(building, return_when=FIRST_COMPLETED).done:
                    done.result()
                    order.done(building.pop(done))

    def _create(self, statement: str) -> None:
        with self._cursor() as cursor:
            cursor.execute(statement)

    def ask(
        self, sql: str, parameters: Mapping[str, Any], *, long: bool = False, beside: Tables = NO_TABLES
    ) -> pl.DataFrame:
        """The result of one statement with bound parameters; an ENUM column comes as Categorical.

        `long` is for hundreds of thousands of rows. `beside` are rows that stand in the place of the
        views of these names, for this question alone. BrokenDatabaseError: build a new one.
        """
        bound = dict(parameters) or None
        with self._cursor() as cursor:
            try:
                for name, frame in beside.items():
                    cursor.register(name, frame)
                if long:
                    return cast(pl.DataFrame, cursor.sql(sql, params=bound).pl())
                # planned once, where sql() plans twice; its copy of the rows is cheaper while they are few
                return cast(pl.DataFrame, pl.from_arrow(cursor.execute(sql, bound).to_arrow_table()))
            except _FATAL as fault:
                raise BrokenDatabaseError(str(fault)) from fault

    def replace(self, name: str, frame: pl.DataFrame) -> None:
        """Other rows in a base table that no materialised view reads; only before anybody asks."""
        with self._cursor() as cursor:
            cursor.register("incoming", frame)
            # table names are the program's own
            cursor.execute(f'create or replace table "{name}" as select * from incoming')  # noqa: S608
            cursor.unregister("incoming")

    def describe(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Column names and SQL types of a statement's result; of an ENUM without its values."""
        with self._cursor() as cursor:
            relation = cursor.sql(sql, params=dict(parameters) or None)
            return [(name, _word(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)]

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._root.cursor()
        try:
            yield cursor
        finally:
            cursor.close()


def _word(kind: duckdb.sqltypes.DuckDBPyType) -> str:
    return "ENUM" if kind.id == "enum" else str(kind)


@dataclass(frozen=True)
class Plan:
    """How views are built: by name the statement, and the views it reads."""

    creations: Mapping[str, str]
    needs: Mapping[str, set[str]]


@cache
def whole_plan() -> Plan:
    """How all views of queries/views are built."""
    return plan_of(views())


def plan_of(statements: Mapping[str, str]) -> Plan:
    """How these views are built; ConfigurationError for a circle."""
    needs = _needs(statements)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as fault:
        circle = "、".join(sorted(set(fault.args[1])))
        raise ConfigurationError(f"视图互相引用,无法排出先后:{circle};请检查 queries/views。") from fault
    return Plan({name: _creation(name, sql) for name, sql in statements.items()}, needs)


def needed_by(wanted: Iterable[str], statements: Mapping[str, str]) -> dict[str, str]:
    """The views wanted and all they read, however indirectly."""
    needs = _needs(statements)
    found: set[str] = set()
    ahead = set(wanted)
    while ahead:
        found |= ahead
        ahead = {name for before in ahead for name in needs[before]} - found
    return {name: sql for name, sql in statements.items() if name in found}


def _needs(statements: Mapping[str, str]) -> dict[str, set[str]]:
    """What every view reads of the others."""
    with duckdb.connect(":memory:", config=CONFIG) as connection:
        # DuckDB tells the tables of no statement that names a type or a function it doesn't know
        for name in _matching(statements, _TYPE):
            connection.execute(f"create type \"{name}\" as enum ('')")
        for name in _matching(statements, _FUNCTION):
            connection.execute(statements[name])
        return {name: _reads(connection, name, statements) for name in statements}


def _reads(connection: duckdb.DuckDBPyConnection, name: str, statements: Mapping[str, str]) -> set[str]:
    sql = statements[name]
    if not _creates_itself(sql):
        return (connection.get_table_names(sql) & statements.keys()) | _named(
            _matching(statements, _TYPE) | _matching(statements, _FUNCTION), sql
        )
    # DuckDB tells table names of plain questions only, so any view's name in the text counts
    return _named(statements.keys() - {name}, sql)


def _matching(statements: Mapping[str, str], form: re.Pattern[str]) -> set[str]:
    return {name for name, sql in statements.items() if form.match(sql)}


def _named(names: Iterable[str], sql: str) -> set[str]:
    return {name for name in names if re.search(rf"\b{name}\b", sql)}


def _creation(name: str, sql: str) -> str:
    return sql if _creates_itself(sql) else f'create table "{name}" as {sql}'


def _creates_itself(sql: str) -> bool:
    # macros, types, and the view that one other view reads once; the rest becomes tables, computed once
    return sql.lower().startswith("create ")


K = TypeVar("K")
V = TypeVar("V")


class Pool(Generic[K, V]):
    """The last few values built, each built once however many threads ask for it at the same time.

    With `weigh`, the oldest values go until all together weigh no more than `capacity`; one that is
    heavier than that isn't kept. An evicted database is only let go, never closed: a thread may still
    be asking it.
    """

    def __init__(self, size: int, weigh: Callable[[V], float] | None = None, capacity: int = 0) -> None:
        self._size = size
        self._weigh = weigh
        self._capacity = capacity
        self._lock = threading.Lock()
        self._values: OrderedDict[K, Future[V]] = OrderedDict()

    def get(self, key: K, build: Callable[[], V]) -> V:
        """The value of this key; a build that fails is told to everyone waiting and then forgotten."""
        with self._lock:
            future = self._values.get(key)
            mine = future is None
            if future is None:
                future = self._values[key] = Future()
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        if mine:
            self._fill(key, future, build)
        return future.result()

    def put(self, key: K, value: V) -> None:
        """Keep this value, built elsewhere, unless the key has one or is being built."""
        self.get(key, lambda: value)

    def drop(self, key: K, value: V) -> None:
        """Forget this value, unless somebody has replaced it already."""
        with self._lock:
            future = self._values.get(key)
            if future and future.done() and not future.exception() and future.result() is value:
                del self._values[key]

    def drop_where(self, is_past: Callable[[K], bool]) -> None:
        """Forget the values whose keys nobody will name again."""
        with self._lock:
            for key in [key for key in self._values if is_past(key)]:
                del self._values[key]

    def _fill(self, key: K, future: Future[V], build: Callable[[], V]) -> None:
        try:
            future.set_result(build())
        except BaseException as fault:
            with self._lock:
                if self._values.get(key) is future:
                    del self._values[key]
            future.set_exception(fault)
        self._lighten()

    def _lighten(self) -> None:
        if self._weigh is None:
            return
        with self._lock:
            weights = {key: self._weigh(f.result()) for key, f in self._values.items() if _built(f)}
            surplus = sum(weights.values()) - self._capacity
            for key, weight in weights.items():
                if surplus <= 0:
                    return
                del self._values[key]
                surplus -= weight


def _built(future: Future[Any]) -> bool:
    return future.done() and future.exception() is None
