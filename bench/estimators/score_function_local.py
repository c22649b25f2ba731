"""Local score-function gradient: each term of a separable f times the score of its own component.

Approximates  grad E sum_j f_j(y_j),  y_j = mu + sigma * eps_j independent
With          E[ sum_j f_j(y_j) * eps_j / sigma ]  for mu,   E[ sum_j f_j(y_j) * (eps_j^2 - 1) / sigma ]  for sigma
Requires      f separable. Dropping the products f_j * score_k, k != j, leaves the mean, since E score_k = 0, and takes
              their variance away. Ranganath, Gerrish, Blei (2014), section 4.1 (Rao-Blackwellisation).
"""

from bench.kernels.jit import kernel
from bench.kernels.normal import location_scale
from bench.spec import Cell, Estimator


@kernel
def combine(noise, mu, sigma, phi, f, out):
    """out[0] <- sum_j f_j * eps_j / sigma;  out[1] <- sum_j f_j * (eps_j^2 - 1) / sigma, a draw."""
    d_mu, d_sigma, scale = out[0], out[1], 1.0 / sigma
    for j in range(noise.shape[1]):
        eps, term = noise[0, j], f.terms[0, j]
        # scale appears twice on purpose: with one use LLVM turns the multiplication back into a division per draw.
        for i in range(eps.size):
            d_mu[i] = term[i] * (scale * eps[i]) + (d_mu[i] if j else 0.0)
            d_sigma[i] = term[i] * (scale * (eps[i] * eps[i] - 1.0)) + (d_sigma[i] if j else 0.0)


def skip(cell: Cell) -> str | None:
    """With one y for all terms there is no local score to take."""
    return None if cell.latent == "per_datum" else "needs latent=per_datum"


PLUGIN = Estimator(
    name="score_function_local", place=location_scale, combine=combine, needs=("terms",), structure="sum", skip=skip
)
