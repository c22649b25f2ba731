"""Squared error on a random batch of the data: f(y) = n/B sum_{i in b} (y - x_i)^2, one y for all of them.

The batch b is B data in a row, from a random first one on, the first datum following the last: n equally likely
batches, in which every datum comes equally often. So E_b f is the squared error of all data, and
Var_b dF_b/dmu = 4 n^2 Var_b xbar_b is what a gradient by mu keeps however many draws it averages. In dF_b/dsigma
= 2n sigma nothing is left of the batch. Robbins & Monro (1951); Bottou, Curtis & Nocedal (2018), SIAM Review 60(2).
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.objectives.squared_error import PLUGIN as SQUARED_ERROR
from bench.phi import whole
from bench.spec import MOST_DATA, Batches, Floats, Form, Latent, Objective


def doubled(x: Floats) -> Floats:
    """The data, and once more behind them: every batch is in a row."""
    return np.concatenate([x, x])


@kernel
def value(y, data, phi, out):
    """out[draws] <- n/B sum_{i in b} (y - x_i)^2."""
    n, size = data.size // 2, int(phi[0])
    for i in range(out.size):
        first, total = int(y[1, i] * n), 0.0
        for k in range(first, first + size):
            total += (y[0, i] - data[k]) ** 2
        out[i] = n / size * total


@kernel
def slope(y, data, phi, out):
    """out[0, draws] <- n/B sum_{i in b} 2 (y - x_i)."""
    n, size = data.size // 2, int(phi[0])
    for i in range(out.shape[1]):
        first, total = int(y[1, i] * n), 0.0
        for k in range(first, first + size):
            total += 2.0 * (y[0, i] - data[k])
        out[0, i] = n / size * total


@kernel
def curvature(y, data, phi, out):
    """out[0, draws] <- 2n."""
    out[0, :] = float(data.size)


def summary(x: Floats) -> Floats:
    """n, xbar, and of the data less xbar, twice in a row, the sums of the first ones: [2n + 1], and of squares."""
    centred = doubled(x) - x.mean()
    sums = [np.concatenate([[0.0], np.cumsum(powers)]) for powers in (centred, centred**2)]
    return np.concatenate([[x.size, x.mean()], *sums])


@kernel
def collapsed_value(y, summary, phi, out):
    """out[draws] <- n/B sum_{i in b} (y - x_i)^2, from the sums of the batch."""
    n, size = int(summary[0]), int(phi[0])
    sums, squares = summary[2 : 2 * n + 3], summary[2 * n + 3 :]
    for i in range(out.size):
        z, first = y[0, i] - summary[1], int(y[1, i] * n)
        total, square = sums[first + size] - sums[first], squares[first + size] - squares[first]
        out[i] = n * (z * z - (2.0 * z * total - square) / size)


@kernel
def collapsed_slope(y, summary, phi, out):
    """out[0, draws] <- n/B sum_{i in b} 2 (y - x_i), from the sum of the batch."""
    n, size = int(summary[0]), int(phi[0])
    sums = summary[2 : 2 * n + 3]
    for i in range(out.shape[1]):
        first = int(y[1, i] * n)
        out[0, i] = 2.0 * n * (y[0, i] - summary[1] - (sums[first + size] - sums[first]) / size)


@kernel
def collapsed_curvature(y, summary, phi, out):
    """out[0, draws] <- 2n."""
    out[0, :] = 2.0 * summary[0]


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """One y; BadInput where a batch is none of n data."""
    whole("squared_error_minibatch.batch_size", phi[0], 1, n or MOST_DATA)
    return 1


def count(n: int, phi: tuple[float, ...]) -> int:
    """One batch for each first datum."""
    return n


PLUGIN = Objective(
    name="squared_error_minibatch",
    forms={
        "shared": {
            "collapsed": Form(summary, collapsed_value, None, collapsed_slope, collapsed_curvature),
            "direct": Form(doubled, value, None, slope, curvature),
        }
    },
    dimension=dimension,
    axes={"batch_size": (1.0,)},
    batches=Batches(SQUARED_ERROR, count),
    label="squared error, minibatches",
    formula=r"\frac{n}{B} \sum_{i\in b} (y - x_i)^2",
    symbols={"batch_size": "$B$"},
)
