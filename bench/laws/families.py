"""Laws of a family: transport, score, path, slope, entropy and pairs belong to one density, as its kernels say them.

Each law takes (family, theta, accuracy) and needs some parts of the family.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from bench.laws import integrated, pointwise
from bench.laws.cases import thetas
from bench.laws.channels import of_noise
from bench.laws.finding import Finding, against, largest, worst
from bench.laws.outcome import Outcome, tried
from bench.laws.parts import kernels_of, noise_of, run
from bench.registry import Registry
from bench.spec import Family, Floats

DRAWS = 64
COMPONENTS = 8  # that are held against the first
ACCURACY = 1e-8  # relative, of a transport whose maker promises no other
EPSILON = 64 * np.finfo(float).eps

Measure = Callable[[Family, Floats, float], Finding | None]


class Law(NamedTuple):
    """What must hold at every theta, and the parts of the family without which it says nothing."""

    broken: Measure
    parts: tuple[str, ...] = ()
    everywhere: bool = False  # quick enough to be tried at each theta of a sweep, and as sure where theta is extreme


def compiled_as_written(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """Compiled kernels give what they give as Python, and write to nothing but their output."""
    compiled = kernels_of(family)
    plain = {name: kernel.py_func for name, kernel in compiled.items()}  # type: ignore[attr-defined]
    findings = []
    for out in (np.full((theta.size, DRAWS), np.nan), np.ones((theta.size, DRAWS))):
        ours, theirs = (run(kernels, family, theta, noise_of(family, DRAWS), 1, out) for kernels in (compiled, plain))
        for name, reference in theirs.items():
            allowed = EPSILON * largest(reference)
            findings.append(against(ours[name], reference, allowed, f"{name}, compiled as written"))
    return worst(findings)


def first_writes(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """The first component writes, and others add."""
    shape = theta.size, DRAWS
    before = np.random.Generator(np.random.SFC64(4)).standard_normal(shape)
    kernels, noise = kernels_of(family), noise_of(family, DRAWS)
    written = run(kernels, family, theta, noise, 0, np.full(shape, np.nan))
    summed = run(kernels, family, theta, noise, 0, before)
    findings = []
    for name in sorted({"score", "path", "combine"} & {*written}):
        allowed = EPSILON * (largest(before) + largest(written[name]))
        findings.append(against(summed[name], before + written[name], allowed, f"{name}, added to what stands there"))
    return worst(findings)


def own_row(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """What is made of a component hangs on its own row of the noise, and on no other."""
    nan, findings = np.full((theta.size, DRAWS), np.nan), []
    for j in (0, 1):
        before = run(kernels_of(family), family, theta, noise_of(family, DRAWS), j, nan)
        for row in (0, 1):
            noise = noise_of(family, DRAWS)
            noise[:, row] = noise[:, row, ::-1]
            after = run(kernels_of(family), family, theta, noise, j, nan)
            reads = any(not np.array_equal(after[name], before[name], equal_nan=True) for name in before)
            findings.append(against(float(reads), float(row == j), 0.5, f"component {j} reads noise of {row}"))
    return worst(findings)


def components_alike(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """Every component makes of the same noise what the first one makes."""
    nan, kernels, findings = np.full((theta.size, DRAWS), np.nan), kernels_of(family), []
    noise = np.repeat(noise_of(family, DRAWS)[:, :1], COMPONENTS, axis=1)
    first = run(kernels, family, theta, noise, 0, nan)
    for j in range(1, COMPONENTS):
        for name, numbers in run(kernels, family, theta, noise, j, nan).items():
            findings.append(against(numbers, first[name], 0.0, f"{name} of component {j}, as of 0"))
    return worst(findings)


LAWS: Mapping[str, Law] = {
    "first law": Law(pointwise.first_law, ("path", "slope"), everywhere=True),
    "path of the transport": Law(pointwise.path_of_transport, ("path",), everywhere=True),
    "score of the density": Law(pointwise.score_of_density, everywhere=True),
    "slope of the density": Law(pointwise.slope_of_density, ("slope",), everywhere=True),
    "density of the transport": Law(pointwise.density_of_transport, everywhere=True),
    "derived parameters": Law(pointwise.derived_parameters, everywhere=True),
    "mean of the score": Law(integrated.mean_of_score, everywhere=True),
    "entropy of the density": Law(integrated.entropy_of_density, ("entropy",)),
    "gradient of the entropy": Law(integrated.gradient_of_entropy, ("entropy",), everywhere=True),
    "moments of the density": Law(integrated.moments_of_density, ("moments",)),
    "pairs of the density": Law(integrated.pairs_of_density, ("pairs",)),
    "components apart": Law(integrated.components_apart),
}
KERNEL_LAWS: Mapping[str, Law] = {
    "compiled as written": Law(compiled_as_written),
    "the first component writes": Law(first_writes),
    "a component reads its own noise": Law(own_row),
    "components alike": Law(components_alike),
}


def applies(law: Law, family: Family) -> bool:
    """Whether the family has what a law is about."""
    return all(getattr(family, need) is not None for need in law.parts)


def broken(family: Family, theta: Floats, accuracy: float = ACCURACY) -> dict[str, Finding]:
    """The laws of the density that do not hold at theta."""
    findings = {name: law.broken(family, theta, accuracy) for name, law in LAWS.items() if applies(law, family)}
    return {name: finding for name, finding in findings.items() if finding}


def _broken(law: Law, family: Family, theta: Floats) -> Finding | None:
    return law.broken(family, theta, ACCURACY)


def of_family(family: Family, registry: Registry, others: Sequence[Floats] = ()) -> Iterator[Outcome]:
    """At two thetas of its domain and at its defaults; at others, those of a sweep, what is quick."""
    defaults = itertools.product(*(parameter.values[:2] for parameter in family.parameters.values()))
    points = [np.array(theta, dtype=float) for theta in (*thetas(family), *defaults)]

    def name(theta: Floats) -> str:
        return ",".join(f"{parameter}={value:g}" for parameter, value in zip(family.parameters, theta, strict=True))

    for law_name, law in {**LAWS, **KERNEL_LAWS}.items():
        lacking = next((need for need in law.parts if getattr(family, need) is None), None)
        at = [] if lacking else [*points, *others] if law.everywhere else points
        yield tried(law_name, at, partial(_broken, law, family), name, f"it has no {lacking}")
    yield of_noise(family.channels)
