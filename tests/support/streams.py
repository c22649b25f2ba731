"""The stream that serves a few estimators in a few cells, without a plan around it."""

from collections.abc import Iterable
from dataclasses import replace

from bench.engine.case import Case, case_of
from bench.laws.cases import DATA
from bench.plan.cells import Plan
from bench.plan.streams import Stream, streams
from bench.registry import Registry
from bench.spec import Cell, Floats, Variant
from tests.support.cases import EVERYTHING, MU, SIGMA

SQUARED_ERROR = Variant("squared_error")
BUDGET = 10**12  # of plans, in normals: nothing shrinks
CELL = Cell(SQUARED_ERROR, "shared", "normal", (MU, SIGMA), "tied", None, "iid", dataset_size=3, samples=1, dimension=1)
PER_DATUM = replace(CELL, latent="per_datum", dimension=3)


def at_sigma(cell: Cell, sigma: float | tuple[float, ...]) -> Cell:
    """The cell with another sigma of its normal."""
    return replace(cell, theta=(cell.theta[0], sigma))


def variants_of(names: Iterable[str], registry: Registry = EVERYTHING) -> list[Variant]:
    """Estimators by name, each at the first values of its parameters."""
    plugins = [registry.get("estimator", name) for name in names]
    return [Variant(plugin.name, tuple(float(values[0]) for values in plugin.axes.values())) for plugin in plugins]


def stream_of(
    cells: Iterable[Cell], estimators: Iterable[str], registry: Registry = EVERYTHING, budget: int | None = None
) -> Stream:
    """The only stream of every estimator in every cell."""
    variants = variants_of(estimators, registry)
    (stream,) = streams([(cell, variant) for cell in cells for variant in variants], registry, budget)
    return stream


def case_in(cell: Cell, estimator: str = "pathwise", sampler: str = "latin_hypercube") -> Case:
    """An estimator in a cell, its draws by a sampler."""
    cell = replace(cell, sampler=sampler)
    stream = stream_of([cell], [estimator])
    (subgrid,) = stream.subgrids
    return case_of(stream, subgrid, subgrid.members[0], cell, DATA)


def with_block(stream: Stream, normals: int) -> Stream:
    """The stream with so many normals a channel in a block."""
    return replace(stream, cut=replace(stream.cut, block=normals))


def plan_of(stream: Stream, data: dict[int, Floats] | None = None) -> Plan:
    """A plan that holds one stream, and what is below its ratios."""
    members = [member for subgrid in stream.subgrids for member in subgrid.members]
    variants = tuple(dict.fromkeys(member.variant for member in members))
    families = {subgrid.family.name: subgrid.family for subgrid in stream.subgrids}
    data = {DATA.size: DATA} if data is None else data
    return Plan((), variants, {}, (stream,), families, data, "test", BUDGET)
