"""Exact moments of targets, whose entropy is treated in three ways, against numbers known beforehand."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.registry import Registry, load
from bench.spec import Entropy, Variant
from tests.support.cases import KINDS
from tests.support.exact import SUM, known, variance

MEAN_FIELD: dict[tuple[str, Entropy], tuple[list[float], list[float]]] = {
    ("pathwise", "closed_form"): ([0.61, 1.3825, 36.09], [3.22, 7.005, 158.58]),
    ("pathwise", "monte_carlo"): ([0.61, 1.3825, 36.09], [3.22, 7.005, 158.58]),
    ("pathwise", "sticking_the_landing"): ([7.72111111, 0.3825, 30.34], [17.4422222, 5.005, 147.08]),
    ("second_order", "closed_form"): ([0.61, 1.3825, 36.09], [0.0, 0.0, 0.0]),
    ("score_function", "closed_form"): ([10171.9167, 958.6113, 517.42095], [20537.4933, 2043.4476, 2142.0219]),
    ("score_function", "sticking_the_landing"): (
        [7961.33028, 750.235102, 433.723956],
        [15339.5078, 1529.7352, 1859.68202],
    ),
    ("score_function", "monte_carlo"): ([8359.64162, 787.723122, 448.595961], [16099.686, 1604.71124, 1900.42603]),
}


@pytest.mark.parametrize(("estimator", "entropy"), MEAN_FIELD)
def test_mean_field_targets_that_do_not_separate(estimator: str, entropy: Entropy) -> None:
    """Untied, component by component; d/dmu (-1.5, -2.15, 9.3), d/dsigma as a target (-2.7333, 0, 5.5)."""
    theta: dict[str, Any] = {"mu": (0.5, -1.0, 2.0), "sigma": (0.3, 1.0, 2.0)}
    moments = known(estimator, objective=Variant("mean_field"), components="untied", entropy=entropy, **theta)
    expected = np.array(MEAN_FIELD[estimator, entropy]).T.ravel()
    np.testing.assert_allclose(moments.variance, expected, rtol=1e-8)
    gradient = np.array([[-1.5, -2.15, 9.3], [-2.73333333333, 0.0, 5.5]]).T.ravel()
    np.testing.assert_allclose(moments.mean, gradient, atol=1e-8)


def test_at_the_mean_field_optimum_sticking_the_landing_keeps_what_is_not_diagonal() -> None:
    """mu = c, sigma_j = A_jj^-1/2: (.25, .155, .09) for both mu and sigma."""
    moments = known(
        "pathwise",
        mu=(1.0, 0.0, -1.0),
        sigma=(2**-0.5, 1.0, 3**-0.5),
        objective=Variant("mean_field"),
        components="untied",
        entropy="sticking_the_landing",
    )
    np.testing.assert_allclose(moments.variance.reshape(3, 2), [[0.25] * 2, [0.155] * 2, [0.09] * 2], rtol=1e-10)


def test_tied_mean_field_is_the_gradient_added_up() -> None:
    """Var of a sum of correlated components: not the trace."""
    tied = variance("pathwise", mu=0.5, sigma=0.7, objective=Variant("mean_field"), entropy="closed_form")
    a = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 3.0]])
    ones = np.ones(3)
    assert tied[0] == pytest.approx(0.7**2 * (a @ ones) @ (a @ ones), rel=1e-10)


ELBO = SUM.replace("phi[1] + phi[0] * y[j, i]", "0.5 * y[j, i] ** 2").replace("out[:] = phi[0]", "out[0] = y[0]")
CFE = '''"""Pathwise log p with the entropy in closed form."""
from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i]
        out[1, i] += f.slope[0, i] * noise[0, j, i] - 1.0 / theta[1]


PLUGIN = Estimator("cfe", Points(combine, ("slope",)))
'''
STL = (
    CFE.replace("cfe", "stl")
    .replace("- 1.0 / theta[1]", "")
    .replace("f.slope[0, i]", "(f.slope[0, i] - noise[0, j, i] / theta[1])")
)


@pytest.fixture(scope="module")
def elbo(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """A standard normal target, and the two treatments of its entropy as estimators of their own."""
    folder = tmp_path_factory.mktemp("elbo")
    target = ELBO.replace('"total"', '"elbo"').replace("    uses_data=False", "    uses_data=False,\n    target=True")
    for name, text in (("elbo", target), ("cfe", CFE), ("stl", STL)):
        (folder / f"{name}.py").write_text(text)
    return load([str(folder / f"{name}.py") for name in ("elbo", "cfe", "stl")], kinds=KINDS)


@pytest.mark.parametrize(("sigma", "ratio"), [(0.5, 9.0), (math.sqrt(0.5), 1.0), (1.0, 0.0), (2.0, 0.5625)])
def test_sticking_the_landing_wins_where_sigma_is_large(elbo: Registry, sigma: float, ratio: float) -> None:
    """c = 1/sigma - sigma: c^2 and mu^2 + 2 c^2 against sigma^2 and mu^2 + 2 sigma^2, either way it is run."""
    mu, c = 0.7, 1 / sigma - sigma
    where: dict[str, Any] = {"mu": mu, "sigma": sigma, "objective": Variant("elbo", (1.0, 0.0, 1.0)), "registry": elbo}
    closed, stuck = (variance("pathwise", entropy=e, **where) for e in ("closed_form", "sticking_the_landing"))
    np.testing.assert_allclose(closed, [sigma**2, mu**2 + 2 * sigma**2], rtol=1e-10)
    np.testing.assert_allclose(stuck, [c**2, mu**2 + 2 * c**2], rtol=1e-10, atol=1e-20)
    np.testing.assert_allclose(stuck[0] / closed[0], ratio, rtol=1e-10, atol=1e-20)
    plain = replace(elbo.get("objective", "elbo"), name="no_target", target=False)
    elbo.plugins["objective"]["no_target"] = plain
    where["objective"] = Variant("no_target", (1.0, 0.0, 1.0))
    np.testing.assert_allclose(variance("cfe", **where), closed, rtol=1e-10)
    np.testing.assert_allclose(variance("stl", **where), stuck, rtol=1e-10, atol=1e-20)
