"""Exact moments of one cell by quadrature, in the words of a table."""

from typing import Any

import numpy as np

from bench.engine.case import case_of
from bench.oracle import quadrature
from bench.oracle.exact import Exact
from bench.plan.streams import form_of, streams
from bench.registry import Registry
from bench.spec import Cell, Components, Entropy, Floats, Latent, Theta, Variant
from tests.support.rules import RULES

NO_DATA = np.empty(0)
SQUARED_ERROR = Variant("squared_error")


def exact(
    estimator: str | Variant,
    data: Floats = NO_DATA,
    latent: Latent = "shared",
    sampler: str = "iid",
    mu: float | tuple[float, ...] = 0.0,
    sigma: float | tuple[float, ...] = 1.0,
    objective: Variant = SQUARED_ERROR,
    components: Components = "tied",
    entropy: Entropy | None = None,
    samples: int = 2,
    registry: Registry = RULES,
) -> Exact:
    f = registry.get("objective", objective.name)
    d, theta = f.dimension(latent, data.size, objective.phi), (mu, sigma)
    where: tuple[Theta, Components, Entropy | None] = theta, components, entropy
    cell = Cell(objective, latent, "normal", *where, sampler, data.size or None, samples, d)
    (stream,) = streams([(cell, estimator if isinstance(estimator, Variant) else Variant(estimator))], registry)
    (subgrid,) = stream.subgrids
    assert subgrid.form == form_of(cell, registry)
    return quadrature.exact(case_of(stream, subgrid, subgrid.members[0], cell, data))


def known(*arguments: Any, **keywords: Any) -> Exact:
    moments = exact(*arguments, **keywords)
    assert not moments.reason
    return moments


def variance(*arguments: Any, **keywords: Any) -> Floats:
    return known(*arguments, **keywords).variance


SUM = '''"""The sum of y, over `dimension` components."""
import numpy as np
from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    out[:] = 0.0
    for j in range(y.shape[0]):
        for i in range(out.size):
            out[i] += phi[1] + phi[0] * y[j, i]


@kernel
def terms(y, data, phi, out):
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = phi[1] + phi[0] * y[j, i]


@kernel
def slope(y, data, phi, out):
    out[:] = phi[0]


PLUGIN = Objective(
    "total",
    {"shared": {"direct": Form(np.asarray, value, terms, slope)}},
    lambda latent, n, phi: int(phi[2]),
    axes={"slope": (1.0,), "constant": (0.0,), "dimension": (1.0,)},
    uses_data=False,
)
'''
