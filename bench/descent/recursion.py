"""What a linear recursion of errors settles at: e <- (I - a H) e - a noise, the noise of covariance S.

exact        C = A C A + a^2 S with A = I - a H, where the noise does not depend on e; of one number
             C = a^2 s / (1 - (1 - a h)^2), and e^2 contracts by (1 - a h)^2 a step
first order  H C + C H = a S, so that E F - F* = tr(H C) / 2 = a tr(S) / 4, and (E e)^2 contracts by (1 - a h)^2
vanishing    noise (A(z) - H) e, which is none at e = 0: E e e' <- E (I - a A) e e' (I - a A)', which contracts by the
             largest eigenvalue of that map
Mandt, Hoffman & Blei (2017), section 3; Bach & Moulines (2011), section 3, for the multiplicative noise.
"""

import numpy as np
from scipy import linalg

from bench.spec import Floats


def exact(curvature: Floats, noise: Floats, rate: float) -> tuple[Floats, float]:
    """(C[n, n], contraction of the squared error in a step) of noise that does not depend on where it is."""
    shrinking = np.eye(len(curvature)) - rate * curvature
    return linalg.solve_discrete_lyapunov(shrinking, rate**2 * noise), _of_mean(curvature, rate)


def first_order(curvature: Floats, noise: Floats, rate: float) -> tuple[Floats, float]:
    """(C[n, n] to first order in the rate, contraction of the squared mean error in a step)."""
    return linalg.solve_continuous_lyapunov(curvature, rate * noise), _of_mean(curvature, rate)


def _of_mean(curvature: Floats, rate: float) -> float:
    """What a step leaves of the squared mean error, in the direction in which it leaves the most."""
    return float(abs(1 - rate * np.linalg.eigvalsh(curvature)).max() ** 2)


def vanishing(curvature: Floats, products: Floats, rate: float) -> float:
    """The contraction of E e e' in a step, with products[n^2, n^2] = E A(z) (x) A(z)."""
    still = np.eye(len(curvature))
    drift = np.kron(curvature, still) + np.kron(still, curvature)
    step = np.eye(len(drift)) - rate * drift + rate**2 * products
    return float(abs(np.linalg.eigvals(step)).max())
