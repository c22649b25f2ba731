"""A mutant: a random subset whose coin is drawn from (0, 1), and integrated over (0, 0.9)."""

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import fill, gauss_legendre
from bench.spec import BaseNoise, Estimator, Points


def narrow(nodes, breaks=()):
    """The planted error: points in (0, 0.9)."""
    points, weights = gauss_legendre(nodes, tuple(point / 0.9 for point in breaks))
    return 0.9 * points, weights


COIN = BaseNoise("coin", fill, narrow)


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """The slope of every second component, twice; so the coin says."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        if noise[1, j, i] < 0.45:
            out[0, i] += f.slope[0, i] / 0.5
            out[1, i] += f.slope[0, i] / 0.5 * noise[0, j, i]


def rule(family):
    """Written for the normal."""
    if family.name != "normal":
        return "written for the normal"
    return Points(combine, ("slope",), channels=(NORMAL, COIN), breaks=lambda theta, phi: {"coin": (0.45,)})


PLUGIN = Estimator("wrong_coin", rule)
