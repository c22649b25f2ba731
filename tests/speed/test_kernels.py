"""Every kernel alone, warm, through the engine's own loop; and all the streams of the smoke study.

The plug-ins are those of the registry: one that is added is benchmarked unasked. A draw is one number of noise.
"""

from dataclasses import replace

import numpy as np
import pytest

from bench.config import compose
from bench.engine import blocks, program
from bench.engine.noise import buffer, draw, generators, spans
from bench.engine.workspace import workspace
from bench.kernels import calls
from bench.spec import Derivatives
from tests.speed.conftest import taken
from tests.speed.work import REGISTRY, assignments_of, draws_of, plan_of, stream_with

DRAWS = 65_536
POINTS = 64  # where f is evaluated on the same draws, so that little of the time is the placing of y
OBJECTIVES = [
    (objective.name, latent, evaluation, field)
    for objective in REGISTRY.plugins["objective"].values()
    for latent, forms in objective.forms.items()
    for evaluation, form in forms.items()
    for field in Derivatives._fields
    if getattr(form, field) is not None
]


@pytest.mark.benchmark(group="estimators")
@pytest.mark.parametrize("name", REGISTRY.plugins["estimator"])
def test_estimator(name, timed):
    """Place, evaluate, combine and reduce to means over 1000 samples, without drawing."""
    _, stream, programs = stream_with(estimator=name)
    tiles = max(1, DRAWS // (stream.dimension * stream.cut.tile))
    noise, workspaces = buffer(stream, tiles), [workspace(stream, linked) for linked in programs]
    draw(stream, generators(stream, 0, 0), noise)

    def work():
        for begin, size in spans(stream, tiles):
            blocks.run_strips(noise[:size], begin, programs, workspaces)

    timed(f"estimator {name}", tiles * stream.cut.tile * stream.dimension, work)


@pytest.mark.benchmark(group="objectives")
@pytest.mark.parametrize(("name", "latent", "evaluation", "field"), OBJECTIVES)
def test_objective(name, latent, evaluation, field, timed):
    """One of f's kernels, POINTS times on the same strips."""
    assignment, stream, _ = stream_with(objective=name, latent=latent)
    form = REGISTRY.get("objective", name).forms[latent][evaluation]
    linked = program.link(stream, replace(stream.subgrids[0], form=form), assignment.data)
    which = Derivatives._fields.index(field)
    evaluate = np.zeros_like(linked.evaluate)
    evaluate[which] = calls.address(getattr(form, field), program.SIGNATURES[which])
    by_cell = ("theta", "data_range", "phi_range", "estimator_phi", "centre")
    many = {key: np.repeat(getattr(linked, key), POINTS, axis=0) for key in by_cell}
    nobody = linked.combine[:0]  # no member, so f is all that is computed
    linked = linked._replace(moves=np.arange(POINTS) == 0, evaluate=evaluate, combine=nobody, **many)
    noise, space = buffer(stream, 1), workspace(stream, linked)
    draw(stream, generators(stream, 0, 0), noise)
    draws = noise.size * linked.evaluations * POINTS
    timed(
        f"objective {name} {latent} {evaluation} {field}", draws, lambda: blocks.run_strips(noise, 0, [linked], [space])
    )


def test_sums_beside_squared_error(claim):
    """A claim for each kernel of an objective in one component: its time over that of the same of squared_error.

    Of targets nothing is asked: one evaluation is as dear as its model, a regression's a product with all its data.
    """
    for name, latent, evaluation, field in OBJECTIVES:
        objective = REGISTRY.get("objective", name)
        if latent == "shared" and evaluation == "direct" and not objective.uses_data and not objective.target:
            other = "value" if field == "terms" else field
            beside = taken(f"objective squared_error shared collapsed {other}")
            ratio = taken(f"objective {name} {latent} {evaluation} {field}") / beside
            claim(f"{name}, {field}: times squared_error's", ratio, "<= 10")


@pytest.mark.benchmark(group="families")
@pytest.mark.parametrize("name", REGISTRY.plugins["family"])
@pytest.mark.parametrize("part", ["transport", "score", "path"])
def test_family(name, part, timed):
    """One of a family's kernels, on draws that stay in the cache."""
    family = REGISTRY.get("family", name)
    kernel = getattr(family, part)
    if kernel is None:
        pytest.skip(f"{name} has no {part}")
    theta = family.tabulate(np.array([parameter.values[0] for parameter in family.parameters.values()]))
    noise, y, out = np.empty((1, 1, 4096)), np.empty(4096), np.empty((len(family.parameters), 4096))
    family.channels[0].fill(np.random.Generator(np.random.SFC64(0)), noise)
    family.transport(noise, 0, theta, y)
    arguments = (noise, 0, theta, y) if part == "transport" else (y, noise, 0, theta, y, True, out)
    kernel(*arguments)
    timed(f"family {name} {part}", y.size, lambda: kernel(*arguments))


@pytest.mark.benchmark(group="samplers")
@pytest.mark.parametrize("name", REGISTRY.plugins["sampler"])
def test_sampler(name, timed):
    _, stream, _ = stream_with(sampler=name)
    noise, sources = buffer(stream, DRAWS // stream.cut.tile), generators(stream, 0, 0)
    timed(f"sampler {name}", noise.size, lambda: draw(stream, sources, noise))


@pytest.mark.benchmark(group="smoke grid")
def test_smoke_grid(timed):
    """One block of every stream, drawing included."""
    compose.store(REGISTRY)
    assignments = assignments_of(plan_of(compose.compose("sweep", ["study=smoke"])))
    draws = sum(draws_of(assignment.stream) * assignment.stream.dimension for assignment in assignments)
    timed("smoke grid", draws, lambda: [blocks.run(assignment, 0) for assignment in assignments])
