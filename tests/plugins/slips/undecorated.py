"""A kernel that was not decorated."""

from bench.spec import Estimator, Points


def combine(noise, j, theta, phi, f, first, out):
    """It would be called by an address that it does not have."""
    out[:] = 0.0


PLUGIN = Estimator("undecorated", Points(combine, needs=("value",)))
