"""What a linear recursion of errors settles at: e <- (I - a H) e - a noise, the noise of covariance S.

exact        C = A C A + a^2 S with A = I - a H, where the noise does not depend on e; of one number
             C = a^2 s / (1 - (1 - a h)^2), and e^2 contracts by (1 - a h)^2 a step
first order  H C + C H = a S, so that E F - F* = tr(H C) / 2 = a tr(S) / 4, and e^2 contracts by 1 - 2 a h
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
    largest = float(abs(np.linalg.eigvalsh(shrinking)).max())
    return linalg.solve_discrete_lyapunov(shrinking, rate**2 * noise), largest**2


def first_order(curvature: Floats, noise: Floats, rate: float) -> tuple[Floats, float]:
    """(C[n, n], contraction of the squared error in a step) to first order in the rate."""
    lowest = float(np.linalg.eigvalsh(curvature)[0])
    return linalg.solve_continuous_lyapunov(curvature, rate * noise), 1 - 2 * rate * lowest


def vanishing(curvature: Floats, products: Floats, rate: float) -> float:
    """The contraction of E e e' in a step, with products[n^2, n^2] = E A(z) (x) A(z)."""
    still = np.eye(len(curvature))
    drift = np.kron(curvature, still) + np.kron(still, curvature)
    step = np.eye(len(drift)) - rate * drift + rate**2 * products
    return float(abs(np.linalg.eigvals(step)).max())
