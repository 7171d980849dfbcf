"""A .parquet file as a sheet whose first row is the column names."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any, Final

from data.reading.packing import About, packed
from data.reading.serving import Fault

BROKEN: Final = "Parquet 文件已损坏,无法读出。请重新导出后再报。"


def parquet_sheet(path: Path, max_cells: int) -> dict[str, Any]:
    """The sheet; lists are joined by 、. A lie about sizes ends only this process."""
    os.putenv("POLARS_MAX_THREADS", "2")  # every thread reserves address space, which is bounded
    import polars as pl

    try:
        shape = pl.scan_parquet(path)
        names = shape.collect_schema().names()
        height = int(shape.select(pl.len()).collect().item())
        if (height + 1) * len(names) > max_cells:
            raise Fault(f"文件的单元格超过 {max_cells} 格的上限。请拆分后再报。")
        frame = pl.read_parquet(path)
        columns = [[name, *map(plain, frame.get_column(name).to_list())] for name in names]
    except (Fault, MemoryError):
        raise
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as e:
        raise Fault(BROKEN) from e
    return packed(path.stem, columns, height + 1, About())


def plain(value: object) -> object:
    """A Parquet value as a cell."""
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return str(value)
