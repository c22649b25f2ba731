"""Laws of a channel of noise: draws have the law that its rules integrate."""

from collections.abc import Sequence

import numpy as np

from bench.laws.finding import Finding, against, worst
from bench.laws.outcome import Outcome, tried
from bench.spec import BaseNoise, Floats

DRAWS = 200_000
POWERS = (1, 2, 3, 4)
BOUND = 6.0  # standard errors, which a right channel exceeds with a chance of 2e-9 a power
NODES = 120


def drawn(channel: BaseNoise, seed: int = 11) -> Floats:
    """[DRAWS] of the channel's own draws."""
    out = np.full(DRAWS, np.nan)
    channel.fill(np.random.Generator(np.random.SFC64(seed)), out)
    return out


def moments_of_draws(channel: BaseNoise, draws: Floats | None = None) -> Finding | None:
    """The first powers of draws have the means that the rule gives."""
    draws = drawn(channel) if draws is None else draws
    points, weights = channel.rule(NODES)
    measured, expected, error = (np.empty(len(POWERS)) for _ in range(3))
    for i, power in enumerate(POWERS):
        mean, square = weights @ points**power, weights @ points ** (2 * power)
        measured[i], expected[i] = np.mean(draws**power), mean
        error[i] = BOUND * np.sqrt((square - mean**2) / draws.size)
    return against(measured, expected, error, f"{channel.name}, power", [f"mean of noise^{p}," for p in POWERS])


def weights_of_rules(channel: BaseNoise) -> Finding | None:
    """The weights of every rule sum to 1, and none is negative; there are as many as points."""
    findings = []
    for name in ("rule", "fallback"):
        rule = getattr(channel, name)
        for nodes in (8, 40, 200) if rule else ():
            points, weights = rule(nodes)
            place = f"{channel.name}.{name}({nodes})"
            findings.append(against(float(points.size), float(weights.size), 0.5, f"{place}, points and weights"))
            findings.append(against(weights.sum(), 1.0, 1e-12, f"{place}, sum of the weights"))
            findings.append(against(min(0.0, weights.min()), 0.0, 0.0, f"{place}, least weight"))
    return worst(findings)


def of_noise(several: Sequence[BaseNoise]) -> Outcome:
    """Draws of each channel have the law of its rule."""

    def broken(channel: BaseNoise) -> Finding | None:
        return weights_of_rules(channel) or moments_of_draws(channel)

    return tried("noise has its rule's law", several, broken, lambda channel: channel.name, "no noise of its own")
