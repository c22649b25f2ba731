"""Score-function gradient (REINFORCE, likelihood ratio).

Approximates  grad E f(y),  y = mu + sigma * eps
With          E[ f(y) * sum_j eps_j / sigma ]  for mu,   E[ f(y) * sum_j (eps_j^2 - 1) / sigma ]  for sigma
Requires      nothing of f but its value, and E |f(y)| finite.            Mohamed et al. (2020), section 4.

In d > 1 this is the joint score: the whole of f times the scores of all components.
"""

from bench.kernels.jit import kernel
from bench.kernels.normal import location_scale
from bench.spec import Estimator


@kernel
def combine(noise, mu, sigma, phi, f, out):
    """out[0] <- f * sum_j eps_j / sigma;  out[1] <- f * sum_j (eps_j^2 - 1) / sigma, a draw."""
    d_mu, d_sigma, value, scale = out[0], out[1], f.value[0], 1.0 / sigma
    last = noise.shape[1] - 1
    for j in range(last):  # the first component writes, the others add: no pass that only sets zeros
        eps = noise[0, j]
        for i in range(eps.size):
            d_mu[i] = eps[i] + (d_mu[i] if j else 0.0)
            d_sigma[i] = eps[i] * eps[i] - 1.0 + (d_sigma[i] if j else 0.0)
    eps = noise[0, last]
    # scale appears twice on purpose: with one use LLVM turns the multiplication back into a division per draw.
    for i in range(eps.size):
        d_mu[i] = value[i] * (scale * (eps[i] + (d_mu[i] if last else 0.0)))
        d_sigma[i] = value[i] * (scale * (eps[i] * eps[i] - 1.0 + (d_sigma[i] if last else 0.0)))


PLUGIN = Estimator(name="score_function", place=location_scale, combine=combine, needs=("value",), structure="product")
