"""Digests of a table as its file holds it, whole and by rows and columns, so that a change has a place."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROW = 4  # hexadecimal digits a row: one change in 65,536 goes unplaced, none unseen, for `sha256` is whole
COLUMN = 16


@dataclass(frozen=True, slots=True)
class Digests:
    """What a manifest keeps of a table."""

    rows: int
    sha256: str  # of the file
    row_sums: str  # ROW digits for each row, in the order of the file
    column_sums: Mapping[str, str]

    def changed_rows(self, now: "Digests") -> list[int]:
        """Which of as many rows are not as they were, counted from 0."""
        places = range(0, len(now.row_sums), ROW)
        return [i // ROW for i in places if self.row_sums[i : i + ROW] != now.row_sums[i : i + ROW]]

    def changed_columns(self, now: "Digests") -> list[str]:
        """Which columns are not as they were."""
        return [column for column, digest in now.column_sums.items() if self.column_sums.get(column) != digest]

    def reordered(self, now: "Digests") -> bool:
        """Whether the rows are the same ones in another order."""
        return self.row_sums != now.row_sums and _sorted(self.row_sums) == _sorted(now.row_sums)


def digests(text: str) -> Digests:
    """The digests of a CSV text with a header."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return Digests(
        rows=len(rows),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        row_sums="".join(_digest(row, ROW) for row in rows),
        column_sums={column: _digest([row[place] for row in rows], COLUMN) for place, column in enumerate(header)},
    )


def _digest(fields: Sequence[str], digits: int) -> str:
    return hashlib.sha256("\0".join(fields).encode()).hexdigest()[:digits]


def _sorted(sums: str) -> list[str]:
    return sorted(sums[i : i + ROW] for i in range(0, len(sums), ROW))
