"""Reads f.slope without asking for it: right beside an estimator that does ask, memory of others alone."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[0] += f'_j;  out[1] += f'_j * eps_j."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i]
        out[1, i] += f.slope[0, i] * noise[0, j, i]


PLUGIN = Estimator("wrongfield", Points(combine, needs=("value",)))
