"""What `make track` follows: one cell and a grid with all that belongs to them, and kernels of estimators alone."""

import numba
import numpy as np
import pytest

from bench.engine import blocks
from bench.engine.noise import empty
from bench.kernels import calls
from bench.kernels.calls import address, call
from bench.plan.rules import rule_of
from bench.spec import Component, Points, Weights
from tests.speed.work import CELL, GRID, REGISTRY, draws_of, stream_of

DRAWS = 4000  # of one call: its arrays stay in the nearest caches; of 4096, they would push each other out of them
CALLS = 500
CONFIGS = {"one cell": CELL, "grid": GRID}
FAMILY = REGISTRY.get("family", "normal")
RULES = {name: rule_of(plugin, FAMILY) for name, plugin in REGISTRY.plugins["estimator"].items()}
WEIGHED = sorted(name for name, rule in RULES.items() if isinstance(rule, Weights))
COMBINED = sorted(name for name, rule in RULES.items() if isinstance(rule, Points))


@pytest.mark.benchmark(group="tracked: drawing included")
@pytest.mark.parametrize("name", CONFIGS)
def test_blocks(name, timed):
    assignment, stream, _ = stream_of(CONFIGS[name])

    def work():
        for block in range(4):
            blocks.run(assignment, block)

    timed(name, draws_of(stream) * 4, work)


@numba.njit(cache=True)
def repeat(times, kernel, arguments):
    """So many calls of a kernel, from machine code as in the engine."""
    for _ in range(times):
        call(kernel, arguments)


def noise_of(channels):
    """[channels, 1, DRAWS]."""
    noise, random = empty(len(channels), 1, DRAWS), np.random.Generator(np.random.SFC64(0))
    for channel, row in zip(channels, noise, strict=True):
        channel.fill(random, row)
    return noise


@pytest.mark.benchmark(group="tracked: estimators")
@pytest.mark.parametrize("name", WEIGHED)
def test_combine(name, timed):
    """The score or the path of the family, weighed."""
    rule, out, theta = RULES[name], empty(len(FAMILY.parameters), DRAWS), np.ones(2)
    weight, y = np.random.Generator(np.random.SFC64(1)).standard_normal(out=empty(2, DRAWS))
    parts = [part for part, chosen in ((FAMILY.score, rule.score), (FAMILY.path, rule.path)) if chosen]
    arguments = (weight, noise_of(FAMILY.channels), 0, theta, y, True, out)

    def work():
        for part in parts:
            repeat(CALLS, address(part, calls.WEIGH), arguments)

    timed(name, CALLS * DRAWS, work)


@pytest.mark.benchmark(group="tracked: estimators")
@pytest.mark.parametrize("name", COMBINED)
def test_combine_points(name, timed):
    """A rule's own gradient of one component, from what it reads of f."""
    rule, out = RULES[name], empty(len(FAMILY.parameters), DRAWS)
    f = Component(*np.random.Generator(np.random.SFC64(1)).standard_normal(out=empty(3, rule.evaluations, DRAWS)))
    arguments = (noise_of(rule.channels or FAMILY.channels), 0, np.ones(2), np.empty(0), f, True, out)
    timed(name, CALLS * DRAWS, lambda: repeat(CALLS, address(rule.combine, calls.COMBINE), arguments))
