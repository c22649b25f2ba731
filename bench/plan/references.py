"""What is below the ratios of a cell: an estimator there, or in the cell that differs in its sampler or entropy alone.

It is written ESTIMATOR, ESTIMATOR@SAMPLER or ESTIMATOR@ENTROPY, the estimator with its parameters where one of several
is meant: `pathwise@closed_form`, `finite_difference(h=0.1)`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.config.checks import bad
from bench.spec import Cell, Entropy, Variant

DEFAULT = ("pathwise", "score_function")


@dataclass(frozen=True, slots=True)
class Reference:
    """Estimators, of which the first that runs is taken, and where they are looked for if not in the cell itself."""

    estimators: tuple[str, ...] = DEFAULT  # by name, or by name and parameters
    sampler: str | None = None
    entropy: Entropy | None = None

    def cell(self, cell: Cell) -> Cell:
        """The cell in which the reference of a cell is."""
        return replace(cell, sampler=self.sampler or cell.sampler, entropy=self.entropy or cell.entropy)


def read(text: str | None, estimators: Mapping[str, Variant], cells: Iterable[Cell]) -> Reference:
    """The reference that is asked for, of estimators by their labels; BadInput where it is not in the sweep."""
    if text is None:
        return Reference()
    places: dict[str, dict[str, Any]] = {}
    for cell in cells:
        places |= {cell.sampler: {"sampler": cell.sampler}}
        places |= {cell.entropy: {"entropy": cell.entropy}} if cell.entropy else {}
    name, at, place = text.partition("@")
    names = dict.fromkeys(name for label, variant in estimators.items() for name in (variant.name, label))
    if name not in names or (at and place not in places):
        raise bad(
            "reference",
            text,
            f"null, or one of the estimators of the sweep: {', '.join(names)}; alone, or with @ and one of its "
            f"samplers and entropies: {', '.join(places)}",
        )
    return Reference((name,), **places.get(place, {}))
