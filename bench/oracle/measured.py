"""Measured numbers beside exact ones, for every estimator in every cell: power sums become variances with intervals."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from bench.engine.stages import PowerSums, Sampled, log_variances_of, relative
from bench.oracle import quadrature
from bench.oracle.apply import Case
from bench.oracle.quadrature import Exact
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import REFERENCE, Floats
from bench.statistics import jackknife, moments
from bench.statistics.moments import ROUND_OFF, quiet

DOMINATED = 0.25  # a variance that owes this much of its sum of squares to one of 64 groups has not converged
BIAS = 1e-8  # tolerance of the integrated gradient relative to the exact one
CANCELLED = 1e-10  # and to the standard deviation of one draw: the digits that integration loses
NONFINITE = "nonfinite: overflow or NaN"
CONSTANT = "constant: no spread beyond round-off"
UNKNOWN = np.full(2, np.nan)

Interval = tuple[Floats, Floats, Floats]  # value, low, high
Position = tuple[int, int, int]  # cell, estimator, number of samples


class Measured(NamedTuple):
    """What is known of one estimator in one cell, for (mu, sigma)."""

    replicates: int
    gradient: Floats
    exact_gradient: Floats
    variance: Interval
    ratio: Interval | None  # over the reference's variance; None without one, and for itself
    exact_variance: Floats
    gradient_z: Floats
    variance_z: Floats
    kurtosis: Floats
    bias: Floats  # |integrated - exact gradient| over its tolerance; NaN without an oracle
    status: tuple[str, ...]


class Summary(NamedTuple):
    """The statistics of a subgrid, each [cells, estimators, samples, 2]."""

    power_sums: Floats  # [cells, estimators, samples, 2, POWERS] over all groups
    replicates: Floats  # [samples]
    centre: Floats  # [cells, 2]
    variances: Interval
    ratios: Interval | None  # None where there is no reference in the same cells
    half_widths: Floats  # relative, of the ratio, or of the variance where there is none
    largest_shares: Floats


def measured(sampled: Sampled, plan: Plan, precision: float) -> Iterator[tuple[Job, Measured]]:
    """Every estimator of every cell that a stream served."""
    for sums in sampled.subgrids:
        subgrid, summary = sums.subgrid, _summary(sums, sampled)
        pairs = itertools.product(enumerate(subgrid.cells), enumerate(subgrid.estimators))
        for (p, cell), (m, (variant, estimator)) in pairs:
            data = plan.data.get(cell.dataset_size or 0, np.empty(0))
            exact = quadrature.exact(Case(subgrid.form, estimator, variant, sampled.stream.sampler, cell, data))
            for k, samples in enumerate(subgrid.samples):
                job = replace(cell, samples=samples), variant
                if job in subgrid.jobs:
                    yield job, _measured(job, summary, (p, m, k), exact, precision)


def _summary(sums: PowerSums, sampled: Sampled) -> Summary:
    """The statistics of one of a stream's subgrids."""
    logs, paired = relative(sampled.subgrids, sums)
    return Summary(
        power_sums=sums.totals.sum(axis=0),
        replicates=sums.replicates.sum(axis=0),
        centre=sums.centre,
        variances=jackknife.interval(log_variances_of(sums)),
        ratios=jackknife.interval(logs) if paired else None,
        half_widths=jackknife.half_width(logs),
        largest_shares=moments.largest_share(sums.totals),
    )


def _measured(job: Job, summary: Summary, position: Position, exact: Exact | None, precision: float) -> Measured:
    """One estimator in one cell, held against its exact moments."""
    (cell, variant), (p, _, k) = job, position
    n, gradient, sums = summary.replicates[k : k + 1], summary.centre[p], summary.power_sums[position]
    deviation, variance = moments.mean(sums, n), summary.variances[0][position]
    exact_variance, kurtosis = exact.at(cell.samples) if exact else (UNKNOWN, UNKNOWN)
    variance_of_variance = exact_variance**2 * ((kurtosis - 3) / n + 2 / (n - 1))
    variance_of_mean = np.where(np.isnan(exact_variance), variance, exact_variance) / n
    checks = zip(sums, variance, summary.largest_shares[position], summary.half_widths[position], strict=True)
    return Measured(
        replicates=int(n[0]),
        gradient=gradient + deviation,
        exact_gradient=gradient,
        variance=_interval_at(summary.variances, position),
        ratio=_interval_at(summary.ratios, position) if summary.ratios and variant.name != REFERENCE else None,
        exact_variance=exact_variance,
        gradient_z=_z(deviation, variance_of_mean, ROUND_OFF * abs(gradient)),
        variance_z=_z(variance - exact_variance, variance_of_variance, (ROUND_OFF * gradient) ** 2),
        kurtosis=moments.kurtosis(sums, n),
        bias=_bias(exact, gradient) if exact else UNKNOWN,
        status=tuple(_status(*check, precision) for check in checks),
    )


def _interval_at(interval: Interval, position: Position) -> Interval:
    """The interval of one estimator in one cell, for (mu, sigma)."""
    value, low, high = interval
    return value[position], low[position], high[position]


@quiet
def _z(difference: Floats, variance: Floats, round_off: Floats) -> Floats:
    """difference / sqrt(variance); where the variance is 0, 0 up to round-off and infinite beyond."""
    of_a_constant = np.where(abs(difference) <= round_off, 0.0, np.inf)
    return np.where(variance == 0, of_a_constant, difference / np.sqrt(variance))


def _bias(exact: Exact, gradient: Floats) -> Floats:
    """|integrated - exact gradient| over its tolerance."""
    tolerance = BIAS * abs(gradient) + CANCELLED * np.sqrt(exact.variance)
    return np.asarray(abs(exact.mean - gradient) / np.maximum(tolerance, np.finfo(float).tiny))


def _status(sums: Floats, variance: float, largest_share: float, half_width: float, precision: float) -> str:
    """The status of a gradient's variance and ratio."""
    if not np.isfinite(sums).all():
        return NONFINITE
    if variance == 0:
        return CONSTANT
    if largest_share > DOMINATED:
        return "unconverged"
    return "budget" if half_width > precision else "ok"
