"""The picture's measures. One `u` is a hundredth of its height: everything depends on its shape alone.

A picture of 1920×1080 is 177.8 u wide and 100 u high. Type is 2.5 u at least (1/40 of the height).
assets/projection.css has the same measures; the server needs them to place bars and to count rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from components.projection_deck import Kind

HEAD: Final = 8.0  # the line above a picture
FOOT: Final = 5.0  # the line below it
EDGE: Final = 1.6  # free above and below what is between
SIDE: Final = 3.0  # free at the left and right
BODY: Final = 100 - HEAD - FOOT - 2 * EDGE
TYPE: Final = 2.6  # running text
AXIS: Final = 6.4  # months above bars
LEGEND: Final = 4.4  # the wall's legend with what is free around it
TABLE_HEAD: Final = 6.0
MOST_TABLE_ROW: Final = 8.4
# px of components/timeline_board.py that one row of one line takes
ROW_PX: Final = 30.0
# shapes between which a page is arranged in another way
NARROW: Final = 1.5
WIDE: Final = 2.5
LEAST_ASPECT: Final = 1.0
MOST_ASPECT: Final = 8.0


@dataclass(frozen=True)
class Stage:
    """A picture `aspect` times as wide as high."""

    aspect: float

    @property
    def width(self) -> float:
        """What is between the side edges, in u."""
        return self.aspect * 100 - 2 * SIDE

    @property
    def narrow(self) -> bool:
        """Whether it is a 4:3 picture, where columns have to go."""
        return self.aspect < NARROW

    @property
    def wide(self) -> bool:
        """Whether two projectors stand side by side."""
        return self.aspect > WIDE

    @property
    def per_page(self) -> dict[Kind, int]:
        """Rows of a list one page holds."""
        return {"regions": 13, "red": 6 if self.narrow else 9, "wall": 10 if self.narrow else 12}

    def rows(self, lines: int) -> int:
        """Rows of so many lines of a meeting's table one page holds."""
        return {1: 13, 2: 9}[lines] - (self.narrow and 2)

    def filled(self, rows: int) -> float:
        """Height of a table with so many rows in u, no more than they need."""
        return min(TABLE_HEAD + rows * MOST_TABLE_ROW, BODY)

    @property
    def wall_row(self) -> float:
        """Height of a row of the wall, in u."""
        return (100 - HEAD - FOOT - AXIS - LEGEND) / self.per_page["wall"]

    def table_height(self, kind: Kind, rows: int, total: int) -> float:
        """Height of a table with so many rows of `total` in u: a full page's share, or all of a page."""
        if total > self.per_page[kind]:
            return TABLE_HEAD + rows * (BODY - TABLE_HEAD) / self.per_page[kind]
        return self.filled(rows)


def stage(asked: float | None) -> Stage:
    """The stage of a shape; one that can't be is 16:9 or the nearest possible."""
    if asked is None or asked != asked:
        return Stage(16 / 9)
    return Stage(round(min(max(asked, LEAST_ASPECT), MOST_ASPECT), 2))


def units(value: float) -> str:
    """A length of so many u as CSS."""
    return f"calc({value:.3f} * var(--u))"
