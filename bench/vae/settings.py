"""What a fit of the autoencoder is asked for, every key checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from bench.config import checks
from bench.errors import unknown
from bench.vae.digits import COUNT
from bench.vae.methods import ENTROPIES, ESTIMATORS, RULES, Method


class Fit(NamedTuple):
    """One curve: a method with K = `samples` draws for each datum, and `dimension` latent components (L)."""

    dimension: int
    samples: int
    method: Method


@dataclass(frozen=True, slots=True)
class VaeSettings:
    """The keys of a fit of the autoencoder; lists are axes. BadInput where a value is not allowed."""

    estimator: tuple[str, ...] = ESTIMATORS
    entropy: tuple[str, ...] = ENTROPIES  # sticking_the_landing is of pathwise alone
    dimension: tuple[int, ...] = (2, 10)  # L, the latent components of a digit
    samples: tuple[int, ...] = (1, 10)  # K, draws for each digit of a batch
    steps: int = 1000
    checkpoints: int = 7  # at step 0, then at equal ratios up to `steps`
    learning_rate: float = 0.003
    batch: int = 100
    held_out: int = 297
    replicates: int = 3  # fits with other weights, batches and draws
    gradients: int = 256  # whose variance is taken at a checkpoint
    groups: int = 64  # of the jackknife
    seed: int = 0
    rounds: int = 7  # of timing; 0 measures no time
    workers: int = 2  # fits at a time; no time is measured beside them

    def __post_init__(self) -> None:
        """Check every key."""
        checks.axis("estimator", self.estimator, partial(_known, ESTIMATORS))
        checks.axis("entropy", self.entropy, partial(_known, ENTROPIES))
        for key in ("dimension", "samples"):
            checks.axis(key, getattr(self, key), checks.whole)
        for key, least in LEAST.items():
            checks.whole(key, getattr(self, key), least)
        checks.positive("learning_rate", self.learning_rate)
        if self.held_out + self.batch > COUNT:
            raise checks.bad("batch", self.batch, f"a whole number <= {COUNT} - held_out, {COUNT - self.held_out}")
        if self.gradients % self.groups:
            raise checks.bad("gradients", self.gradients, f"a multiple of groups, {self.groups}")
        if not self.methods:
            raise checks.bad("entropy", self.entropy, "closed_form too, unless estimator has pathwise")
        if not list(self.fits):
            raise checks.bad("samples", self.samples, "2 or more for score_function_loo")

    @property
    def methods(self) -> tuple[Method, ...]:
        """The estimators with the treatments of the entropy that they have."""
        return tuple(
            method for method in RULES if method.estimator in self.estimator and method.entropy in self.entropy
        )

    @property
    def fits(self) -> Iterator[Fit]:
        """All curves; no leave-one-out of a single draw."""
        for dimension in self.dimension:
            for samples in self.samples:
                for method in self.methods:
                    if samples >= method.fewest:
                        yield Fit(dimension, samples, method)

    @property
    def marks(self) -> tuple[int, ...]:
        """The steps of the checkpoints."""
        spaced = np.geomspace(max(1, self.steps / 100), self.steps, max(1, self.checkpoints - 1))
        return tuple(dict.fromkeys([0, *(round(float(step)) for step in spaced[:-1]), self.steps]))


LEAST = {  # the whole numbers, each with its smallest value
    **dict.fromkeys(("steps", "batch", "held_out", "replicates", "workers"), 1),
    **dict.fromkeys(("checkpoints", "groups"), 2),
    **dict.fromkeys(("seed", "rounds"), 0),
    "gradients": 4,
}


def _known(names: tuple[str, ...], key: str, value: Any) -> str:
    """A name that the encoder's gradient knows."""
    if value not in names:
        raise unknown(key, value, names)
    return str(value)
