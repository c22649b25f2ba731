"""Laws of a family: transport, score, path, slope, entropy and pairs belong to one density, without draws of f."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.spec import Component, Family, Floats, Kernel
from tests.support import families
from tests.support.families import CASES, DISTRIBUTIONS, EPSILON, FAMILIES, LAWS, MEANINGS, THETAS, name_of

DRAWS = 64
# Mutants are tried at the first and the last theta of each family
CONTROLS = [(family, np.array(THETAS[name][at])) for name, family in FAMILIES.items() for at in (0, -1)]
PARTS = ("path", "slope", "pairs")


def test_every_family_has_values_and_a_source() -> None:
    assert all(THETAS[name] for name in FAMILIES)
    assert {*DISTRIBUTIONS} >= {*FAMILIES}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(("family", "theta"), CASES, ids=name_of)
def test_laws_hold(family: Family, theta: Floats, law: str) -> None:
    assert not families.applies(law, family) or LAWS[law][0](family, theta) <= 1


@pytest.mark.parametrize("family", FAMILIES.values(), ids=name_of)
def test_what_is_missing_has_a_reason_for_every_parameter(family: Family) -> None:
    assert {*family.lacks} <= {*PARTS}
    for part in PARTS:
        reasons = family.lacks.get(part, {})
        assert {*reasons} <= {*family.parameters}
        assert all(reasons.values())
        assert (getattr(family, part) is None) == ({*reasons} == {*family.parameters})


@pytest.mark.parametrize(("family", "theta"), CASES, ids=name_of)
def test_derived_parameters_have_the_slope_of_their_inverse(family: Family, theta: Floats) -> None:
    """d parameter/d name = 1 / (d name/d parameter)."""
    for name, (parameter, factor) in family.derived.items():
        value = theta[[*family.parameters].index(parameter)]
        by_value = families.differences(lambda t, at=value, of=MEANINGS[name]: of(at + t), 1e-3 * value, EPSILON)
        assert abs(factor(value) * by_value.value - 1) <= factor(value) * by_value.error + EPSILON


def noise_of(family: Family) -> Floats:
    """noise[channels, 2, DRAWS] of the family and its pairs."""
    channels = family.pairs.channels if family.pairs else family.channels
    noise, generator = np.empty((len(channels), 2, DRAWS)), np.random.Generator(np.random.SFC64(3))
    for channel, out in zip(channels, noise, strict=True):
        channel.fill(generator, out)
    return noise


def read_only(array: Floats) -> Floats:
    array = array.copy()
    array.flags.writeable = False
    return array


def kernels_of(family: Family) -> dict[str, Kernel]:
    """Every kernel of a family by its name."""
    names = ("transport", "score", "path", "log_density", "slope")
    kernels = {name: getattr(family, name) for name in names if getattr(family, name) is not None}
    pairs = {"place": family.pairs.place, "combine": family.pairs.combine} if family.pairs else {}
    return {**kernels, **pairs}


def run(kernels: dict[str, Kernel], family: Family, theta: Floats, noise: Floats, j: int, out: Floats) -> Any:
    """What each kernel writes for component j, by name; score, path and combine add to out[k, draws]."""
    tables, k, phi = read_only(family.tabulate(theta)), theta.size, read_only(np.empty(0))
    noise, first, weight = read_only(noise), not np.isfinite(out).all(), read_only(np.linspace(-1.0, 2.0, DRAWS))
    y = np.empty(DRAWS)
    kernels["transport"](noise, j, tables, y)
    y, results = read_only(y), {"transport": y}
    for name in ("score", "path"):
        if name in kernels:
            results[name] = out.copy()
            kernels[name](weight, noise, j, tables, y, first, results[name])
    for name in ("log_density", "slope"):
        if name in kernels:
            results[name] = np.empty(DRAWS)
            kernels[name](y, tables, results[name])
    if "place" in kernels:
        results["place"], results["combine"] = np.empty((2 * k, DRAWS)), out.copy()
        kernels["place"](noise, j, tables, phi, results["place"])
        values, nothing = read_only(np.sin(results["place"])), np.full((2 * k, DRAWS), np.nan)
        kernels["combine"](noise, j, tables, phi, Component(values, nothing, nothing), first, results["combine"])
    return results


@pytest.mark.parametrize(("family", "theta"), CASES, ids=name_of)
def test_compiled_equals_interpreted_and_inputs_stay_as_they_are(family: Family, theta: Floats) -> None:
    """All inputs are read-only: the interpreter would raise where a kernel writes to them, the compiler refuse."""
    compiled = kernels_of(family)
    interpreted = {name: kernel.py_func for name, kernel in compiled.items()}  # type: ignore[attr-defined]
    for out in (np.full((theta.size, DRAWS), np.nan), np.ones((theta.size, DRAWS))):
        ours, theirs = (run(kernels, family, theta, noise_of(family), 1, out) for kernels in (compiled, interpreted))
        assert {*ours} == {*compiled}
        for name, reference in theirs.items():
            np.testing.assert_allclose(ours[name], reference, rtol=0, atol=EPSILON * np.max(abs(reference)))


@pytest.mark.parametrize(("family", "theta"), CASES, ids=name_of)
def test_the_first_component_writes_and_others_add(family: Family, theta: Floats) -> None:
    shape = theta.size, DRAWS
    before = np.random.Generator(np.random.SFC64(4)).standard_normal(shape)
    written = run(kernels_of(family), family, theta, noise_of(family), 0, np.full(shape, np.nan))
    summed = run(kernels_of(family), family, theta, noise_of(family), 0, before)
    for name in {"score", "path", "combine"} & {*written}:
        size = np.max(abs(before)) + np.max(abs(written[name]))
        np.testing.assert_allclose(summed[name], before + written[name], rtol=0, atol=EPSILON * size)


def rows_read(family: Family, theta: Floats, j: int) -> set[int]:
    """The components whose noise changes what is made of component j."""
    nan = np.full((theta.size, DRAWS), np.nan)
    before = run(kernels_of(family), family, theta, noise_of(family), j, nan)
    read = set()
    for row in (0, 1):
        noise = noise_of(family)
        noise[:, row] = noise[:, row, ::-1]
        after = run(kernels_of(family), family, theta, noise, j, nan)
        if any(not np.array_equal(after[name], before[name]) for name in before):
            read.add(row)
    return read


@pytest.mark.parametrize("j", [0, 1])
@pytest.mark.parametrize(("family", "theta"), CASES, ids=name_of)
def test_a_component_reads_its_own_row_of_the_noise(family: Family, theta: Floats, j: int) -> None:
    assert rows_read(family, theta, j) == {j}


# Mutants: plain Python around the kernels of a right family.


def scaled(kernel: Any, factor: float = 1.001) -> Kernel:
    """A score or a path that is 0.1 % off."""
    return lambda weight, noise, j, theta, y, first, out: kernel(weight * factor, noise, j, theta, y, first, out)


def stretched(kernel: Any, factor: float = 1.001) -> Kernel:
    """A log density or a slope that is 0.1 % off."""

    def wrong(y: Floats, theta: Floats, out: Floats) -> None:
        kernel(y, theta, out)
        out *= factor

    return wrong


def by_theta(kernel: Any, change: Any) -> Kernel:
    """A transport at other parameters."""

    def wrong(noise: Floats, j: int, theta: Floats, y: Floats) -> None:
        kernel(noise, j, change(theta), y)

    return wrong


def by_rows(kernel: Any, factors: Any) -> Kernel:
    """A score or a path whose rows are multiplied by factors(theta)[k]."""

    def wrong(weight: Floats, noise: Floats, j: int, theta: Floats, y: Floats, first: bool, out: Floats) -> None:
        part = np.empty_like(out)
        kernel(weight, noise, j, theta, y, True, part)
        out[...] = part * factors(theta)[:, np.newaxis]

    return wrong


def primal(weight: Floats, noise: Floats, j: int, theta: Floats, y: Floats, first: bool, out: Floats) -> None:
    """y where dy/dtheta belongs."""
    out[...] = weight * y


def sharing(family: Family) -> Family:
    """Every component reads the first row of the noise."""
    return replace(family, transport=lambda noise, j, theta, y: family.transport(noise, 0, theta, y))


def with_pairs(family: Family, factor: float) -> Family:
    """The constants of the pairs are off by this factor."""
    assert family.pairs is not None
    right = family.pairs.combine

    def combine(noise: Floats, j: int, theta: Floats, phi: Floats, f: Component, first: bool, out: Floats) -> None:
        right(noise, j, theta, phi, f._replace(value=f.value * factor), first, out)

    return replace(family, pairs=replace(family.pairs, combine=combine))


def variance(theta: Floats) -> Floats:
    """The variance where the standard deviation belongs."""
    return np.array([theta[0], theta[1] ** 2, *theta[2:]])


def test_the_control_of_the_controls_is_right() -> None:
    """Wrapping a kernel in Python breaks nothing."""
    for name, family in FAMILIES.items():
        theta = np.array(THETAS[name][0])
        wrapped = replace(with_pairs(family, 1.0), score=scaled(family.score, 1.0))
        assert families.broken(wrapped, theta) == set()


@pytest.mark.parametrize(("family", "theta"), CONTROLS, ids=name_of)
def test_control_what_is_wrong_by_a_thousandth_is_caught(family: Family, theta: Floats) -> None:
    """By the law that it breaks; the mean of a score that is a multiple of the right one is 0 all the same."""
    has_path = family.path is not None
    first_law = {"first law"} if has_path else set()
    assert families.broken(replace(family, score=scaled(family.score)), theta) == {"score of the density"} | first_law
    assert "pairs of the density" in families.broken(with_pairs(family, 1.001), theta)
    density = families.broken(replace(family, log_density=stretched(family.log_density)), theta)
    assert {"score of the density", "density of the source"} <= density
    if family.path:
        mutant = replace(family, path=scaled(family.path))
        assert families.broken(mutant, theta) == {"path of the transport", *first_law}
    if family.slope:
        mutant = replace(family, slope=stretched(family.slope))
        assert families.broken(mutant, theta) >= {"slope of the density"}


@pytest.mark.parametrize(("family", "theta"), CONTROLS, ids=name_of)
def test_control_a_wrong_entropy_is_caught(family: Family, theta: Floats) -> None:
    shifted = replace(family, entropy=lambda theta: 0.001 + family.entropy(theta))
    assert families.broken(shifted, theta) == {"entropy of the density"}
    other = replace(family, entropy_gradient=lambda theta: 0.001 + family.entropy_gradient(theta))
    assert families.broken(other, theta) == {"gradient of the entropy"}


@pytest.mark.parametrize(("family", "theta"), CONTROLS, ids=name_of)
def test_control_shared_noise_is_caught(family: Family, theta: Floats) -> None:
    assert families.broken(sharing(family), theta) == {"components apart"}


@pytest.mark.parametrize(("family", "theta"), CONTROLS, ids=name_of)
def test_control_the_primal_for_the_tangent_is_caught(family: Family, theta: Floats) -> None:
    if family.path:
        assert families.broken(replace(family, path=primal), theta) >= {"path of the transport", "first law"}


@pytest.mark.parametrize("theta", THETAS["normal"], ids=name_of)
@pytest.mark.parametrize("name", ["normal", "laplace"])
def test_control_mistaken_scales_are_caught(name: str, theta: tuple[float, ...]) -> None:
    family, at = FAMILIES[name], np.array(theta)

    def by_sigma(theta: Floats) -> Floats:
        return np.array([theta[1], theta[1]])

    def by_log_sigma(theta: Floats) -> Floats:
        return np.array([1.0, theta[1]])

    without_square = replace(family, score=by_rows(family.score, lambda theta: by_sigma(theta) ** 2))
    assert families.broken(without_square, at) == {"score of the density", "first law"}
    of_log = replace(family, path=by_rows(family.path, by_log_sigma))
    assert families.broken(of_log, at) == {"path of the transport", "first law"}
    wide = replace(family, transport=by_theta(family.transport, variance))
    assert families.broken(wide, at) >= {"transport of the source", "path of the transport"}
