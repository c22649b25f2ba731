"""PyTorch: by automatic differentiation of a surrogate loss, and vectorised by hand. In float64.

pathwise        the loss is f(mu + sigma eps), differentiated through y
score_function  the loss is f(y) log q(y; mu, sigma) with f(y) and y held fixed
Each estimate of a batch has a mu and a sigma of its own, so one backward pass gives all their gradients.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.peers.problem import Problem
from bench.peers.spec import Peer, Ready

Gradients = Callable[[Any, Problem, Any, Any], Any]


def value(torch: Any, p: Problem, y: Any, design: Any) -> Any:
    """[batch, K] f of y[batch, K] or y[batch, K, d]."""
    n, xbar, s2 = p.summary
    match p.objective:
        case "squared_error":
            return n * ((y - xbar) ** 2 + s2)
        case "cosine":
            return torch.cos(y)
        case "gaussian_posterior":
            constant = 0.5 * n * s2 + 0.5 * (n + 1) * math.log(2 * math.pi)
            return 0.5 * y**2 + 0.5 * n * (y - xbar) ** 2 + constant
    fitted = torch.nn.functional.softplus(y @ design.T).sum(-1)
    return fitted + 0.5 * (y**2).sum(-1) + 0.5 * p.dimension * math.log(2 * math.pi)


def slope(torch: Any, p: Problem, y: Any, design: Any) -> Any:
    """Df/dy, shaped like y."""
    n, xbar, _ = p.summary
    match p.objective:
        case "squared_error":
            return 2 * n * (y - xbar)
        case "cosine":
            return -torch.sin(y)
        case "gaussian_posterior":
            return y + n * (y - xbar)
    return torch.sigmoid(y @ design.T) @ design + y


def by_autograd(torch: Any, p: Problem, eps: Any, design: Any) -> Any:
    """[batch, d * 2] from one backward pass."""
    shape = (len(eps), 1, *eps.shape[2:])
    mu, sigma = (torch.full(shape, at, dtype=eps.dtype, requires_grad=True) for at in (p.mu, p.sigma))
    if p.estimator == "pathwise":
        loss = value(torch, p, mu + sigma * eps, design)
    else:
        y = (mu + sigma * eps).detach()
        log_density = torch.distributions.Normal(mu, sigma, validate_args=False).log_prob(y)
        f = value(torch, p, y, design)
        loss = f * (log_density if eps.dim() == 2 else log_density.sum(-1))
    total = loss.mean(1).sum()
    if p.target:
        total = total - torch.log(sigma).sum()
    both = torch.autograd.grad(total, (mu, sigma))
    return torch.stack(both, dim=-1).reshape(len(eps), -1)


def by_hand(torch: Any, p: Problem, eps: Any, design: Any) -> Any:
    """[batch, d * 2] by formulas, without a graph."""
    with torch.no_grad():
        y = p.mu + p.sigma * eps
        if p.estimator == "pathwise":
            weight = slope(torch, p, y, design)
            by_mu, by_sigma = weight.mean(1), (weight * eps).mean(1)
        else:
            f = value(torch, p, y, design)
            f = f if eps.dim() == 2 else f[..., None]
            weighed = f * eps
            by_mu = weighed.mean(1) / p.sigma
            by_sigma = ((weighed * eps).mean(1) - f.mean(1)) / p.sigma
        return torch.stack([by_mu, by_sigma + p.entropy_by_sigma], dim=-1).reshape(len(eps), -1)


def prepare(gradients: Gradients, p: Problem, batch: int, seed: int) -> Ready:
    """Noise goes into memory that is there already."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    eps, design = torch.empty(p.shape(batch), dtype=torch.float64), torch.tensor(p.design)

    def draw() -> Any:
        return eps.normal_(generator=generator)

    def compute(noise: Any) -> Any:
        return gradients(torch, p, torch.as_tensor(noise), design)

    return Ready(draw, compute, lambda: compute(draw()))


PEERS = (
    Peer("torch", "autograd", partial(prepare, by_autograd)),
    Peer("torch", "by_hand", partial(prepare, by_hand)),
)
