"""Chances in cells of equal chance, and why channels of noise do not serve who draws there."""

import numpy as np

from bench.kernels.jit import subroutine
from bench.spec import BaseNoise

FINEST = 52  # bits of a chance: (n + 1/2) / 2^52 is no 0 and no 1, and as far from the one as from the other


def bits_inside(cells: int) -> int:
    """Bits of the place in one of so many cells: those that the cell's own number leaves."""
    return FINEST - (cells - 1).bit_length()


@subroutine
def inside(word, bits):
    """A place in (0, 1), uniform over as many bits of a word; 2^-bits in its last digit, plus one half of that."""
    return (np.float64(np.int64(word >> np.uint64(64 - bits))) + 0.5) / np.float64(np.int64(1) << bits)


def without_quantile(sampler: str, channels: tuple[BaseNoise, ...]) -> str | None:
    """Why a sampler cannot place draws of these channels, or None."""
    lacking = next((channel.name for channel in channels if channel.quantile is None), None)
    return lacking and f"{sampler} places draws by their quantiles, and noise {lacking!r} has none"
