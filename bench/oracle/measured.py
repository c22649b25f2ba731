"""Measured numbers beside exact ones, for every estimator in every cell: power sums become variances with intervals."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bench.engine import reported
from bench.engine.apply import constant
from bench.engine.case import Case, case_of
from bench.engine.pilot import prepared
from bench.engine.stages import PowerSums, Sampled, half_widths, log_mean_squares_of, log_variances_of, over_reference
from bench.oracle import quadrature
from bench.oracle.agreement import ByComponent, bias_of, projections, worst, z_of
from bench.oracle.exact import Exact, none
from bench.oracle.routes import broken_claim
from bench.oracle.tails import ENDLESS
from bench.plan.cells import Plan
from bench.plan.rules import evaluations_of, is_biased, lacks
from bench.plan.streams import Job
from bench.spec import Floats
from bench.statistics import jackknife, moments
from bench.statistics.jackknife import Interval
from bench.statistics.moments import quiet

# A variance that owes more than groups**DOMINATED of its sum of squares to one group has not converged: 0.25 of 64.
DOMINATED = -1 / 3
VAGUE = 0.5  # nor has one whose exact standard error is more than this of it: nothing can be said of it
NONFINITE = "nonfinite: overflow or NaN"
CONSTANT = "constant: no spread beyond round-off"
UNCONVERGED = "unconverged"  # few draws carry the variance
_OWN_MEAN = "its own mean has no exact route"  # of a biased rule

Position = tuple[int, int, int]  # cell, member, number of samples


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of one estimator in one cell, by reported parameter: the family's own first.

    Of untied components: the norm of the exact gradient and the mean estimate along it, the sum of the variances, the
    largest z and kurtosis.
    """

    parameters: tuple[str, ...]
    measured: tuple[int, ...]  # which of them were; the others are derived from one of these
    replicates: int
    evaluations: int  # of f and its derivatives, that an estimate takes
    pilot_evaluations: int  # that were taken once, for what the estimator froze
    gradient: Floats
    gradient_se: Floats
    exact_gradient: Floats
    bias: Floats  # of the integrated mean, 0 within its tolerance; of a biased rule that none integrates, as measured
    variance: Interval
    ratio: Interval | None  # over the reference's variance; None without one, and for itself
    mse: Interval
    mse_ratio: Interval | None
    exact_variance: Floats
    exact_batch_variance: Floats  # of it, what a random batch leaves however many draws; NaN without one
    gradient_z: Floats
    variance_z: Floats
    kurtosis: Floats
    components: ByComponent
    status: tuple[str, ...]
    biased: bool  # as declared: its mean is held against the integrated one, not against the gradient
    lacking: tuple[str, ...]  # why the estimator has no gradient by a parameter; empty where it has
    reason: str  # why no moments are integrated; empty where they are
    groups: int  # of the jackknife
    group_means: Floats | None  # [groups, 1 or d, reported] where there is no exact gradient, to be compared
    round_off: Floats  # [1 or d, reported] of a mean


@dataclass(frozen=True, slots=True)
class Summary:
    """The statistics of a subgrid, each [cells, members, samples, ...]."""

    sums: PowerSums
    variances: Interval
    ratios: Interval
    is_ratio: NDArray[np.bool_]  # [cells, members, samples]
    mean_squares: Interval
    mse_ratios: Interval
    half_widths: Floats  # that are held against the precision
    shares: Floats  # [..., rows] the largest group's share of the sum of squares


