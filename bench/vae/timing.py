"""Seconds per step of each fit: warm, after all else, in rounds that take the fits in turn; the median of rounds."""

import time
from collections.abc import Sequence
from functools import partial

import jax
import jax.numpy as jnp

from bench.clock.turns import in_turns
from bench.clock.work import LEAST_NS
from bench.statistics.medians import median
from bench.vae import keys, steps
from bench.vae.digits import split
from bench.vae.fitting import first_state
from bench.vae.settings import Fit, VaeSettings

LEAST_S = LEAST_NS * 1e-9  # of a timed call
STEPS = 10  # of one, or more where they take less


def seconds_per_step(settings: VaeSettings, fits: Sequence[Fit]) -> dict[Fit, float]:
    """The median over the rounds; nothing where there are none."""
    if not settings.rounds:
        return {}
    counts = {fit: _enough(settings, fit) for fit in fits}
    times = in_turns([partial(_seconds, settings, fit, counts[fit]) for fit in fits], settings.rounds)
    return {fit: median(values)[0] / counts[fit] for fit, values in zip(fits, times.T, strict=True)}


def _enough(settings: VaeSettings, fit: Fit) -> int:
    """How many steps take long enough; the first call compiles where that was not done."""
    count = STEPS
    _seconds(settings, fit, count)
    while _seconds(settings, fit, count) < LEAST_S:
        count *= 2
    return count


def _seconds(settings: VaeSettings, fit: Fit, count: int) -> float:
    """The seconds of so many steps, from the first weights."""
    images = jnp.asarray(split(settings.held_out)[0].images)
    order = keys.batches(settings.seed, 0, settings.steps, settings.batch, len(images))
    arguments = (first_state(settings, fit, 0), images, order, keys.key(settings.seed, "timing"))
    advance = steps.advance(fit.method, fit.samples)
    jax.block_until_ready(arguments)
    begin = time.perf_counter()
    jax.block_until_ready(advance(*arguments, settings.learning_rate, 0, count))
    return time.perf_counter() - begin
