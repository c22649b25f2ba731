"""Antithetic draws: every draw z comes with its mirror image z', which has as much of the law above it as z has below.

Identity      m = (g(z) + g(z')) / 2 is the part of g that the mirror leaves as it is: the odd part cancels
Variance      of K draws: 2 Var(m) / K = (1 + rho) Var(g) / K, rho the correlation of g(z) and g(z'). It falls as 1/K
              as that of independent draws does: an even g has twice their variance, for its pairs are equal; an odd g
              has none. The oracle integrates m, so the ratio to `iid` is exact.
Requires      an even number of draws, and noise with a mirror: -z of a normal, 1 - u of a uniform

All components and channels of a draw are reflected together. Hammersley & Morton (1956); Owen (2013), "Monte Carlo
theory, methods and examples", section 8.2.
Not to be confused with mirrored sampling of evolution strategies, where that is part of the estimator.
"""

import numpy as np

from bench.spec import BaseNoise, Floats, Sampler


def fill(generator: np.random.Generator, channel: BaseNoise, out: Floats) -> None:
    """out[..., 0, :] <- fresh noise;  out[..., 1, :] <- its mirror image."""
    fresh = np.empty(out[..., 0, :].shape)
    channel.fill(generator, fresh)
    out[..., 0, :], out[..., 1, :] = expand(channel, fresh)


def expand(channel: BaseNoise, nodes: Floats) -> Floats:
    """[2, ...] The nodes and their mirror images."""
    assert channel.mirror is not None
    return np.stack([nodes, channel.mirror(nodes)])


def skip(channels: tuple[BaseNoise, ...], dimension: int, samples: int) -> str | None:
    """What has no mirror is not reflected."""
    lacking = next((channel.name for channel in channels if channel.mirror is None), None)
    return lacking and f"antithetic reflects draws, and noise {lacking!r} has no mirror"


PLUGIN = Sampler("antithetic", fill, coupled=2, expand=expand, skip=skip)