def measured(sampled: Sampled, plan: Plan, precision: float) -> Iterator[tuple[Job, Measured]]:
    """Every estimator of every cell that a stream served."""
    for sums in sampled.subgrids:
        subgrid, summary = sums.subgrid, _summary(sums, sampled, plan)
        for (p, cell), (m, member) in itertools.product(enumerate(subgrid.cells), enumerate(subgrid.members)):
            jobs = [(replace(cell, samples=samples), member.variant) for samples in subgrid.samples]
            if not subgrid.jobs & set(jobs):
                continue
            data = plan.data.get(cell.dataset_size or 0, np.empty(0))
            case = case_of(sampled.stream, subgrid, member, cell, data)
            exact, piloted = exact_moments(case), prepared(case).pilot_evaluations
            for k, job in enumerate(jobs):
                if job in subgrid.jobs:
                    claim = broken_claim(case, subgrid.samples[k])
                    trusted = none(case, claim) if claim else exact
                    result = _measured(job, summary, (p, m, k), trusted, constant(case), precision)
                    yield job, replace(result, pilot_evaluations=piloted)


def exact_moments(case: Case) -> Exact:
    """Those of the parameters alone where there are none of their combinations."""
    exact, family = quadrature.exact(case), case.family
    if np.isnan(exact.mean).all() and family.combinations:
        alone = quadrature.exact(replace(case, family=replace(family, combinations={})))
        return alone.padded(len(family.parameters), family.rows)
    return exact


def _summary(sums: PowerSums, sampled: Sampled, plan: Plan) -> Summary:
    """The statistics of one of a stream's subgrids."""
    logs, is_ratio = over_reference(sampled.subgrids, sums, plan, log_variances_of)
    mse_logs, _ = over_reference(sampled.subgrids, sums, plan, log_mean_squares_of)
    return Summary(
        sums=sums,
        variances=jackknife.interval(log_variances_of(sums)),
        ratios=jackknife.interval(logs),
        is_ratio=is_ratio,
        mean_squares=jackknife.interval(log_mean_squares_of(sums)),
        mse_ratios=jackknife.interval(mse_logs),
        half_widths=half_widths(sampled.subgrids, sums, plan),
        shares=moments.largest_share(sums.totals),
    )


