"""The estimators of the gradient by mu_i and log sigma_i of each datum, as formulas of arrays.

With z = mu + sigma eps, f_i(z) = -log p(x_i, z), s = d log q/d(mu, log sigma) = (eps / sigma, eps^2 - 1) and the mean
over K draws, each gives the gradient of F_i = E[log q - log p]:

    score_function         sum_j f_j(z_j) * s     the weight is the sum over the batch (score function, joint)
    score_function_local   f_i(z_i) * s           each datum's own term
    score_function_loo     (f_ik - mean of f_il over l other than k) * s_k, that is (f_ik - mean f_i) K / (K - 1):
                           leave-one-out of each datum's own term, K >= 2. Kool, van Hoof & Welling (2019), section 3
    pathwise               df/dz * (1, sigma eps)

and all of them add the exact gradient of the entropy's share, (0, -1). With entropy = sticking_the_landing the pathwise
one is instead d(log q + f)/dz * (1, sigma eps), log q differentiated by z alone: no score of q, nothing to add. Roeder,
Wu & Duvenaud (2017), arXiv 1703.09194. Arrays may be NumPy's or JAX's.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

ENTROPIES = ("closed_form", "sticking_the_landing")


class Looks(NamedTuple):
    """What K draws of a batch of B data give: f and its slopes, with the draws they are at."""

    eps: Any  # [K, B, L]
    sigma: Any  # [B, L]
    f: Any  # [K, B]     -log p(x_i, z_ik)
    slope: Any  # [K, B, L]  df/dz


class Gradient(NamedTuple):
    """By mu and by log sigma of each datum, [B, L] each; of F_i, not of the batch's mean."""

    mu: Any
    log_sigma: Any


Rule = Callable[[Looks], Gradient]


class Method(NamedTuple):
    """An estimator with the treatment of its entropy."""

    estimator: str
    entropy: str = "closed_form"

    @property
    def fewest(self) -> int:
        """Draws that an estimate needs."""
        return 2 if self.estimator == "score_function_loo" else 1

    @property
    def rule(self) -> Rule:
        """Its formula."""
        return RULES[self]


def _scored(weights: Any, looks: Looks) -> Gradient:
    """The mean over draws of weights[K, B] times the score, and the entropy's share."""
    eps, spread = looks.eps, weights[..., None]
    return Gradient((spread * eps / looks.sigma).mean(0), (spread * (eps * eps - 1)).mean(0) - 1)


def joint(looks: Looks) -> Gradient:
    """The score function with the weight of the whole batch."""
    return _scored(looks.f.sum(1, keepdims=True), looks)


def local(looks: Looks) -> Gradient:
    """The score function with each datum's own term."""
    return _scored(looks.f, looks)


def leave_one_out(looks: Looks) -> Gradient:
    """The local one, each draw against the mean of the others."""
    count = looks.f.shape[0]
    return _scored((looks.f - looks.f.mean(0)) * (count / (count - 1)), looks)


def pathwise(looks: Looks) -> Gradient:
    """Through z, the entropy exact."""
    return Gradient(looks.slope.mean(0), (looks.slope * looks.sigma * looks.eps).mean(0) - 1)


def sticking_the_landing(looks: Looks) -> Gradient:
    """Through z alone, also of log q: d log q/dz = -eps / sigma."""
    total = looks.slope - looks.eps / looks.sigma
    return Gradient(total.mean(0), (total * looks.sigma * looks.eps).mean(0))


RULES: Mapping[Method, Rule] = {
    Method("score_function"): joint,
    Method("score_function_local"): local,
    Method("score_function_loo"): leave_one_out,
    Method("pathwise"): pathwise,
    Method("pathwise", "sticking_the_landing"): sticking_the_landing,
}
REFERENCE = Method("pathwise")
ESTIMATORS = tuple(dict.fromkeys(method.estimator for method in RULES))
