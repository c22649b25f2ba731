"""Streams of random numbers by the seed and their content: adding a fit changes no draw of another.

JAX's default generator, Threefry, counts: a key and a shape give the same numbers on every machine.
"""

import hashlib
import math
from typing import Any

import jax
import numpy as np
from numpy.typing import NDArray


def words(seed: int, *content: str | int) -> NDArray[np.uint32]:
    """Eight words of 32 bits, a digest of the seed and of what is drawn."""
    return np.frombuffer(hashlib.sha256(repr((seed, *content)).encode()).digest(), "<u4").astype(np.uint32)


def key(seed: int, *content: str | int) -> Any:
    """A key of JAX."""
    return jax.random.wrap_key_data(words(seed, *content)[:2], impl="threefry2x32")


def normals(key: Any, shape: tuple[int, ...]) -> Any:
    """Standard normals; those of fewer draws, the first axis, are the first of more.

    They are drawn in a row: the compiler takes ten times as long over a shape of three axes.
    """
    return jax.random.normal(key, (math.prod(shape),)).reshape(shape)


def batches(seed: int, replicate: int, steps: int, batch: int, count: int) -> NDArray[np.int32]:
    """Which data each step sees, [steps, batch]: `count` of them in a new order, epoch by epoch, the rest dropped."""
    random = np.random.Generator(np.random.SFC64(words(seed, "batches", replicate).tolist()))
    epochs = -(-steps // (count // batch))
    orders = [random.permutation(count)[: count // batch * batch].reshape(-1, batch) for _ in range(epochs)]
    return np.concatenate(orders)[:steps].astype(np.int32)
