"""Laws: the oracle's variance and kurtosis are those of brute force, and of draws; its gradient is theirs too."""

import numpy as np

from bench.engine import apply
from bench.engine.case import Case
from bench.engine.pilot import prepared
from bench.laws.finding import Finding, against, worst
from bench.laws.integrals import fewest, nodes, refined
from bench.laws.unbiased import has_gradient, owned_rows, rows_of
from bench.oracle import quadrature
from bench.oracle.cancellation import cancelled
from bench.oracle.exact import Exact
from bench.oracle.gradients import exact_gradient
from bench.plan.streams import coupled_of
from bench.spec import Floats
from bench.statistics import moments as statistics
from bench.statistics.moments import quiet

ROUND_OFF = 1e-9
OF_FOURTH = 1e-8  # powers, relative to the square of the square
DRAWS = 60_000
BOUND = 6.0  # standard errors
LEAST_TAILS = 30.0  # the kurtosis that an estimate is taken to have where none is known: draws may miss its tails


def exact_variance(
    case: Case, samples: int | None = None, count: int | None = None, exact: Exact | None = None
) -> Finding | None:
    """Var g and its fourth moment by the oracle's route are those of a tensor of nodes over all draws of an estimate.

    None too where the oracle knows no variance of so many draws: it says so itself.
    """
    samples = samples or fewest(case)
    exact = exact or quadrature.exact(case)
    variance, kurtosis = exact.at(samples)
    count, finding = count or nodes(case, samples), None
    finite, nothing = ~np.isnan(variance), (statistics.ROUND_OFF * cancelled(case)) ** 2
    names, settled = np.array(rows_of(case)), finite & ~np.isnan(kurtosis)
    of_fourth = (kurtosis * variance**2)[settled]
    for (mean, second, fourth), (_, of_second, of_fourth_moment) in refined(case, samples, count):
        size = np.sqrt(second) + abs(mean)
        size[size == 0] = 1.0
        allowed = ROUND_OFF * size**2 + nothing + of_second
        of_fourths = OF_FOURTH * (size**4 + fourth) + nothing**2 + of_fourth_moment
        places = f"variance of {samples} draws, integrated", f"fourth moment of {samples} draws"
        finding = worst(
            [
                against(variance[finite], second[finite], allowed[finite], places[0], list(names[finite])),
                against(of_fourth, fourth[settled], of_fourths[settled], places[1], list(names[settled])),
            ]
        )
        if finding is None:
            break
    return finding


@quiet
def measured_variance(case: Case, exact: Exact | None = None, samples: int | None = None) -> Finding | None:
    """The variance of estimates that are drawn lies within six standard errors of the exact one."""
    samples, exact = samples or fewest(case), exact or quadrature.exact(case)
    variance, kurtosis = exact.at(samples)
    estimates = apply.estimates(prepared(case), drawn(case, samples, DRAWS // samples, seed=5), samples)
    count = estimates.shape[1]
    centred = estimates - estimates.mean(axis=1)[:, np.newaxis]
    tails = np.maximum((centred**4).mean(axis=1) / (centred**2).mean(axis=1) ** 2, LEAST_TAILS)
    kurtosis = np.where(np.isnan(kurtosis), tails, kurtosis)
    error = variance * np.sqrt((kurtosis - 3) / count + 2 / (count - 1))
    finite = ~np.isnan(variance)
    return against(
        estimates.var(axis=1, ddof=1)[finite],
        variance[finite],
        (BOUND * error + ROUND_OFF * exact.mean**2 + (statistics.ROUND_OFF * cancelled(case)) ** 2)[finite],
        f"variance of {samples} draws, measured",
        list(np.array(rows_of(case))[finite]),
    )


@quiet
def measured_mean(case: Case, samples: int | None = None) -> Finding | None:
    """The mean of estimates that are drawn lies within six standard errors of the exact gradient.

    Coarser than `unbiased`, and for any number of components. None too where nothing gives the gradient.
    """
    samples, exact = samples or fewest(case), exact_gradient(case)
    if exact is None:
        return None
    case, owned = prepared(case), has_gradient(case)
    estimates = apply.estimates(case, drawn(case, samples, DRAWS // samples, seed=9), samples)[owned]
    error = np.sqrt(estimates.var(axis=1, ddof=1) / estimates.shape[1])
    mean = estimates.mean(axis=1) + apply.constant(case)[owned]
    allowed = BOUND * error + ROUND_OFF * (1 + abs(exact[owned]))
    return against(mean, exact[owned], allowed, f"mean of {samples} draws, measured", owned_rows(case))


def drawn(case: Case, samples: int, replicates: int, seed: int) -> Floats:
    """noise[channels, d, samples * replicates] as the sampler draws it, laid out for as many estimates."""
    generator, coupled = np.random.Generator(np.random.SFC64(seed)), coupled_of(case.sampler, samples)
    shape = len(case.channels), case.cell.dimension, coupled, samples * replicates // coupled
    noise = np.empty(shape)
    for channel, row in zip(case.channels, noise, strict=True):
        case.sampler.fill(generator, channel, row)
    return noise.reshape(*shape[:2], -1)
