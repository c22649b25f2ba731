"""The fits of the autoencoder, from settings to rows of tables. JAX is imported when they begin.

Order of the work: all fits, side by side; the variances at the checkpoints; then, with nothing beside it, the time.
The variances are taken along one path, that of the pathwise fit with the most samples (the first method where that is
none of them), replicate 0: all estimators at the same weights, where they differ in nothing else.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from bench.engine.journal import Journal, key_of
from bench.executors import threads
from bench.progress import Progress
from bench.tables.schema import Row
from bench.vae import rows
from bench.vae.digits import split
from bench.vae.methods import REFERENCE
from bench.vae.settings import Fit, VaeSettings
from bench.vae.totals import log_total
from bench.wrap import jax as wrapped


@dataclass(frozen=True, slots=True)
class VaeRun:
    """The rows of the tables of a fit."""

    curves: Sequence[Row]
    encoder: Sequence[Row]
    reconstructions: Sequence[Row]
    latents: Sequence[Row]


def run(settings: VaeSettings, progress: Progress, journal: Journal, fingerprint: str = "") -> VaeRun:
    """All fits of the settings; BadInput where JAX is missing. The progress counts steps and gradients.

    What the journal holds is not done again: a fit, or the variances at a checkpoint.
    """
    jax = wrapped.imported("objective=vae")
    from bench.vae import pictures, timing

    determined = replace(settings, workers=1, rounds=0)  # what decides numbers
    work = _Work(settings, progress, journal, (fingerprint, jax.__version__, determined))
    with jax.enable_x64(True):
        traces = work.traces()
        encoder = work.variances({fit: traces[fit][0].weights for fit in _paths(settings)})
        held_out = split(settings.held_out)[1]
        last = {fit: traces[fit][0].weights[-1] for fit in settings.fits}
        images = [row for fit, weights in last.items() for row in pictures.reconstructions(fit, weights, held_out)]
        planes = [row for fit, weights in last.items() for row in pictures.latents(fit, weights, held_out)]
        seconds = timing.seconds_per_step(settings, list(settings.fits))
    losses = {fit: np.array([trace.losses for trace in several]) for fit, several in traces.items()}
    curves = [row for fit in settings.fits for row in rows.curve(settings, fit, losses[fit], seconds.get(fit))]
    return VaeRun(curves, encoder, [*pictures.originals(held_out), *images], planes)


class Done(NamedTuple):
    """How a result is read from the journal, and written into it."""

    read: Callable[[bytes], Any]
    written: Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class _Work:
    """What is done side by side, each in a context of float64: JAX keeps its precision thread by thread."""

    settings: VaeSettings
    progress: Progress
    journal: Journal
    identity: tuple[object, ...]

    def each(self, name: str, work: Callable[[Any], Any], jobs: Sequence[tuple[Any, Any]], done: Done) -> Iterator[Any]:
        """work(job) of (identity, job) pairs, in their order; those that the journal holds are read from it."""
        keys = [key_of("network", name, self.identity, identity) for identity, _ in jobs]
        entries = self.journal.read(keys)
        missing = [(key, job) for key, (_, job) in zip(keys, jobs, strict=True) if key not in entries]
        results = threads.run(_double(work), [job for _, job in missing], self.settings.workers)
        for key in keys:
            if key in entries:
                yield done.read(entries[key][1])
                continue
            result = next(results)
            self.journal.write({key: done.written(result)})
            yield result

    def traces(self) -> dict[Fit, list[Any]]:
        """The traces of all replicates of each fit."""
        from bench.vae import fitting

        settings, traces = self.settings, {fit: list[Any]() for fit in self.settings.fits}
        jobs = [(fit, replicate) for replicate in range(settings.replicates) for fit in traces]
        left = len(jobs) * settings.steps
        pairs = [(job, job) for job in jobs]
        several = self.each(
            "fit", lambda job: fitting.trace(settings, *job), pairs, Done(fitting.read, fitting.written)
        )
        for (fit, _), trace in zip(jobs, several, strict=True):
            traces[fit].append(trace)
            left -= settings.steps
            self.progress.advance(settings.steps, left + self._gradients(), "fits")
        return traces

    def variances(self, paths: Mapping[Fit, Sequence[Any]]) -> list[dict[str, Any]]:
        """The rows of encoder.csv along these paths of weights."""
        from bench.vae import keys, variance

        settings = self.settings
        batch = split(settings.held_out)[0].images[: settings.batch]
        jobs = [
            (path.dimension, samples, step, weights)
            for samples in settings.samples
            for path, course in paths.items()
            for step, weights in zip(settings.marks, course, strict=True)
        ]

        def work(job: Any) -> list[dict[str, Any]]:
            dimension, samples, step, weights = job
            methods = tuple(method for method in settings.methods if samples >= method.fewest)
            key = keys.key(settings.seed, "variance", dimension, step)
            size = settings.gradients // settings.groups
            sums = variance.measured(methods, weights, batch, key, samples, settings.groups, size)
            logs = {name: log_total(values, size) for name, values in sums.items()}
            return rows.variances(settings, dimension, samples, step, logs)

        lines, left = [], self._gradients()
        pairs = [(job[:3], job) for job in jobs]
        for several in self.each("variances", work, pairs, Done(json.loads, lambda made: json.dumps(made).encode())):
            lines += several
            left -= settings.gradients
            self.progress.advance(settings.gradients, left, "variances")
        return lines

    def _gradients(self) -> int:
        settings = self.settings
        return len(settings.samples) * len(_paths(settings)) * len(settings.marks) * settings.gradients


def _double(function: Any) -> Any:
    """The function in float64, whichever thread runs it."""
    jax = wrapped.imported("objective=vae")

    def work(job: Any) -> Any:
        with jax.enable_x64(True):
            return function(job)

    return work


def _paths(settings: VaeSettings) -> list[Fit]:
    """The fits whose weights the variances are taken at, one for each dimension."""
    fits: dict[int, Fit] = {}
    for fit in settings.fits:
        before = fits.get(fit.dimension)
        if before is None or (fit.method == REFERENCE, fit.samples) > (before.method == REFERENCE, before.samples):
            fits[fit.dimension] = fit
    return list(fits.values())