@quiet
def _measured(
    job: Job, summary: Summary, position: Position, exact: Exact, shift: Floats, precision: float
) -> Measured:
    """One estimator in one cell, held against its exact moments."""
    (cell, _), (p, m, k) = job, position
    subgrid, unknown = summary.sums.subgrid, np.full(summary.sums.subgrid.rows, np.nan)
    family, groups = subgrid.family, summary.sums.totals[:, p, m, k]
    assert subgrid.centre is not None
    assert subgrid.exact is not None
    n, sums, gradient = summary.sums.replicates[:, k].sum(keepdims=True), groups.sum(axis=0), subgrid.exact[p]
    member, centre = subgrid.members[m], subgrid.centre[p, m] + shift
    biased = is_biased(member.estimator, member.rule, subgrid.objective)
    mean, deviation = centre + moments.mean(sums, n), moments.mean(sums, n)
    if biased:  # judged against its own mean
        integrated = exact.mean_at(cell.samples)
        deviation, is_judged = centre - integrated + deviation, np.isfinite(integrated)
    else:
        integrated, is_judged = exact.mean, np.isfinite(gradient)
    variance = moments.variance(sums, n)
    variance = np.where(variance <= reported.floor(subgrid)[p, m, 0], 0.0, variance)
    exact_variance, kurtosis = exact.at(cell.samples)
    kurtosis = np.where(np.isnan(kurtosis), moments.kurtosis(sums, n), kurtosis)
    of_variance = exact_variance**2 * ((kurtosis - 3) / n + 2 / (n - 1))
    vague = of_variance > (VAGUE * exact_variance) ** 2
    of_mean = np.where(np.isnan(exact_variance), variance, exact_variance) / n
    size = reported.size(subgrid)[p, m]
    round_off = moments.ROUND_OFF * size
    endless = np.isnan(exact.variance) & (exact.reason == ENDLESS)
    few = (summary.shares[position] > len(groups) ** DOMINATED) | vague | endless
    is_judged &= np.isfinite(exact_variance) | ~few
    gradient_z = np.where(is_judged, z_of(deviation, of_mean, round_off), np.nan)
    spread = np.where(np.isnan(exact.variance), variance, exact.variance)
    off = bias_of(replace(exact, mean=integrated, variance=spread), gradient, size + abs(shift))
    bias = np.where(np.isfinite(integrated), integrated, mean) - gradient if biased else unknown
    variance_z = np.where(vague, np.nan, z_of(variance - exact_variance, of_variance, round_off**2))
    factors, is_exact = reported.factors(family, cell), bool(np.isfinite(gradient).all())

    def components(values: Floats, power: int = 0) -> Floats:
        return reported.by_parameter(values, family) * factors**power

    by_component = ByComponent(
        exact_gradient=components(gradient, 1),
        gradient=components(mean, 1),
        gradient_z=components(gradient_z),
        variance=components(variance, 2),
        exact_variance=components(exact_variance, 2),
        variance_z=components(variance_z),
        integrated=components(integrated, 1),
        bias=components(unknown if biased else off),
    )
    group_means = components(moments.mean(groups, summary.sums.replicates[:, k][:, np.newaxis]), 1)
    along, error = projections(by_component, group_means, n[0])
    finite = np.asarray(np.isfinite(components(sums.sum(axis=-1))).all(axis=0))
    carried, widths = components(few).max(axis=0) > 0, summary.half_widths[position]
    checks = zip(finite, summary.variances[0][position], carried, widths, strict=True)
    return Measured(
        parameters=tuple(family.reported),
        measured=reported.measured(family),
        replicates=int(n[0]),
        evaluations=cell.samples * evaluations_of(subgrid.members[m].rule, cell.dimension, subgrid.form),
        pilot_evaluations=0,
        gradient=along,
        gradient_se=error,
        exact_gradient=norm(by_component.exact_gradient),
        bias=norm(components(np.where(off <= 1, 0.0, bias), 1)),
        variance=_at(summary.variances, position),
        ratio=_at(summary.ratios, position) if summary.is_ratio[position] else None,
        mse=_known(_at(summary.mean_squares, position), by_component.exact_gradient),
        mse_ratio=_at(summary.mse_ratios, position) if summary.is_ratio[position] and is_exact else None,
        exact_variance=by_component.exact_variance.sum(axis=0),
        exact_batch_variance=components(unknown if exact.between is None else exact.between, 2).sum(axis=0),
        gradient_z=worst(by_component.gradient_z),
        variance_z=worst(by_component.variance_z),
        kurtosis=components(moments.kurtosis(sums, n)).max(axis=0),
        components=by_component,
        status=tuple(_status(*check, precision) for check in checks),
        lacking=reported.lacking(lacks(subgrid.members[m].rule, family), family),
        biased=biased,
        reason=f"{_OWN_MEAN}: {exact.reason}" if biased and not is_judged.any() else exact.lacks(cell.samples),
        groups=len(groups),
        group_means=None if is_exact or biased else group_means + components(centre, 1),
        round_off=components(round_off, 1),
    )


def norm(gradients: Floats) -> Floats:
    """[reported] The norm over components; of one component the gradient itself, with its sign."""
    return np.asarray(gradients[0] if len(gradients) == 1 else np.sqrt((gradients**2).sum(axis=0)))


def _known(mean_squares: Interval, exact_gradient: Floats) -> Interval:
    """Mean squared errors, NaN where there is no exact gradient[1 or d, reported]."""
    value, low, high = np.where(np.isnan(exact_gradient).any(axis=0), np.nan, mean_squares)
    return value, low, high


def _at(interval: Interval, position: Position) -> Interval:
    """The interval of one estimator in one cell, by parameter."""
    value, low, high = interval
    return value[position], low[position], high[position]


def _status(finite: bool, variance: float, few: bool, half_width: float, precision: float) -> str:
    """The status of a gradient's variance and ratio."""
    if not finite:
        return NONFINITE
    if variance == 0:
        return CONSTANT
    if few:
        return UNCONVERGED
    return "budget" if half_width > precision else "ok"
