"""Laws of a sampler, which right ones keep and each planted slip breaks."""

import numpy as np
import pytest

from bench import registry
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.laws import samplers
from bench.laws.marginal import marginal_law, of_samples
from bench.laws.strata import strata_as_filled
from bench.spec import BaseNoise, Sampler
from tests.support.cases import EVERYTHING
from tests.support.planted import FILES

SAMPLERS: dict[str, Sampler] = EVERYTHING.plugins["sampler"]
LAWS = {
    "same_twice": samplers.same_twice,
    "marginal_law": lambda sampler, channel: marginal_law(sampler, channel, of_samples(sampler, 4)),
    "columns_apart": samplers.columns_apart,
    "expand_as_filled": samplers.expand_as_filled,
    "strata_as_filled": strata_as_filled,
}
CASES = [(n, c) for n in SAMPLERS for c in (NORMAL, UNIFORM)]


def broken(sampler: Sampler, channel: BaseNoise = NORMAL) -> set[str]:
    """The names of the laws that are."""
    return {name for name, law in LAWS.items() if not skips(sampler, name) and law(sampler, channel)}


def skips(sampler: Sampler, law: str) -> bool:
    together = sampler.coupled == "estimate"
    return (law == "expand_as_filled" and together) or (law == "strata_as_filled" and not together)


@pytest.mark.parametrize(("name", "channel"), CASES, ids=lambda value: getattr(value, "name", value))
def test_right_samplers_keep_them(name: str, channel: BaseNoise) -> None:
    assert broken(SAMPLERS[name], channel) == set()


@pytest.mark.parametrize(
    ("name", "laws"),
    [
        ("untold_antithetic", {"columns_apart"}),
        ("shared_components", {"columns_apart"}),
        ("too_wide", {"marginal_law", "expand_as_filled"}),
        ("expand_of_another", {"expand_as_filled"}),
        ("mirror_off", {"expand_as_filled"}),
        ("shared_jitter", {"strata_as_filled"}),
        ("scrambled_once", {"columns_apart", "marginal_law", "strata_as_filled"}),
    ],
)
def test_control_each_slip_breaks_its_law(name: str, laws: set[str]) -> None:
    (file,) = [file for file in FILES if file.stem == name]
    assert broken(registry.load([str(file)]).get("sampler", name)) == laws


def test_control_columns_that_are_spread_too_evenly_are_caught() -> None:
    """One draw in each of as many intervals: pairs of columns hardly depend on each other, their mean does."""

    def fill(generator: np.random.Generator, channel: BaseNoise, out: np.ndarray) -> None:
        count = out.shape[-1]
        order = generator.permuted(np.broadcast_to(np.arange(count, dtype=float), out.shape), axis=-1)
        out[...] = (order + generator.random(out.shape)) / count

    finding = samplers.columns_apart(Sampler("even", fill), UNIFORM)
    assert finding is not None
    assert "spread of the mean" in finding.place


def test_control_what_is_left_unwritten_or_differs_is_caught() -> None:
    def half(generator: np.random.Generator, channel: BaseNoise, out: np.ndarray) -> None:
        channel.fill(generator, out[..., :1].copy())

    def anew(generator: np.random.Generator, channel: BaseNoise, out: np.ndarray) -> None:
        channel.fill(FRESH, out)

    assert samplers.same_twice(Sampler("half", half), NORMAL) is not None
    assert samplers.same_twice(Sampler("anew", anew), NORMAL) is not None


FRESH = np.random.Generator(np.random.SFC64(3))
