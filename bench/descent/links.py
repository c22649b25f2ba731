"""Parameterisations: what a descent steps in, and theta as a function of it.

A step is taken in free numbers rho, and theta_p = T(rho_p) with low < theta_p < high, the domain of the parameter:
natural   theta = rho                      dtheta/drho = 1
log       theta = low + exp(rho)           dtheta/drho = theta - low
square    theta = low + sqrt(rho)          dtheta/drho = 1 / (2 (theta - low))
softplus  theta = low + log(1 + exp(rho))  dtheta/drho = 1 - exp(low - theta)
logit     theta = low + (high - low) / (1 + exp(-rho)), for domains with two ends
fixed     theta = rho                      dtheta/drho = 0, so that no step moves it
A parameter without ends is always stepped in as it is. Where one parameter alone has an end, names say it: sigma,
log_sigma, sigma2, softplus of the normal.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numba import types

from bench.kernels.calls import floats
from bench.kernels.jit import kernel
from bench.spec import Family, Floats, Parameter

NATURAL, LOG, SQUARE, SOFTPLUS, LOGIT, FIXED = range(6)
KINDS = {"natural": NATURAL, "log": LOG, "square": SQUARE, "softplus": SOFTPLUS}
DEFAULT = (LOG, NATURAL)  # the first that a family offers
LINK = types.void(floats(1), types.Array(types.int64, 1, "C"), floats(1), floats(1), floats(1), floats(1))


def offered(family: Family) -> Mapping[str, tuple[int, ...]]:
    """The parameterisations of a family by name: the link of each of its parameters."""
    parameters = family.parameters
    ended = [name for name, parameter in parameters.items() if _links(parameter) != (NATURAL,)]
    aliases = {"natural": ended[0], "log": f"log_{ended[0]}", "square": f"{ended[0]}2"} if len(ended) == 1 else {}
    names = {}
    for name, kind in KINDS.items():
        links = tuple(_link(parameter, kind) for parameter in parameters.values())
        if all(link is not None for link in links) and (kind == NATURAL or any(links)):
            names[aliases.get(name, name)] = tuple(link or 0 for link in links)
    return names


def default(family: Family) -> str:
    """The parameterisation where none is asked for: by the logarithm where there is one."""
    names = offered(family)
    return next((name for name, links in names.items() if LOG in links or LOGIT in links), next(iter(names)))


def chosen(family: Family, parameterisation: str, fixed: Sequence[str]) -> tuple[int, ...]:
    """The link of each parameter in a parameterisation, those that stay at their start fixed."""
    links = offered(family)[parameterisation]
    return tuple(FIXED if name in fixed else link for name, link in zip(family.parameters, links, strict=True))


def moving(family: Family, fixed: Sequence[str]) -> Any:
    """[k] Whether a parameter is stepped in."""
    return np.array([name not in fixed for name in family.parameters])


def _links(parameter: Parameter) -> tuple[int, ...]:
    """The links that a parameter's domain allows."""
    if math.isfinite(parameter.low) and math.isfinite(parameter.high):
        return NATURAL, LOGIT
    return (NATURAL, LOG, SQUARE, SOFTPLUS) if math.isfinite(parameter.low) else (NATURAL,)


def _link(parameter: Parameter, kind: int) -> int | None:
    """The link of a parameter in a parameterisation of some kind; None where its domain has none."""
    links = _links(parameter)
    if links == (NATURAL,) or kind == NATURAL:
        return NATURAL
    if LOGIT in links:
        return LOGIT if kind in (LOG, SOFTPLUS) else None
    return kind


def free(theta: Floats, links: Floats, low: Floats, high: Floats) -> Floats:
    """rho[..., k] of theta[..., k]."""
    rho = np.array(theta, dtype=float)
    for p, link in enumerate(links):
        above = rho[..., p] - low[p]
        if link == LOG:
            rho[..., p] = np.log(above)
        elif link == SQUARE:
            rho[..., p] = above**2
        elif link == SOFTPLUS:
            rho[..., p] = above + np.log(-np.expm1(-above))
        elif link == LOGIT:
            rho[..., p] = np.log(above / (high[p] - rho[..., p]))
    return rho


def followed(rho: Floats, links: Any, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """theta[..., k] and dtheta/drho[..., k] of rho[..., k]; NaN where it has left the domain."""
    theta, rate = np.empty(rho.shape), np.empty(rho.shape)
    rows = (np.ascontiguousarray(values).reshape(-1, rho.shape[-1]) for values in (rho, theta, rate))
    for row, place, slope in zip(*rows, strict=True):
        follow(row, links, low, high, place, slope)
    outside = ~((low < theta) & (theta < high)).all(axis=-1, keepdims=True)
    return np.where(outside, np.nan, theta), np.where(outside, np.nan, rate)


@kernel
def follow(rho, links, low, high, theta, rate):
    """theta[k], rate[k] <- T(rho) and dtheta/drho; NaN where rho has left the domain of its link."""
    for p in range(rho.size):
        at, link = rho[p], links[p]
        theta[p], rate[p] = at, 1.0
        if link == 1:
            above = math.exp(at)
            theta[p], rate[p] = low[p] + above, above
        elif link == 2:
            above = math.sqrt(at) if at > 0.0 else math.nan
            theta[p], rate[p] = low[p] + above, 0.5 / above
        elif link == 3:
            above = max(at, 0.0) + math.log1p(math.exp(-abs(at)))
            theta[p], rate[p] = low[p] + above, -math.expm1(-above)
        elif link == 4:
            share = 1.0 / (1.0 + math.exp(-at))
            theta[p], rate[p] = low[p] + (high[p] - low[p]) * share, (high[p] - low[p]) * share * (1.0 - share)
        elif link == 5:
            rate[p] = 0.0
