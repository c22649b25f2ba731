"""F in closed form under a normal with one mu and one sigma, its gradient, and where it is least.

Of n data with mean xbar and (1/n) variance s2. A sum of squared errors has no stationary point in sigma^2: its
derivative is n wherever sigma is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bench.markup.mathematics import plain
from bench.markup.numbers import known
from bench.report.sections.phrases import Row

MU, SIGMA2 = plain(r"$\mu$"), plain(r"$\sigma^2$")
UNKNOWN = "the manifest does not hold the mean and the variance of these data"
NAN = float("nan")


class Place(NamedTuple):
    """Where F is least; a sigma2 of 0 is an end that descent comes near to and never reaches."""

    mu: float
    sigma2: float


@dataclass(frozen=True, slots=True)
class Algebra:
    """F, dF/dmu, dF/dsigma^2 and where F is least in LaTeX, v the variance of the data; and the latter computed.

    That is from n, xbar, s2 and the objective's phi.
    """

    formulas: tuple[str, str, str, str]
    solve: Callable[[float, float, float, Mapping[str, float]], Place]


def _posterior(n: float, xbar: float, s2: float, phi: Mapping[str, float]) -> Place:
    """The posterior of a normal mean: its precision is that of the prior and n times that of a datum."""
    noise = n / phi["s"] ** 2
    precision = 1 / phi["tau"] ** 2 + noise
    return Place(noise * xbar / precision, 1 / precision)


ALGEBRA: Mapping[str, Algebra] = {
    "squared_error": Algebra(
        (
            r"n \left((\mu - \bar{x})^2 + v + \sigma^2\right)",
            r"2 n (\mu - \bar{x})",
            "n",
            r"\mu = \bar{x},\ \sigma^2 = 0",
        ),
        lambda n, xbar, s2, phi: Place(xbar, 0.0),
    ),
    "gaussian_kl": Algebra(
        (
            r"\frac{(\mu - \bar{x})^2 + \sigma^2}{2 v} - \frac{1}{2} - \frac{1}{2} \log\frac{\sigma^2}{v}",
            r"\frac{\mu - \bar{x}}{v}",
            r"\frac{1}{2 v} - \frac{1}{2 \sigma^2}",
            r"\mu = \bar{x},\ \sigma^2 = v",
        ),
        lambda n, xbar, s2, phi: Place(xbar, s2),
    ),
    "gaussian_posterior": Algebra(
        (
            r"\frac{\mu^2 + \sigma^2}{2 \tau^2} + \frac{n \left((\mu - \bar{x})^2 + v + \sigma^2\right)}{2 s^2}"
            r" - \frac{1}{2} \log\,\sigma^2 + c",
            r"\frac{\mu}{\tau^2} + \frac{n (\mu - \bar{x})}{s^2}",
            r"\frac{1}{2 \tau^2} + \frac{n}{2 s^2} - \frac{1}{2 \sigma^2}",
            r"\frac{1}{\sigma^2} = \frac{1}{\tau^2} + \frac{n}{s^2},\ \mu = \frac{\sigma^2 n \bar{x}}{s^2}",
        ),
        _posterior,
    ),
}


def place(row: Row, manifest: Mapping[str, Any]) -> Place:
    """Where F of a learner is least; unknown where the manifest describes other data, or as many as it does not use."""
    data = manifest.get("data") or {}
    n, xbar, s2 = (data.get(name) for name in ("n", "mean", "variance"))
    if n != row["dataset_size"] or not (known(xbar) and known(s2)):
        return Place(NAN, NAN)
    pairs = (pair.partition("=") for pair in str(row["variant"]).split(",") if pair)
    return ALGEBRA[row["objective"]].solve(float(n), xbar, s2, {name: float(value) for name, _, value in pairs})
