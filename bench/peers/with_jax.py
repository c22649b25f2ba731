"""JAX: `jit` of `vmap` of `grad` of a loss, with each of its random generators. In float64.

pathwise        the loss is the mean of f(mu + sigma eps)
score_function  the loss is the mean of f(y) log q(y; mu, sigma) with f(y) and y held fixed
expectation     the surrogate of TensorFlow Probability's Monte Carlo expectation without reparameterisation, written in
                JAX: f(y) + stop(f(y)) (log q - stop(log q)) has the value of f and the score function's gradient
Drawing and gradients are one program where both are asked for, so the compiler may fuse them.
"""

import functools
import math
from collections.abc import Callable
from typing import Any

from bench.peers.problem import Problem
from bench.peers.spec import Peer, Ready
from bench.wrap.jax import imported

GENERATORS = {"threefry": "threefry2x32", "rbg": "rbg", "unsafe_rbg": "unsafe_rbg"}


def value(jax: Any, p: Problem, y: Any) -> Any:
    """[K] f of y[K] or y[K, d]."""
    jnp, (n, xbar, s2) = jax.numpy, p.summary
    match p.objective:
        case "squared_error":
            return n * ((y - xbar) ** 2 + s2)
        case "cosine":
            return jnp.cos(y)
        case "gaussian_posterior":
            constant = 0.5 * n * s2 + 0.5 * (n + 1) * math.log(2 * math.pi)
            return 0.5 * y**2 + 0.5 * n * (y - xbar) ** 2 + constant
    fitted = jax.nn.softplus(y @ p.design.T).sum(-1)
    return fitted + 0.5 * (y**2).sum(-1) + 0.5 * p.dimension * math.log(2 * math.pi)


def loss(jax: Any, p: Problem, expectation: bool, theta: Any, eps: Any) -> Any:
    """The scalar whose gradient by theta[2] or theta[d, 2] is the estimate from eps[K] or eps[K, d]."""
    stop, jnp = jax.lax.stop_gradient, jax.numpy
    mu, sigma = theta[..., 0], theta[..., 1]
    y = mu + sigma * eps
    if p.estimator == "pathwise":
        weighed = value(jax, p, y)
    else:
        y = stop(y)
        log_density = jax.scipy.stats.norm.logpdf(y, mu, sigma)
        log_density = log_density if eps.ndim == 1 else log_density.sum(-1)
        f = value(jax, p, y)
        weighed = f + stop(f) * (log_density - stop(log_density)) if expectation else stop(f) * log_density
    return weighed.mean() - jnp.log(sigma).sum() * p.target


@functools.cache
def _drawing(generator: str, shape: tuple[int, ...], seed: int) -> Callable[[int], Any]:
    """Noise of a shape, by the number of the call."""
    jax = imported("peers")
    with jax.enable_x64(True):
        key = jax.random.key(seed, impl=GENERATORS[generator])
    return lambda number: jax.random.normal(jax.random.fold_in(key, number), shape, "float64")


def prepare(generator: str, expectation: bool, p: Problem, batch: int, seed: int) -> Ready:
    """Noise is a function of the number of the call."""
    jax = imported("peers")
    numbers = iter(range(2**31))
    noise = _drawing(generator, p.shape(batch), seed)
    theta = [p.mu, p.sigma] if p.dimension == 1 else [[p.mu, p.sigma]] * p.dimension

    def gradients(theta: Any, eps: Any) -> Any:
        over_batch = jax.vmap(jax.grad(functools.partial(loss, jax, p, expectation)), in_axes=(None, 0))
        return over_batch(theta, eps).reshape(batch, -1)

    with jax.enable_x64(True):
        at = jax.numpy.array(theta, "float64")
    drawn, computed = jax.jit(noise), jax.jit(gradients)
    at_once = jax.jit(lambda theta, number: gradients(theta, noise(number)))

    def wait(function: Callable[..., Any], *arguments: Any) -> Any:
        with jax.enable_x64(True):
            return jax.block_until_ready(function(*arguments))

    return Ready(
        lambda: wait(drawn, next(numbers)),
        lambda eps: wait(computed, at, eps),
        lambda: wait(at_once, at, next(numbers)),
    )


PEERS = (
    *(Peer("jax", name, functools.partial(prepare, name, False)) for name in GENERATORS),
    Peer("jax", "expectation", functools.partial(prepare, "unsafe_rbg", True), ("score_function",)),
)
