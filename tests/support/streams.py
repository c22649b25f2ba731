"""The stream that serves a few estimators in a few cells, without a plan around it."""

from collections.abc import Iterable

from bench.plan.streams import Stream, streams
from bench.spec import Cell, Variant
from tests.support.cases import EVERYTHING, MU, SIGMA

SQUARED_ERROR = Variant("squared_error")
CELL = Cell(SQUARED_ERROR, "shared", "iid", MU, SIGMA, dataset_size=3, samples=1, dimension=1)


def stream_of(cells: Iterable[Cell], estimators: Iterable[str]) -> Stream:
    """The only stream of every estimator in every cell."""
    variants = [*map(Variant, estimators)]
    (stream,) = streams([(cell, variant) for cell in cells for variant in variants], EVERYTHING)
    return stream
