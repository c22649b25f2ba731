"""What an estimator may look at before it is run: draws of their own, their scores, and f; and what it freezes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.engine.case import Case, case_of
from bench.engine.noise import generators
from bench.engine.pilot import CellPilot, draws, prepared
from bench.errors import BadInput
from bench.laws.cases import DATA, ENTROPIES
from bench.spec import Cell, Variant
from tests.support.cases import MU, SIGMA
from tests.support.rules import RULES
from tests.support.streams import CELL, PER_DATUM, stream_of

POSTERIOR = replace(PER_DATUM, objective=Variant("gaussian_posterior", (1.3, 0.9)), entropy="monte_carlo")


def case(estimator: str = "score_function", cell: Cell = PER_DATUM) -> Case:
    stream = stream_of([cell], [estimator], RULES)
    (subgrid,) = stream.subgrids
    return case_of(stream, subgrid, subgrid.members[0], cell, DATA)


def test_draws_come_with_their_scores() -> None:
    y, scores = CellPilot(case()).sample(50)
    eps = (y - MU) / SIGMA
    assert (y.shape, scores.shape) == ((3, 50), (3, 2, 50))
    np.testing.assert_allclose(scores[:, 0], eps / SIGMA, atol=1e-13)
    np.testing.assert_allclose(scores[:, 1], (eps**2 - 1) / SIGMA, atol=1e-13)


def test_each_component_has_its_own_theta() -> None:
    sigma = np.array([0.5, 1.0, 2.0])
    pilot = CellPilot(case(cell=replace(PER_DATUM, components="untied", theta=(MU, tuple(sigma)))))
    assert pilot.theta.tolist() == [[MU, s] for s in sigma]
    y, scores = pilot.sample(20)
    np.testing.assert_allclose(scores[:, 0] * sigma[:, np.newaxis] ** 2, y - MU, atol=1e-13)


def test_pilot_draws_are_always_the_same_and_never_those_that_are_measured() -> None:
    first, again = (CellPilot(case()).sample(100)[0] for _ in range(2))
    np.testing.assert_array_equal(first, again)
    stream = stream_of([PER_DATUM], ["score_function"])
    measured = [g.standard_normal(100_000) for block in range(3) for g in generators(stream, 0, block)]
    assert not np.isin(draws(case(), 100).ravel(), np.concatenate(measured)).any()


def test_f_is_there_with_all_that_it_offers_and_log_q_where_the_entropy_is_open() -> None:
    y = np.zeros((3, 4))
    f = CellPilot(case()).evaluate(y)
    assert f.value[0] == pytest.approx((DATA**2).sum())
    assert (f.terms.shape, f.slope.shape, f.curvature.shape) == ((1, 3, 4),) * 3
    closed, opened = (CellPilot(case(cell=replace(POSTERIOR, entropy=e))).evaluate(y) for e in ENTROPIES[:2])
    log_q = 3 * (-0.5 * (MU / SIGMA) ** 2 - np.log(SIGMA) - 0.5 * np.log(2 * np.pi))
    np.testing.assert_allclose(opened.value - closed.value, log_q, rtol=1e-12)


def test_what_is_frozen_stands_behind_phi() -> None:
    ready = prepared(case("centred"))
    np.testing.assert_allclose(ready.phi, [((MU - DATA) ** 2).sum()], rtol=1e-14)
    assert prepared(case()).frozen.size == 0


def freezing(value: Any) -> Case:
    made = case("centred")
    return replace(made, estimator=replace(made.estimator, freeze=lambda pilot: value))


@pytest.mark.parametrize("value", [2, 2.0, [2.0], np.array([2])])
def test_a_number_may_be_frozen_as_it_comes(value: Any) -> None:
    assert prepared(freezing(value)).frozen.tolist() == [2.0]


@pytest.mark.parametrize("value", [np.nan, [1.0, np.inf], [[1.0, 2.0]]])
def test_what_is_no_row_of_finite_numbers_is_refused(value: Any) -> None:
    with pytest.raises(BadInput, match=r"^estimator 'centred': freeze gives .*; allowed: finite numbers in a row"):
        prepared(freezing(value))


def test_one_y_for_all_data() -> None:
    assert prepared(case("centred", CELL)).frozen.shape == (1,)
