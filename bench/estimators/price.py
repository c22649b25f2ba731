"""Second-order pathwise gradient (Bonnet and Price's theorems): the slope of f for mu, its curvature for sigma.

Approximates  grad E f(y),  y ~ N(mu, sigma^2)
With          E f'_j  for mu_j (Bonnet),   E sigma_j f''_jj  for sigma_j (Price)
Requires      f twice differentiable, y normal.            Price (1958); Rezende, Mohamed, Wierstra (2014), section 3.
Not to be confused with pathwise, whose gradient by sigma is f'_j eps_j; for mu both are the same draw by draw.
"""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Family, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[0] += f'_j;  out[1] += sigma f''_jj; the first component writes."""
    sigma, d_mu, d_sigma = theta[1], out[0], out[1]
    if first:
        for i in range(d_mu.size):
            d_mu[i] = f.slope[0, i]
            d_sigma[i] = sigma * f.curvature[0, i]
    else:
        for i in range(d_mu.size):
            d_mu[i] += f.slope[0, i]
            d_sigma[i] += sigma * f.curvature[0, i]


def rule(family: Family) -> Points | str:
    """The theorems are the normal's."""
    if family.name != "normal":
        return f"Bonnet and Price's theorems are the normal's, and {family.name} is another family"
    return Points(combine, ("slope", "curvature"))


PLUGIN = Estimator(
    "price",
    rule,
    label="second order (Price)",
    formula=r"f'(y) \mathrm{\ by\ } \mu,\quad \sigma f''(y) \mathrm{\ by\ } \sigma",
)
