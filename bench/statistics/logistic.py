"""The logistic function of normals: means in one dimension, covariances in two, for Bayesian logistic regression.

Its poles lie pi / spread from the real line, so the trapezoid rule converges geometrically where Gauss and Hermite's
nodes do not; covariances are Mehler's sum over the correlation r, Cov h(u) h(v) = sum_n r^n a_n b_n, a_n and b_n the
coefficients of h in normalised Hermite polynomials. Trefethen & Weideman (2014), SIAM Review 56(3); Mehler (1866).
"""

import numpy as np
from scipy.special import expit

from bench.spec import Floats

REACH, FEWEST = 9.0, 700  # standard deviations, beyond which there is no mass that a double sees; points
POINTS = 40  # for each unit of spread: with a step of 2 REACH / (40 spread) the error is below 1e-17
MOST = 1000.0  # of the spread: what is wider has no sum here
FARTHER = 1.5  # times REACH, for polynomials of high order
MOST_TERMS, NEGLIGIBLE = 2000, 1e-10  # orders of polynomials; what they may leave of a covariance
LOOK = 25  # orders at once, after which it is seen what they leave
TOGETHER = 64  # rows at once


def gradient(theta: Floats, rows: Floats, scale: float) -> Floats:
    """[d, 2] dE f/d(mu, sigma) of f(y) = sum_i log(1 + exp(x_i'y)) + |y|^2 / (2 scale^2), y_j ~ N(mu_j, sigma_j^2)."""
    (mu, sigma), squares = theta.T, rows**2
    first, second = means(rows @ mu, np.sqrt(squares @ sigma**2))
    by_mu, by_sigma = rows.T @ first + mu / scale**2, sigma * (squares.T @ second + 1 / scale**2)
    return np.stack([by_mu, by_sigma], axis=-1)


def slope_covariance(theta: Floats, rows: Floats, scale: float, weights: Floats | float = 1.0) -> Floats:
    """Cov(df/dy_i, df/dy_j)[d, d] of the same f: of the data, of the prior, and of both, by Stein's lemma.

    `weights`[n, n] are means of products of random weights of mean 1 that the data have, the same for all draws: then
    it is the mean over them of the covariance.
    """
    mu, sigma = theta.T
    centre, spread = rows @ mu, np.sqrt(rows**2 @ sigma**2)
    of_data = rows.T @ (covariance(centre, rows * sigma) * weights) @ rows
    of_both = (rows.T * means(centre, spread)[1]) @ rows * sigma**2 / scale**2
    return np.asarray(of_data + of_both + of_both.T + np.diag(sigma**2 / scale**4))


def batch_weights(n: int, size: int) -> Floats:
    """[n, n] Means of products of weights: n/size in a batch, so many data in a row round a circle of n; else 0."""
    apart = abs(np.subtract.outer(np.arange(n), np.arange(n)))
    batches = np.maximum(size - apart, 0) + np.maximum(size - (n - apart), 0)  # that both are in
    return np.asarray(batches * n / size**2)


def batch_covariance(theta: Floats, rows: Floats, size: int) -> Floats:
    """[d, d] The covariance over the same batches of E df/dy, given the batch."""
    if size == len(rows):
        return np.zeros((rows.shape[1], rows.shape[1]))
    mu, sigma = theta.T
    parts = means(rows @ mu, np.sqrt(rows**2 @ sigma**2))[0][:, np.newaxis] * rows
    sums = np.cumsum(np.concatenate([np.zeros((1, rows.shape[1])), parts, parts]), axis=0)
    of_batch = len(rows) / size * (sums[size : size + len(rows)] - sums[: len(rows)])
    return np.cov(of_batch, rowvar=False, bias=True)


def means(centre: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """(E h(a), E h'(a))[n] of the logistic function h for a ~ N(centre[n], spread[n]^2)."""
    h, slope, _ = _integrals(centre, spread)
    return h, slope


def mean_softplus(centre: Floats, spread: Floats) -> Floats:
    """E log(1 + exp(a))[n] for a ~ N(centre[n], spread[n]^2)."""
    z, weights = _nodes(spread)
    return np.asarray(np.logaddexp(0.0, centre[:, np.newaxis] + np.multiply.outer(spread, z)) @ weights)


def covariance(centre: Floats, rows: Floats) -> Floats:
    """Cov(h(a_i), h(a_k))[n, n] for a = centre + rows[n, d] @ eps, eps standard normal; NaN where no sum ends."""
    spread = np.sqrt((rows**2).sum(axis=1))
    directions = rows / np.where(spread, spread, 1.0)[:, np.newaxis]
    correlation = np.clip(directions @ directions.T, -1.0, 1.0)
    np.fill_diagonal(correlation, 0.0)
    _, _, variance = _integrals(centre, spread)
    coefficients = _coefficients(centre, spread, variance, correlation)
    result = np.full(correlation.shape, np.nan)
    for start in range(0, centre.size, TOGETHER) if coefficients else ():
        some = slice(start, start + TOGETHER)
        total = np.zeros_like(correlation[some])
        for of_order in reversed(coefficients):  # Horner's rule
            total += np.multiply.outer(of_order[some], of_order)
            total *= correlation[some]
        result[some] = total
    np.fill_diagonal(result, variance)
    return result


def _integrals(centre: Floats, spread: Floats) -> tuple[Floats, Floats, Floats]:
    """(E h, E h', Var h)[n]; NaN where the spread is too wide."""
    z, weights = _nodes(spread)
    first, slope, variance = (np.empty_like(centre) for _ in range(3))
    for start in range(0, centre.size, TOGETHER):
        some = slice(start, start + TOGETHER)
        h = expit(centre[some, np.newaxis] + np.multiply.outer(spread[some], z))
        first[some], slope[some] = h @ weights, (h * (1 - h)) @ weights
        variance[some] = (h - first[some, np.newaxis]) ** 2 @ weights
    first[spread > MOST] = slope[spread > MOST] = variance[spread > MOST] = np.nan
    return first, slope, variance


def _coefficients(centre: Floats, spread: Floats, variance: Floats, correlation: Floats) -> list[Floats]:
    """[n] for each order m from 1 on: E h(centre + spread z) He_m(z) / sqrt(m!); none where they do not end.

    What further ones have of a covariance is at most their share of both variances, times a power of the correlation.
    """
    z, weights = _nodes(spread, FARTHER)
    h = expit(centre[:, np.newaxis] + np.multiply.outer(spread, z))
    before, now, left, orders = np.zeros_like(z), np.ones_like(z), variance.copy(), list[Floats]()
    while len(orders) < MOST_TERMS:
        polynomials = np.empty((LOOK, z.size))
        for order, polynomial in enumerate(polynomials, len(orders) + 1):
            before, now = now, (z * now - np.sqrt(order - 1) * before) / np.sqrt(order)
            polynomial[:] = now * weights
        new = polynomials @ h.T
        orders += list(new)
        left -= (new**2).sum(axis=0)
        share = np.sqrt(np.maximum(left, 0.0))
        if np.max(abs(correlation) ** len(orders) * np.multiply.outer(share, share)) < NEGLIGIBLE:
            return orders
    return []


def _nodes(spread: Floats, farther: float = 1.0) -> tuple[Floats, Floats]:
    """(z[m], weights[m]) of the trapezoid rule for a standard normal, fine enough for the largest spread up to MOST."""
    count = int(farther * max(FEWEST, POINTS * min(MOST, np.max(spread))))
    z = np.linspace(-farther * REACH, farther * REACH, count)
    weights = np.exp(-(z**2) / 2)
    return z, weights / weights.sum()
