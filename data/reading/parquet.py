"""A .parquet file as a sheet whose first row is the column names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any, Final

from data.reading.packing import About, packed
from data.reading.serving import Fault

BROKEN: Final = "Parquet 文件已损坏,无法读出。请重新导出后再报。"


def parquet_sheet(path: Path, max_cells: int) -> dict[str, Any]:
    """The sheet; lists are joined by 、. A lie about sizes ends only this process.

    pyarrow and not Polars: of the address space, which is bounded, Polars reserves several times its need.
    """
    os.putenv("ARROW_DEFAULT_MEMORY_POOL", "system")
    import pyarrow as arrow
    import pyarrow.parquet

    arrow.set_cpu_count(1)
    arrow.set_io_thread_count(1)
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            names, height = file.schema_arrow.names, file.metadata.num_rows
            if (height + 1) * len(names) > max_cells or len(set(names)) < len(names):
                raise Fault(f"文件的单元格超过 {max_cells} 格的上限或列名重复。请拆分或改名后再报。")
            return packed(path.stem, columns(file, names, height), height + 1, About())
    except MemoryError:
        raise
    except (arrow.ArrowException, OSError, ValueError, OverflowError) as e:
        raise Fault(BROKEN) from e


def columns(file: Any, names: list[str], height: int) -> Iterator[list[object]]:
    """One column at a time: all of them as Python values would fill the memory given."""
    for name in names:
        values = file.read(columns=[name], use_threads=False).column(0).to_pylist()
        if len(values) != height:
            raise ValueError(name)
        yield [name, *map(plain, values)]


def plain(value: object) -> object:
    """A Parquet value as a cell."""
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and not isfinite(value):
        return None
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return str(value)
