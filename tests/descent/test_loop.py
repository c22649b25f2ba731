"""The law of the loop: its steps are those of plain Python through the same kernels, for every plug-in there is."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bench.descent import links, optimisers
from bench.descent.blocks import Assignment
from bench.descent.learners import BLOCK
from bench.descent.noise import buffer, draw
from bench.descent.program import domain
from bench.engine.apply import constant, estimates
from bench.engine.case import Case, case_of
from bench.engine.pilot import prepared
from bench.plan.rules import channels_of
from bench.spec import Floats, Theta
from tests.support.descents import assigned, ends_of, walked

STEPS = 7
RATES = "learning_rate=[0.001]", f"steps={STEPS}", "dataset_size=[5]"

GRIDS = [
    ("samples=[2]", "estimator=[pathwise,score_function,score_function_local,score_function_loo,measure_valued]"),
    ("samples=[1]", "estimator=[pathwise,score_function,measure_valued]"),
    ("samples=[3]", "estimator=[pathwise,score_function_local,measure_valued]", "latent=[per_datum]"),
    (
        "samples=[3]",
        "latent=[per_datum]",
        "components=[untied]",
        "estimator=[pathwise,score_function_loo,measure_valued]",
    ),
    *(
        ("samples=[2]", f"objective=[{objective}]", f"entropy=[{entropy}]", "estimator=[pathwise,score_function_loo]")
        for objective in ("gaussian_kl", "gaussian_posterior")
        for entropy in ("closed_form", "monte_carlo", "sticking_the_landing")
    ),
    *(("samples=[4]", f"sampler=[{name}]") for name in ("antithetic", "stratified", "sobol")),
    ("samples=[2]", "plugins=[examples/pilot_baseline.py]", "estimator=[pilot_baseline]"),
    ("samples=[2]", "plugins=[tests/plugins/second_order.py]", "estimator=[second_order,pathwise]"),
    ("samples=[2]", "plugins=[examples/black_box.py]", "objective=[black_box]", "estimator=[score_function]"),
    ("samples=[2]", "optimiser=[adam]", "schedule=[cosine,inverse]"),
    *(("samples=[2]", f"parameterisation=[{name}]") for name in ("sigma", "sigma2", "softplus")),
    ("samples=[2]", "family=[gamma]", "start={alpha:[2.0],rate:[1.5]}", "estimator=[pathwise,score_function]"),
    ("samples=[2]", "family=[bernoulli]", "estimator=[score_function,score_function_loo]"),
]


@pytest.mark.parametrize("words", GRIDS, ids=" ".join)
@pytest.mark.thinned(4)
def test_steps_are_those_of_plain_python(words: tuple[str, ...]) -> None:
    assignment = assigned(*RATES, *words)
    for learner, ends in enumerate(ends_of(assignment)):
        for r in (0, BLOCK - 1):
            expected = plain(assignment, learner, r)
            assert ends[r] == pytest.approx(expected, rel=1e-11, abs=1e-13)


def plain(assignment: Assignment, place: int, r: int) -> Floats:
    """[c, k] Where a replicate ends, one step after the other."""
    group, learner = assignment.group, assignment.group.learners[place]
    subgrid = group.subgrids[place]
    (member,), (cell,), family = subgrid.members, subgrid.cells, subgrid.family
    data = assignment.data[cell.dataset_size] if cell.dataset_size else np.empty(0)
    noise = buffer(group, STEPS)
    draw(group, assignment.seed, 0, 0, noise)
    names = [channel.name for channel in group.stream.channels]
    channels = [names.index(channel.name) for channel in channels_of(member.rule, family)]
    frozen = prepared(case_of(group.stream, subgrid, member, cell, data)).frozen
    link, (low, high) = np.array(links.offered(family)[learner.parameterisation]), domain(family)
    rows = cell.dimension if cell.components == "untied" else 1
    theta = np.broadcast_to(case_of(group.stream, subgrid, member, cell, data).theta, (rows, len(link)))
    rho, rate = links.free(theta, link, low, high), np.empty(theta.shape)
    moments = np.zeros((2, *rho.shape))
    rates = optimisers.rates(learner.schedule, learner.learning_rate, learner.steps)
    for t in range(STEPS):
        theta = np.empty(rho.shape)
        for c in range(rows):
            links.follow(rho[c].copy(), link, low, high, theta[c], rate[c])
        here = replace(cell, theta=as_cells_have_it(theta))
        case: Case = replace(case_of(group.stream, subgrid, member, here, data), frozen=frozen)
        eps = np.ascontiguousarray(noise[t, r, channels])
        g = (estimates(case, eps, group.samples)[:, 0] + constant(case)).reshape(rho.shape) * rate
        if learner.optimiser == "adam":
            moments[0] = 0.9 * moments[0] + 0.1 * g
            moments[1] = 0.999 * moments[1] + 0.001 * g**2
            first, second = moments[0] / (1 - 0.9 ** (t + 1)), moments[1] / (1 - 0.999 ** (t + 1))
            g = first / (np.sqrt(second) + 1e-8)
        rho = rho - rates[t] * g
    for c in range(rows):
        links.follow(rho[c].copy(), link, low, high, theta[c], rate[c])
    return theta


def as_cells_have_it(theta: Floats) -> Theta:
    """theta[c, k] as a cell holds it."""
    if len(theta) == 1:
        return tuple(theta[0].tolist())
    return tuple(tuple(column) for column in theta.T.tolist())


def test_a_replicate_that_leaves_the_domain_is_given_up_and_the_others_go_on() -> None:
    words = (
        "parameterisation=[sigma]",
        "learning_rate=[0.0005]",
        "steps=40",
        "estimator=[score_function]",
        "samples=[1]",
    )
    (reached,) = walked(assigned(*words), [40]).values()
    gone = reached.left >= 0
    assert 0 < gone.sum() < BLOCK
    assert np.isnan(reached.record[-1][gone]).all()
    assert np.isfinite(reached.record[-1][~gone]).all()
    assert (reached.record[-1][~gone][..., 1] > 0).all()
    first = int(reached.left[gone].min())
    assert 1 <= first <= 40
    assert math.isnan(reached.record[-1][gone][0, 0, 0])
