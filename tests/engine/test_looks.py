"""Where f is evaluated: at y for all that read it there, at the points of a rule, of all components at once or not."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest

from bench.engine import blocks, program
from bench.engine.apply import evaluated, looks
from bench.engine.case import Case, case_of
from bench.engine.noise import buffer, draw, generators
from bench.engine.workspace import Workspace, workspace
from bench.laws.cases import DATA, ENTROPIES
from bench.plan.rules import needs_of
from bench.spec import Cell, Derivatives, Entropy, Floats, Variant
from tests.support.rules import RULES
from tests.support.streams import CELL, PER_DATUM, stream_of

CUBIC = replace(CELL, objective=Variant("cubic", (3.0,)), dataset_size=None, dimension=3)
MEAN_FIELD = replace(CUBIC, objective=Variant("mean_field"), entropy="closed_form")
POSTERIOR = replace(PER_DATUM, objective=Variant("gaussian_posterior", (1.3, 0.9)), entropy="closed_form")


class Looked(NamedTuple):
    """The last strip of a chunk, and what the loop left of it in its workspace."""

    case: Case
    space: Workspace
    eps: Floats

    @property
    def y(self) -> Floats:
        """[d, strip]."""
        mu, sigma = self.case.theta.T
        return mu[:, np.newaxis] + sigma[:, np.newaxis] * self.eps[0]


def looked(cell: Cell, estimator: str) -> Looked:
    stream = stream_of([cell], [estimator], RULES)
    (subgrid,) = stream.subgrids
    linked = program.link(stream, subgrid, {3: DATA})
    space, noise = workspace(stream, linked), buffer(stream, 1)
    draw(stream, generators(stream, 1, 0), noise)
    blocks.run_strips(noise, 0, [linked], [space])
    return Looked(case_of(stream, subgrid, subgrid.members[0], cell, DATA), space, noise[-1])


@pytest.mark.parametrize("entropy", ENTROPIES)
@pytest.mark.parametrize("estimator", ["value_and_slope", "terms_and_own"])
def test_f_is_evaluated_at_y_with_log_q_where_the_entropy_is_open(entropy: Entropy, estimator: str) -> None:
    case, space, _ = seen = looked(replace(POSTERIOR, entropy=entropy), estimator)
    expected = evaluated(case, seen.y, needs_of(case.rule))
    for name in Derivatives._fields:
        if name in needs_of(case.rule):
            np.testing.assert_allclose(getattr(space.f, name), getattr(expected, name), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("estimator", ["points_at_y", "differences"])
@pytest.mark.parametrize("cell", [CELL, CUBIC, MEAN_FIELD], ids=lambda cell: cell.objective.name)
def test_a_rule_of_points_reads_f_component_by_component(cell: Cell, estimator: str) -> None:
    """As when f is evaluated anew for each of its points, all other components staying where they are."""
    case, space, eps = seen = looked(cell, estimator)
    for j in range(cell.dimension):
        for found, expected in zip(space.component, looks(case, eps, seen.y, j), strict=True):
            np.testing.assert_allclose(found[j], expected, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("entropy", ENTROPIES)
def test_at_its_points_a_rule_reads_log_q_too(entropy: Entropy) -> None:
    """Of its own component alone, or of all: differences of it tell the same."""
    for cell in (MEAN_FIELD, POSTERIOR):
        case, space, eps = seen = looked(replace(cell, entropy=entropy), "differences")
        for j in range(3):
            found, expected = space.component, looks(case, eps, seen.y, j)
            differences = (value[0] - value[1] for value in (found.value[j], expected.value))
            np.testing.assert_allclose(*differences, rtol=1e-9, atol=1e-11)
            np.testing.assert_allclose(found.slope[j], expected.slope, rtol=1e-11, atol=1e-12)
