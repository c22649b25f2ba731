"""Pathwise gradient (reparameterisation, infinitesimal perturbation analysis).

Approximates  grad E f(y),  y = mu + sigma * eps
With          E[ sum_j f'_j(y) ]  for mu,   E[ sum_j f'_j(y) * eps_j ]  for sigma
Requires      f differentiable.            Mohamed et al. (2020), section 5.
"""

from bench.kernels.jit import kernel
from bench.kernels.normal import location_scale
from bench.spec import Estimator


@kernel
def combine(noise, mu, sigma, phi, f, out):
    """out[0] <- sum_j f'_j;  out[1] <- sum_j f'_j * eps_j, a draw."""
    d_mu, d_sigma = out[0], out[1]
    for j in range(noise.shape[1]):
        eps, slope = noise[0, j], f.gradient[0, j]
        for i in range(eps.size):
            d_mu[i] = slope[i] + (d_mu[i] if j else 0.0)
            d_sigma[i] = slope[i] * eps[i] + (d_sigma[i] if j else 0.0)


PLUGIN = Estimator(name="pathwise", place=location_scale, combine=combine, needs=("gradient",), structure="sum")
