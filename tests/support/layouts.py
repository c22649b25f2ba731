"""Streams that go through the compiled loop in every layout, with members of every kind."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bench.laws.cases import ENTROPIES
from bench.plan.combinations import combined
from bench.plan.streams import Stream, Subgrid
from bench.registry import Registry
from bench.spec import Cell, Entropy, Variant
from tests.support.cases import EVERYTHING, SIGMA
from tests.support.rules import ESTIMATORS, RULES
from tests.support.streams import CELL, PER_DATUM, at_sigma, stream_of

SAMPLES = (2, 7, 10, 14, 64, 700, 1000)
CENTRE = 0.5


def grid(
    cell: Cell,
    *estimators: str,
    samples: Sequence[int] = SAMPLES,
    budget: int | None = None,
    registry: Registry = RULES,
) -> Stream:
    """The stream of these estimators at two values of sigma and several numbers of samples."""
    coupled = EVERYTHING.get("sampler", cell.sampler).coupled
    fitting = [k for k in samples if coupled == "estimate" or k % coupled == 0]
    sigma = cell.theta[1]
    doubled = tuple(2 * s for s in sigma) if isinstance(sigma, tuple) else 2 * sigma
    cells = [replace(at_sigma(cell, s), samples=k) for s in (sigma, doubled) for k in fitting]
    return centred(stream_of(cells, estimators, registry, budget))


def centred(stream: Stream) -> Stream:
    """The stream with a centre of its own for every row, member and cell: any will do."""

    def at(subgrid: Subgrid) -> Subgrid:
        shape = len(subgrid.cells), len(subgrid.members), subgrid.rows
        return replace(subgrid, centre=CENTRE * np.arange(1.0, 1 + np.prod(shape)).reshape(shape))

    return replace(stream, subgrids=tuple(map(at, stream.subgrids)))


def objective(name: str, *phi: float, dimension: int) -> Cell:
    """A cell of an objective without data."""
    entropy: Entropy | None = "closed_form" if EVERYTHING.get("objective", name).target else None
    return replace(CELL, objective=Variant(name, phi), entropy=entropy, dataset_size=None, dimension=dimension)


COSINE = objective("cosine", 1.3, 160.0, dimension=160)
CUBIC = objective("cubic", 3.0, dimension=3)
MEAN_FIELD = objective("mean_field", dimension=3)
POSTERIOR = replace(PER_DATUM, objective=Variant("gaussian_posterior", (1.3, 0.9)))
VECTOR = ((0.5, -1.0, 2.0), (0.3, 1.0, SIGMA))
LOO = "score_function_loo"
OWN = tuple(estimator.name for estimator in ESTIMATORS)
FEW = (2, 7, 10)
LAYOUTS = {
    "one component": grid(CELL, "pathwise", "score_function", LOO),
    "many strips": grid(COSINE, "pathwise", "score_function", LOO),
    "dependent draws": grid(replace(CELL, sampler="antithetic"), "pathwise", "score_function"),
    "dependent draws, many strips": grid(replace(COSINE, sampler="antithetic"), "pathwise", "second_order"),
    "one segment, many strips": grid(COSINE, "pathwise", LOO, samples=FEW, budget=8 * 64 * 10 * 160),
    "channels of their own": grid(PER_DATUM, "minibatch", "score_function_local", "scaled"),
    "all draws of an estimate dependent": grid(replace(CUBIC, sampler="stratified"), "pathwise", samples=(10,)),
}
KINDS = {
    "one component": grid(replace(CELL, dataset_size=3), *(n for n in OWN if n != "terms_and_own"), samples=FEW),
    "a separable f": grid(CUBIC, *OWN, "pathwise", LOO, samples=FEW),
    "a separable f, untied": grid(replace(CUBIC, components="untied"), *OWN, "pathwise", LOO, samples=FEW),
}
KINDS |= {
    f"{name}, {components}, {entropy}": grid(
        replace(cell, components=components, entropy=entropy, theta=VECTOR if components == "untied" else cell.theta),
        "pathwise",
        "score_function",
        LOO,
        *(["score_function_local", "terms_and_own"] if name == "separable target" else []),
        *(n for n in OWN if n != "terms_and_own" and (n != "points_at_y" or entropy == "closed_form")),
        samples=FEW,
    )
    for name, cell in {"target that does not separate": MEAN_FIELD, "separable target": POSTERIOR}.items()
    for components in ("tied", "untied")
    for entropy in ENTROPIES
}
KINDS |= {
    f"component by component, {name}": grid(
        replace(cell, components="untied"),
        *("pathwise", "score_function", LOO),
        *(n for n in OWN if name != "target" or n not in ("terms_and_own", "points_at_y")),
        samples=(2, 10),
    )
    for name, cell in {
        "a separable f": CUBIC,
        "dependent draws": replace(CUBIC, sampler="antithetic"),
        "target": replace(MEAN_FIELD, entropy="monte_carlo", theta=VECTOR),
    }.items()
}
COMBINED = combined(RULES, {"total": (1.0, 1.0), "shear": (-0.5, 3.0)}, ["normal"])
KINDS |= {
    f"{name}, with combinations": grid(cell, *OWN, "pathwise", LOO, samples=several, registry=COMBINED)
    for name, cell, several in (
        ("tied", CUBIC, FEW),
        ("untied", replace(CUBIC, components="untied"), FEW),
        ("component by component", replace(CUBIC, components="untied"), (2, 10)),
    )
}
STREAMS = LAYOUTS | {f"kinds of members, {name}": stream for name, stream in KINDS.items()}
