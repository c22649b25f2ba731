"""Law of a sampler whose draws lie in strata: in each interval as many as it claims, spread as the oracle integrates.

That they are as many is seen without tolerance; that they are uniform and independent in there, in the variance of the
mean over an estimate, which differs from that of independent draws by orders of magnitude.
"""

from collections.abc import Callable

import numpy as np

from bench.laws.finding import Finding, against, worst
from bench.laws.marginal import BOUND
from bench.oracle.strata import inside, pieces
from bench.spec import BaseNoise, Floats, Sampler

FUNCTIONS: tuple[Callable[[Floats], Floats], ...] = (
    lambda z: z,
    lambda z: z * z,
    lambda z: np.sin(2 * z),
    lambda z: np.exp(-0.5 * z * z),
)
NAMES = ("z", "z^2", "sin(2 z)", "exp(-z^2/2)")
SIZES = ((1, 4), (1, 9), (1, 32), (2, 16))  # (components, samples) of estimates
ESTIMATES = 4096
NODES = 32


def strata_as_filled(sampler: Sampler, channel: BaseNoise) -> Finding | None:
    """In every size that the sampler takes: how many draws an interval holds, and how the means of estimates spread.

    None too where the noise has no quantile function and density, for there the oracle does without strata.
    """
    if channel.quantile is None or channel.density is None:
        return None
    sizes = [(d, samples) for d, samples in SIZES if sampler.skip((channel,), d, samples) is None]
    return worst([_of_size(sampler, channel, d, samples) for d, samples in sizes])


def _of_size(sampler: Sampler, channel: BaseNoise, d: int, samples: int) -> Finding | None:
    assert sampler.strata is not None
    assert channel.quantile is not None
    strata = sampler.strata(samples, d)
    draws = np.full((ESTIMATES // 64, d, samples, 64), np.nan)
    sampler.fill(np.random.Generator(np.random.SFC64(16)), channel, draws)
    between = np.arange(1, strata) / strata
    channel.quantile(between)
    ranks = np.sort(np.searchsorted(between, draws), axis=2)
    evenly = np.repeat(np.arange(strata), samples // strata)[:, np.newaxis]
    place = f"of {samples} draws in {d} components"
    misplaced = float(np.count_nonzero(ranks != evenly))
    findings = [against(misplaced, 0.0, 0.5, f"draws outside of the interval that is left for them, {place}")]
    noise, weights, owner = pieces(channel, strata, NODES)
    for name, function in zip(NAMES, FUNCTIONS, strict=True):
        second, fourth, _ = inside(function(noise), weights, owner, strata)
        variance, cumulant = d * second / samples, d * fourth / samples**3
        means = function(draws).mean(axis=2).sum(axis=1)
        error = BOUND * np.sqrt(cumulant / ESTIMATES + 2 * variance**2 / (ESTIMATES - 1))
        findings.append(against(means.var(ddof=1), variance, error, f"variance of the mean of {name} {place}"))
    return worst(findings)
