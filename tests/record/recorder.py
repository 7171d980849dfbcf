"""A program that writes promises until it is killed; run as `python -m tests.record.recorder DIR NAME COUNT`.

Each number is printed when, and only when, it was answered.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from data.promise_line import parse
from data.record import Record
from data.settings import Settings

TODAY = date(2026, 11, 22)


def main() -> None:
    folder, name, count = sys.argv[1:]
    record = Record(Settings(data_dir=Path(folder), today=TODAY))  # type: ignore[call-arg]
    for number in range(int(count)):
        print(record.open(parse(f"{name} 12月5日前 第{number}件", TODAY), by=name), flush=True)


if __name__ == "__main__":
    main()
