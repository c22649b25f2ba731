"""What a table of a run is: a record of its columns, and of the rows that other tables imply."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

SCHEMA = "2"

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Mapping[str, str]]]  # by name; fields as the files hold them
Columns = Mapping[str, type[str] | type[float] | type[int]]


class Expected(NamedTuple):
    """A row that must be in a table, because `witness` is in the table named `source`."""

    row: Row
    source: str
    witness: Row


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of a run. No two of its rows have the same `keys`; `measured` are its other columns."""

    name: str
    title: str | None  # the heading over its rows on the page; None where the page does not list them
    summary: str  # one line for the list of files
    keys: Columns
    measured: Columns
    expected: Callable[[Tables], Iterable[Expected]]  # the rows that other tables imply, at least once each
    optional: bool = False  # whether a run may be without it

    @property
    def columns(self) -> tuple[str, ...]:
        """The header of the file."""
        return ("schema", *self.keys, *self.measured)

    @property
    def text(self) -> frozenset[str]:
        """The columns that hold text; the others hold numbers, or nothing."""
        kinds = {"schema": str, **self.keys, **self.measured}
        return frozenset(column for column, kind in kinds.items() if kind is str)

    def key(self, row: Row) -> tuple[Any, ...]:
        """The fields that name a row."""
        return tuple(row[column] for column in self.keys)

    def row_title(self, key: Iterable[str]) -> str:
        """The key of a row for a reader: squared_error shared mu sigma=3."""
        pairs = zip(self.keys.items(), key, strict=True)
        return " ".join(value if kind is str else f"{column}={value}" for (column, kind), value in pairs if value)


def texts(names: str) -> Columns:
    """Columns of text, from their names in one line."""
    return dict.fromkeys(names.split(), str)


def numbers(names: str) -> Columns:
    """Columns of numbers, from their names in one line."""
    return dict.fromkeys(names.split(), float)


def counts(names: str) -> Columns:
    """Columns of whole numbers, from their names in one line."""
    return dict.fromkeys(names.split(), int)


CELL = texts("objective variant latent family theta components entropy data sampler")
GRID = {**texts("parameter"), **numbers("mu sigma"), **counts("dataset_size samples dimension")}
