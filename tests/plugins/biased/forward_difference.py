"""Forward finite difference at common noise: (f(y(theta + h)) - f(y(theta))) / h, for a normal y.

Biased by h F'' / 2 + ...: of sum_i (y - x_i)^2 by n h, for mu and for sigma, where one y serves all data.
Glasserman (2003), "Monte Carlo Methods in Financial Engineering", section 7.1.
"""

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.spec import Estimator, Points


@kernel
def place(noise, j, theta, phi, x):
    """x[0] <- y_j;  x[1] <- y_j at mu + h;  x[2] <- y_j at sigma + h."""
    eps, h = noise[0, j], phi[0]
    for i in range(eps.size):
        x[0, i] = theta[0] + theta[1] * eps[i]
        x[1, i] = x[0, i] + h
        x[2, i] = x[0, i] + h * eps[i]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[p] += (f[1 + p] - f[0]) / h; the first component writes."""
    for p in range(2):
        for i in range(out.shape[1]):
            difference = (f.value[1 + p, i] - f.value[0, i]) / phi[0]
            out[p, i] = difference if first else out[p, i] + difference


PLUGIN = Estimator(
    name="forward_difference",
    rule=Points(combine, ("value",), place, channels=(NORMAL,), evaluations=3),
    axes={"h": (0.1,)},
    biased=True,
)
