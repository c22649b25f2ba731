"""Antithetic draws: every eps comes with -eps. Hammersley & Morton (1956)."""

import numpy as np

from bench.kernels.normal import NORMAL
from bench.spec import Sampler


def fill(generator, channel, out):
    """out[..., 0, :] <- fresh noise, out[..., 1, :] <- its mirror image."""
    half = np.empty(out[..., 0, :].shape)
    channel.fill(generator, half)
    out[..., 0, :] = half
    out[..., 1, :] = -half


def skip(channels):
    """Only a symmetric law has a mirror image."""
    return None if channels == (NORMAL,) else "antithetic mirrors normal noise only"


PLUGIN = Sampler(name="antithetic", fill=fill, coupled=2, expand=lambda nodes: np.array([nodes, -nodes]), skip=skip)
