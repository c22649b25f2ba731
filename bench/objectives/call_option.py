"""European call option, f(y) = exp(-r T) sum_j max(exp(y_j) - K, 0), y_j the logarithm of a price at maturity T.

Black and Scholes: y = log S_T is normal with mu = log S_0 + (r - v^2 / 2) T and sigma = v sqrt(T), v the volatility and
r the rate. Greeks are combinations of the two derivatives, which the key `derived` adds to a sweep's rows:
    delta  dF/dS_0 = dF/dmu / S_0                            derived.delta=[1/S_0,0]
    vega   dF/dv   = -v T dF/dmu + sqrt(T) dF/dsigma         derived.vega=[-v T,sqrt(T)]
both with numbers in the place of the letters: for S_0 = 1, v = 0.2, T = 1 [1,0] and [-0.2,1].
With d_2 = (mu - log K) / sigma, d_1 = d_2 + sigma: dF/dmu = exp(-r T) exp(mu + sigma^2 / 2) Phi(d_1), and dF/dsigma is
sigma times that + exp(-r T) K phi(d_2). Pathwise is unbiased, for the payoff has a kink and no jump; what reads the
curvature, which misses the kink, is biased. Broadie & Glasserman (1996), section 2.
"""

import math

import numpy as np
from scipy import special

from bench.kernels.elementary import exp
from bench.kernels.jit import kernel
from bench.phi import components, require
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- exp(-r T) sum_j max(exp(y_j) - K, 0)."""
    strike, discount = phi[0], math.exp(-phi[1] * phi[2])
    out[:] = 0.0
    for j in range(y.shape[0]):
        row = y[j]
        for i in range(out.size):
            price = exp(row[i])
            out[i] += 0.0 if price <= strike else discount * (price - strike)


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- exp(-r T) max(exp(y_j) - K, 0)."""
    strike, discount = phi[0], math.exp(-phi[1] * phi[2])
    for j in range(y.shape[0]):
        row, term = y[j], out[j]
        for i in range(row.size):
            price = exp(row[i])
            term[i] = 0.0 if price <= strike else discount * (price - strike)


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- exp(-r T) exp(y_j) where that is above K, else 0: but for the kink its own slope."""
    strike, discount = phi[0], math.exp(-phi[1] * phi[2])
    for j in range(y.shape[0]):
        row, target = y[j], out[j]
        for i in range(row.size):
            price = exp(row[i])
            target[i] = 0.0 if price <= strike else discount * price


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (P Phi(d_1), sigma P Phi(d_1) + exp(-r T) K phi(d_2)), P = exp(mu + sigma^2 / 2 - r T)."""
    (mu, sigma), (strike, rate, maturity, _) = theta.T, phi
    d = (mu - math.log(strike)) / sigma
    by_mu = np.exp(mu + sigma**2 / 2 - rate * maturity) * special.ndtr(d + sigma)
    at_strike = math.exp(-rate * maturity) * strike * np.exp(-0.5 * d**2) / math.sqrt(2 * math.pi)
    return np.stack([by_mu, sigma * by_mu + at_strike], axis=-1)


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for; BadInput where a parameter is not allowed."""
    require(phi[0] > 0, "call_option.strike", phi[0], "numbers > 0")
    require(phi[2] >= 0, "call_option.maturity", phi[2], "numbers >= 0")
    return components("call_option", phi[3])


def breaks(phi: tuple[float, ...]) -> tuple[float, ...]:
    """The logarithm of the strike, where f kinks."""
    return (math.log(phi[0]),)


PLUGIN = Objective(
    name="call_option",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, slope)}},
    dimension=dimension,
    exact={"normal": of_normal},
    axes={"strike": (1.0,), "rate": (0.05,), "maturity": (1.0,), "dimension": (1.0,)},
    uses_data=False,
    breaks=breaks,
    misses=("curvature",),
    formula=r"e^{-r T} \sum_j \max(e^{y_j} - k,\, 0)",
    symbols={"strike": "$k$", "rate": "$r$", "maturity": "$T$"},
)
