"""Weights in the loop: one row for all, one for each parameter, one for each component, and what they weigh."""

from dataclasses import replace

import numpy as np

from bench.engine import blocks, program
from bench.engine.noise import buffer, draw, generators
from bench.engine.workspace import workspace
from bench.spec import Floats, Variant
from tests.support.cases import MU, SIGMA
from tests.support.rules import RULES
from tests.support.streams import CELL, stream_of

CUBIC = replace(CELL, objective=Variant("cubic", (3.0,)), dataset_size=None, dimension=3)


def weights_of(estimator: str) -> tuple[Floats, Floats, Floats]:
    """(own[2, rows, strip], f.slope[d, strip], eps[d, strip]) that a strip left behind."""
    stream = stream_of([CUBIC], [estimator], RULES)
    linked = program.link(stream, stream.subgrids[0], {})
    space, noise = workspace(stream, linked), buffer(stream, 1)
    draw(stream, generators(stream, 1, 0), noise)
    blocks.run_strips(noise, 0, [linked], [space])
    own = space.rows[linked.layout.weights :]
    return own.reshape(2, -1, own.shape[1]), space.f.slope[0] if space.f.slope.size else space.f.slope, noise[-1, 0]


def test_an_estimators_own_weights_lie_by_what_they_weigh() -> None:
    """Those of the path, a row for each component: its slope + sigma eps + j."""
    own, slope, eps = weights_of("own_of_components")
    expected = slope + SIGMA * eps + np.arange(3.0)[:, np.newaxis]
    np.testing.assert_allclose(own[1, :3], expected, rtol=1e-12)


def test_both_weights_of_an_estimator_are_there_at_once() -> None:
    own, slope, eps = weights_of("own_on_both")
    np.testing.assert_allclose(own[1, :3], slope + SIGMA * eps + np.arange(3.0)[:, np.newaxis], rtol=1e-12)
    y = MU + SIGMA * eps
    f = (y**2 * (3 - 2 * y)).sum(axis=0)
    for p, parameter in enumerate((MU, SIGMA)):
        np.testing.assert_allclose(own[0, p], f * (1 + p) + parameter * y[0], rtol=1e-11, atol=1e-12)
