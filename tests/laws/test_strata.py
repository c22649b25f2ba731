"""The law of strata: kept by those who draw in them, broken where a draw is misplaced or not uniform."""

from dataclasses import replace

import numpy as np
import pytest

from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.laws.strata import SIZES, strata_as_filled
from bench.spec import BaseNoise, Sampler
from tests.support.cases import EVERYTHING

IN_STRATA = [sampler for sampler in EVERYTHING.plugins["sampler"].values() if sampler.strata]
BY_CHANCE: Sampler = EVERYTHING.get("sampler", "latin_hypercube")


def test_they_are_kept_on_the_normal_and_on_the_uniform() -> None:
    assert len(IN_STRATA) == 3
    for sampler in IN_STRATA:
        assert strata_as_filled(sampler, UNIFORM) is None
        assert strata_as_filled(sampler, NORMAL) is None
        assert [sampler.skip((NORMAL,), *size) is None for size in SIZES].count(True) >= 3


def narrow(generator: np.random.Generator, channel: BaseNoise, out: np.ndarray) -> None:
    """Not uniform inside: the middle half of each interval."""
    BY_CHANCE.fill(generator, UNIFORM, out)
    cells = out * out.shape[-2]
    out[...] = (np.floor(cells) + 0.25 + 0.5 * (cells % 1)) / out.shape[-2]
    channel.quantile(out)


def plain(generator: np.random.Generator, channel: BaseNoise, out: np.ndarray) -> None:
    channel.fill(generator, out)


@pytest.mark.parametrize(
    ("sampler", "place"),
    [
        (replace(BY_CHANCE, fill=plain), "draws outside of the interval that is left for them, of 32 draws"),
        (replace(BY_CHANCE, fill=narrow), "variance of the mean of "),
        (replace(BY_CHANCE, strata=lambda samples, dimension: 1), "variance of the mean of "),
    ],
    ids=["independent", "narrow", "fewer"],
)
def test_control_what_is_not_in_strata_is_caught(sampler: Sampler, place: str) -> None:
    finding = strata_as_filled(sampler, UNIFORM)
    assert finding is not None
    assert finding.place.startswith(place) or place.startswith(finding.place[:40])
