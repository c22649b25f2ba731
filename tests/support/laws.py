"""Laws of one component of y by quadrature: nodes, weights, scores and path derivatives."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import special


@dataclass(frozen=True)
class Law:
    """Nodes and weights of E over y; by parameter the score and dy/d parameter at the nodes, none without a path.

    `factors` gives each parameter of the tables as (one of these, d of it/d parameter).
    """

    y: np.ndarray
    weights: np.ndarray
    scores: dict[str, np.ndarray]
    paths: dict[str, Any]
    factors: dict[str, tuple[str, float]] = field(default_factory=dict)

    def mean(self, values: Any) -> Any:
        """E over the last axis."""
        return values @ self.weights


def normal(mu: float, sigma: float) -> Law:
    """N(mu, sigma^2) with mu, sigma, sigma2 and log_sigma."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    scores = {"mu": nodes / sigma, "sigma2": (nodes**2 - 1) / (2 * sigma**2)}
    factors = {"mu": ("mu", 1.0), "sigma": ("sigma2", 2 * sigma), "sigma2": ("sigma2", 1.0)}
    factors["log_sigma"] = ("sigma2", 2 * sigma**2)
    paths = {"mu": 1.0, "sigma2": nodes / (2 * sigma)}
    return Law(mu + sigma * nodes, weights / weights.sum(), scores, paths, factors)


def gamma(alpha: float, rate: float) -> Law:
    """Gamma(alpha, rate), its quantiles at those of the normal; the path of alpha by a difference of quantiles."""
    z, h = np.linspace(-8, 8, 401), 1e-4

    def quantiles(shape: float) -> np.ndarray:
        tails = special.gammaincinv(shape, special.ndtr(z)), special.gammainccinv(shape, special.ndtr(-z))
        return np.where(z < 0, *tails)

    nodes, weights = quantiles(alpha), np.exp(-(z**2) / 2)
    shift = (quantiles(alpha + h) - quantiles(alpha - h)) / (2 * h)
    y = nodes / rate
    scores = {"alpha": np.log(nodes) - special.digamma(alpha), "rate": alpha / rate - y}
    paths = {"alpha": shift / rate, "rate": -y / rate}
    return Law(y, weights / weights.sum(), scores, paths, {name: (name, 1.0) for name in scores})


def bernoulli(logit: float) -> Law:
    """Bernoulli(sigmoid(logit)), which has no path."""
    y, p = np.array([0.0, 1.0]), special.expit(logit)
    return Law(y, np.array([1 - p, p]), {"logit": y - p}, {}, {"logit": ("logit", 1.0)})
