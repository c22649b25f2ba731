"""Laws of a sampler: each draw has the law of its channel (`marginal`), `coupled` draws alone depend on each other.

Seen in draws, by z-scores under a bound that a right sampler breaks with a chance of some 1e-7; by many repeats of few
draws, where columns that are spread too evenly give a mean that is too still.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from bench.laws.channels import NODES
from bench.laws.finding import Finding, against, worst
from bench.laws.marginal import BOUND, Shape, marginal_law, of_samples
from bench.laws.outcome import Outcome, tried
from bench.laws.strata import FUNCTIONS, NAMES, strata_as_filled
from bench.plan.streams import coupled_of
from bench.registry import Registry
from bench.spec import BaseNoise, Floats, Sampler

COLUMNS = 4096
REPEATS, FEW = 1500, 32  # fills of few columns
SAMPLES = 4  # draws of an estimate, where all of them are coupled


def filled(sampler: Sampler, channel: BaseNoise, d: int, columns: int, repeats: int = 1, seed: int = 12) -> Floats:
    """[repeats, d, coupled, columns] as the engine asks for it: every strip at once."""
    out = np.full((repeats, d, coupled_of(sampler, SAMPLES), columns), np.nan)
    sampler.fill(np.random.Generator(np.random.SFC64(seed)), channel, out)
    return out


def components_of(sampler: Sampler, channel: BaseNoise) -> int:
    """Two, or one where the sampler declines two."""
    return 2 if sampler.skip((channel,), 2, SAMPLES) is None else 1


def moments_of(channel: BaseNoise) -> tuple[Floats, Floats]:
    """(means, variances) of the functions, by the rule."""
    points, weights = channel.rule(NODES)
    values = np.array([function(points) for function in FUNCTIONS])
    means = values @ weights
    return means, (values - means[:, np.newaxis]) ** 2 @ weights


def same_twice(sampler: Sampler, channel: BaseNoise) -> Finding | None:
    """The same generator gives the same draws, and all of `out` is overwritten."""
    once, again = (filled(sampler, channel, components_of(sampler, channel), 64) for _ in range(2))
    unwritten = float(np.isnan(once).sum())
    return worst(
        [
            against(unwritten, 0.0, 0.5, "numbers that fill leaves unwritten"),
            against(again, once, 0.0, "draws of the same generator"),
        ]
    )


def columns_apart(sampler: Sampler, channel: BaseNoise) -> Finding | None:
    """Columns, components and strips do not depend on each other: products have the product of the means.

    And the mean over few columns scatters as that of independent ones.
    """
    means, variances = moments_of(channel)
    d = components_of(sampler, channel)
    centred = filled(sampler, channel, d, COLUMNS, repeats=2)
    findings = []
    for name, function, mean, variance in zip(NAMES, FUNCTIONS, means, variances, strict=True):
        values = function(centred) - mean
        pairs = {
            "neighbours": (values[..., :-1], values[..., 1:]),
            "columns two apart": (values[..., :-2], values[..., 2:]),
            "columns half a fill apart": (values[..., : COLUMNS // 2], values[..., COLUMNS // 2 :]),
            "columns in mirrored places": (values[..., : COLUMNS // 2], values[..., : COLUMNS // 2 - 1 : -1]),
            "strips": (values[0], values[1]),
        } | ({"components": (values[:, 0], values[:, 1])} if d > 1 else {})
        for kind, (a, b) in pairs.items():
            count = a.shape[-1]
            product = (a * b).reshape(-1, count).mean(axis=1) / variance
            findings.append(against(product, 0.0, BOUND / np.sqrt(count), f"correlation of {name} of {kind}"))
        few = (function(filled(sampler, channel, 1, FEW, REPEATS)) - mean)[:, 0].mean(axis=-1)  # [repeats, coupled]
        spread = (few**2).mean(axis=0) * FEW / variance
        allowed = BOUND * np.sqrt((few**4).mean(axis=0) / (few**2).mean(axis=0) ** 2 / REPEATS)
        findings.append(against(spread, 1.0, allowed, f"spread of the mean of {name} over {FEW} columns"))
    return worst(findings)


def expand_as_filled(sampler: Sampler, channel: BaseNoise) -> Finding | None:
    """`expand` gives the draws that a node stands for: the mean over a column has the moments that draws have.

    Compared are E m and E m^2 of m = the mean over the coupled draws of z, z^2, sin(2 z), exp(-z^2/2).
    """
    assert isinstance(sampler.coupled, int)
    points, weights = channel.rule(NODES)
    nodes = sampler.expand(channel, points)
    place = f"expand gives {nodes.shape}, expected ({sampler.coupled}, {points.size})"
    if nodes.shape != (sampler.coupled, points.size):
        return Finding(place, float(nodes.size), float(sampler.coupled * points.size), np.inf)
    draws, findings = filled(sampler, channel, 1, COLUMNS * 8)[0, 0], []
    for name, function in zip(NAMES, FUNCTIONS, strict=True):
        at_nodes, at_draws = function(nodes).mean(axis=0), function(draws).mean(axis=0)
        for power in (1, 2):
            expected, square = weights @ at_nodes**power, weights @ at_nodes ** (2 * power)
            scatter = max(square - expected**2, (at_draws**power).var())
            error = BOUND * np.sqrt(scatter / at_draws.size) + 1e-9 * (1 + abs(expected))
            words = f"(mean of {name} over a column)^{power}, filled and expanded"
            findings.append(against((at_draws**power).mean(), expected, error, words))
    return worst(findings)


def of_sampler(sampler: Sampler, registry: Registry, shapes: Sequence[Shape] = ()) -> Iterator[Outcome]:
    """On the noise of every family that it draws, in fills of several shapes: those of a sweep, or of a few draws."""
    several = {c.name: c for family in registry.plugins["family"].values() for c in family.channels}
    suited = [channel for channel in several.values() if sampler.skip((channel,), 1, SAMPLES) is None]
    shapes = shapes or (of_samples(sampler, SAMPLES),)

    def lawful(sampler: Sampler, channel: BaseNoise) -> Finding | None:
        return worst([marginal_law(sampler, channel, shape) for shape in shapes])

    laws: dict[str, Callable[[Sampler, BaseNoise], Finding | None]] = {
        "fills all, the same twice": same_twice,
        "each draw has its channel's law": lawful,
        f"coupled={sampler.coupled}, columns apart": columns_apart,
        "expand as filled": expand_as_filled,
        "strata as filled": strata_as_filled,
    }
    whole_estimate = sampler.coupled == "estimate"
    none_stands = "no node stands for draws that are all coupled" if whole_estimate else ""
    no_strata = "" if whole_estimate and sampler.strata else "no strata of draws that are all coupled are claimed"
    unasked = {"expand as filled": none_stands, "strata as filled": no_strata}
    for law, broken in laws.items():
        reason = unasked.get(law, "")
        subjects = [] if reason else suited
        reason = reason or "it draws no noise of the families"
        yield tried(law, subjects, partial(broken, sampler), lambda channel: channel.name, reason)
