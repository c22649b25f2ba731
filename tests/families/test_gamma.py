"""Gradients by the shape of a gamma and their variances, against numbers computed by closed form and by quadrature."""

import numpy as np
import pytest

from bench import wrap
from bench.spec import Objective
from tests.support.known import DIGITS, case, gradient, variance

FUNCTIONS = {
    "y": wrap.objective("y", lambda y: y[0], slope=np.ones_like),
    "y^2": wrap.objective("square", lambda y: y[0] ** 2, slope=lambda y: 2 * y),
    "log y": wrap.objective("log", lambda y: np.log(y[0]), slope=lambda y: 1 / y),
    "exp(-y)": wrap.objective("exp", lambda y: np.exp(-y[0]), slope=lambda y: -np.exp(-y)),
}
TABLE = [  # alpha, f, d E f/d alpha, variance of the score function and of pathwise
    (1.0, "y", 1.0, 4.28986813, 0.289868134),
    (1.0, "y^2", 3.0, 100.478418, 19.5411673),
    (1.0, "log y", 1.64493407, 15.2289956, 0.900362625),
    (1.0, "exp(-y)", -0.34657359, 0.830514422, 0.018852242),
    (2.0, "y", 1.0, 4.8696044, 0.136859104),
    (2.0, "y^2", 5.0, 194.392088, 27.6862516),
]


@pytest.mark.parametrize(("alpha", "f", "by_alpha", "score_function", "pathwise"), TABLE)
def test_the_shape(alpha: float, f: str, by_alpha: float, score_function: float, pathwise: float) -> None:
    cases = {name: case(FUNCTIONS[f], "gamma", (alpha, 1.0), name) for name in ("score_function", "pathwise")}
    assert gradient(cases["pathwise"])[0] == pytest.approx(by_alpha, rel=DIGITS)
    assert variance(cases["score_function"])[0] == pytest.approx(score_function, rel=DIGITS)
    assert variance(cases["pathwise"])[0] == pytest.approx(pathwise, rel=3 * DIGITS)


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0, 20.0])
@pytest.mark.parametrize("rate", [0.5, 3.0])
def test_the_rate_in_closed_form(alpha: float, rate: float) -> None:
    """f = y: gradient -alpha / rate^2; the path -y / rate has variance alpha / rate^4."""
    f: Objective = FUNCTIONS["y"]
    pathwise = case(f, "gamma", (alpha, rate), "pathwise")
    assert gradient(pathwise)[1] == pytest.approx(-alpha / rate**2, rel=DIGITS)
    assert variance(pathwise)[1] == pytest.approx(alpha / rate**4, rel=DIGITS)
    # E y^2 (alpha / rate - y)^2 - (alpha / rate^2)^2 by the moments of y
    m2, m3, m4 = (np.prod(alpha + np.arange(p)) / rate**p for p in (2, 3, 4))
    scored = alpha**2 / rate**2 * m2 - 2 * alpha / rate * m3 + m4 - alpha**2 / rate**4
    assert variance(case(f, "gamma", (alpha, rate), "score_function"))[1] == pytest.approx(scored, rel=DIGITS)
    # alpha / rate times an exponential of the rate
    assert variance(case(f, "gamma", (alpha, rate), "measure_valued"))[1] == pytest.approx(
        alpha**2 / rate**4, rel=DIGITS
    )
