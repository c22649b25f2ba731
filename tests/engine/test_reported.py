"""What is reported: the family's own parameters, those derived from them, and sums over untied components."""

from dataclasses import replace

import numpy as np

from bench.engine import reported
from bench.spec import Variant
from bench.statistics.moments import ROUND_OFF
from tests.support.cases import MU, NORMAL_FAMILY, SIGMA
from tests.support.streams import CELL, PER_DATUM, at_sigma, stream_of

UNTIED = replace(PER_DATUM, components="untied", theta=(MU, (0.5, 1.0, 2.0)))


COMBINED = replace(NORMAL_FAMILY, combinations={"total": (1.0, 1.0), "of_mu": (2.0, 0.0)})


def test_the_familys_own_parameters_come_first_and_combinations_last() -> None:
    assert COMBINED.reported == ["mu", "sigma", "sigma2", "log_sigma", "softplus", "total", "of_mu"]
    assert reported.bases(COMBINED) == [0, 1, 1, 1, 1, 2, 3]
    assert reported.measured(COMBINED) == (0, 1, 5, 6)
    assert reported.measured(NORMAL_FAMILY) == (0, 1)


def test_combinations_have_rows_and_no_factor_of_their_own() -> None:
    assert reported.factors(COMBINED, UNTIED).shape == (3, 7)
    assert (reported.factors(COMBINED, UNTIED)[:, [0, 1, 5, 6]] == 1.0).all()
    rows = np.arange(8.0)
    assert reported.by_parameter(rows, COMBINED)[:, [0, 1, 5, 6]].tolist() == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_what_a_parameter_lacks_its_derived_ones_and_combinations_lack() -> None:
    reason = "not written"
    assert reported.lacking({"sigma": reason}, COMBINED) == ("", *[reason] * 5, "")
    assert reported.lacking({}, COMBINED) == ("",) * 7


def test_factors_are_those_of_the_chain_rule() -> None:
    """d sigma/d sigma^2 = 1 / (2 sigma), d sigma/d log sigma = sigma, d sigma/d rho = 1 - exp(-sigma)."""
    factors = [[1, 1, 0.5 / SIGMA, SIGMA, 1 - np.exp(-SIGMA)]]
    np.testing.assert_allclose(reported.factors(NORMAL_FAMILY, CELL), factors, rtol=1e-15)
    own = [[1, 1, 0.5 / sigma, sigma, 1 - np.exp(-sigma)] for sigma in (0.5, 1.0, 2.0)]
    np.testing.assert_allclose(reported.factors(NORMAL_FAMILY, UNTIED), own, rtol=1e-15)


def test_one_theta_for_untied_components_has_a_row_of_factors_for_each() -> None:
    same = replace(UNTIED, theta=(MU, SIGMA))
    assert reported.factors(NORMAL_FAMILY, same).shape == (3, 5)
    assert reported.factors(NORMAL_FAMILY, replace(same, components="tied")).shape == (1, 5)


def test_rows_stand_by_component_then_by_parameter() -> None:
    rows = np.arange(6.0)
    assert reported.by_parameter(rows, NORMAL_FAMILY).tolist() == [[0, 1, 1, 1, 1], [2, 3, 3, 3, 3], [4, 5, 5, 5, 5]]
    assert reported.by_parameter(rows[:2], NORMAL_FAMILY).tolist() == [[0, 1, 1, 1, 1]]


def test_a_trace_adds_up_components_each_by_its_own_factor() -> None:
    (subgrid,) = stream_of([UNTIED], ["pathwise"]).subgrids
    variances = np.arange(1.0, 7.0).reshape(1, 1, 1, 6)
    mu, sigma = [1, 3, 5], np.array([2, 4, 6])
    factors = np.array([0.5, 1.0, 2.0])
    expected = [sum(mu), sigma.sum(), (sigma / (2 * factors) ** 2).sum(), (sigma * factors**2).sum()]
    np.testing.assert_allclose(reported.traces(variances, subgrid)[0, 0, 0, :4], expected, rtol=1e-15)


def test_each_cell_has_its_own_factors() -> None:
    (subgrid,) = stream_of([at_sigma(CELL, sigma) for sigma in (0.5, 2.0)], ["pathwise"]).subgrids
    assert reported.squares(subgrid)[:, 0, 3].tolist() == [0.25, 4.0]


def test_a_variance_far_below_the_square_of_its_mean_is_round_off() -> None:
    (subgrid,) = stream_of([CELL], ["pathwise"]).subgrids
    floor = reported.floor(replace(subgrid, centre=np.array([[[3.0, 0.0]]])))
    assert floor.shape == (1, 1, 1, 2)
    assert floor.ravel().tolist() == [(3 * ROUND_OFF) ** 2, 0.0]


def test_an_objective_of_one_component_is_reported_as_it_is() -> None:
    cell = replace(CELL, objective=Variant("cubic", (1.0,)), dataset_size=None, components="untied")
    (subgrid,) = stream_of([cell], ["pathwise"]).subgrids
    assert subgrid.rows == 2
