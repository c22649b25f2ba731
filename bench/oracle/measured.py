"""What a sweep found for every estimator in every cell: moments, intervals, the oracle's numbers and the z between."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from bench.engine.sampling import Sampled, log_variances, relative
from bench.oracle import quadrature
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Floats
from bench.statistics import jackknife, moments
from bench.statistics.moments import ROUND_OFF

DOMINATED = 0.25  # a variance that owes this much of its sum of squares to one of 64 groups has not converged
BIAS = 1e-8  # tolerance of the integrated gradient relative to the exact one
CANCELLED = 1e-10  # and to the standard deviation of one draw: the digits that integration loses
NONFINITE = "nonfinite: overflow or NaN"
CONSTANT = "constant: no spread beyond round-off"
UNKNOWN = np.full(2, np.nan)

Interval = tuple[Floats, Floats, Floats]  # value, low, high


class Measured(NamedTuple):
    """What is known of one estimator in one cell, for (mu, sigma)."""

    replicates: int
    gradient: Floats
    exact_gradient: Floats
    variance: Interval
    ratio: Interval | None  # over the pathwise variance; None without one, and for itself
    exact_variance: Floats
    gradient_z: Floats
    variance_z: Floats
    kurtosis: Floats
    bias: Floats  # |integrated - exact gradient| in units of its tolerance; NaN without an oracle
    status: tuple[str, ...]


def measured(sample: Sampled, plan: Plan, precision: float) -> Iterator[tuple[Job, Measured]]:
    """Every estimator of every cell that a stream served."""
    for one in sample.subgrids:
        subgrid, total, replicates = one.subgrid, one.sums.sum(axis=0), one.replicates.sum(axis=0)
        logs, paired = relative(sample.subgrids, one)
        variances, ratios = jackknife.interval(log_variances(one)), jackknife.interval(logs)
        widths, shares = jackknife.half_width(logs), moments.largest_share(one.sums)
        points, estimators = enumerate(subgrid.cells), enumerate(subgrid.estimators)
        for (p, point), (m, (variant, estimator)) in itertools.product(points, estimators):
            data, gradient = plan.data.get(point.dataset_size or 0, np.empty(0)), one.centre[p]
            exact = quadrature.exact(subgrid.form, estimator, variant, sample.stream.sampler, point, data)
            for k, samples in enumerate(subgrid.samples):
                job, at, n = (replace(point, samples=samples), variant), (p, m, k), replicates[k : k + 1]
                if job not in subgrid.jobs:
                    continue
                deviation, spread = moments.mean(total[at], n), variances[0][at]
                true, kurtosis = exact.at(samples) if exact else (UNKNOWN, UNKNOWN)
                error = true**2 * ((kurtosis - 3) / n + 2 / (n - 1))
                found = Measured(
                    replicates=int(n[0]),
                    gradient=gradient + deviation,
                    exact_gradient=gradient,
                    variance=_at(variances, at),
                    ratio=_at(ratios, at) if paired and variant.name != "pathwise" else None,
                    exact_variance=true,
                    gradient_z=_z(deviation, np.where(np.isnan(true), spread, true) / n, ROUND_OFF * abs(gradient)),
                    variance_z=_z(spread - true, error, (ROUND_OFF * gradient) ** 2),
                    kurtosis=moments.kurtosis(total[at], n),
                    bias=_bias(exact, gradient) if exact else UNKNOWN,
                    status=tuple(
                        _status(*of, precision) for of in zip(total[at], spread, shares[at], widths[at], strict=True)
                    ),
                )
                yield job, found


def _at(interval: Interval, at: tuple[int, ...]) -> Interval:
    value, low, high = interval
    return value[at], low[at], high[at]


def _z(difference: Floats, variance: Floats, round_off: Floats) -> Floats:
    """difference / sqrt(variance); where the variance is 0, 0 up to round-off and infinite beyond."""
    exactly = np.where(abs(difference) <= round_off, 0.0, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(variance == 0, exactly, difference / np.sqrt(variance))


def _bias(exact: quadrature.Exact, gradient: Floats) -> Floats:
    """|integrated - exact gradient| in units of its tolerance."""
    tolerance = BIAS * abs(gradient) + CANCELLED * np.sqrt(exact.variance)
    return np.asarray(abs(exact.mean - gradient) / np.maximum(tolerance, np.finfo(float).tiny))


def _status(sums: Floats, variance: float, share: float, width: float, precision: float) -> str:
    """The status of a gradient's variance and ratio."""
    if not np.isfinite(sums).all():
        return NONFINITE
    if variance == 0:
        return CONSTANT
    if share > DOMINATED:
        return "unconverged"
    return "budget" if width > precision else "ok"
