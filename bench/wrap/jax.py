"""An objective made of a scalar JAX function f(y[d], **phi): values by vmap, slopes and curvatures by grad, in float64.

JAX compiles once for each shape. The engine's strips have sizes that need no padding; other numbers of draws are
padded to the next of four sizes an octave, by copies of the last draw.
"""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from bench.errors import BadInput
from bench.faults import place
from bench.spec import Floats, Latent, Objective
from bench.wrap.objectives import Dimension, Function, Phi, objective

LOW = re.compile(r"\b(?:f8\w*|f16|bf16|f32|c64)\[")  # as JAX prints types of arrays that are less than float64


def jax_objective(
    name: str,
    f: Callable[..., Any],
    *,
    dimension: int | str | Dimension,
    latent: Latent = "shared",
    phi: Phi | None = None,
    target: bool = False,
    exact: Function | Mapping[str, Function] | None = None,
    breaks: Sequence[float] = (),
    uses_data: bool = False,
    formula: str = "",
    label: str = "",
    symbols: Mapping[str, str] | None = None,
) -> Objective:
    """The objective of f(y[d], **phi), or f(y[d], x[n], **phi) with `uses_data`; the rest as for `objective`."""
    jax = imported("jax_objective")
    slope = jax.grad(f)

    def curvature(y: Any, *data: Any, **named: Any) -> Any:
        """[d]: the diagonal of the Hessian, one derivative of the slopes for each component."""

        def along(unit: Any) -> Any:
            _, change = jax.jvp(lambda y: slope(y, *data, **named), (y,), (unit,))
            return unit @ change

        return jax.vmap(along)(jax.numpy.eye(y.size))

    return objective(
        name,
        _mapped(jax, f, f),
        slope=_mapped(jax, f, slope),
        curvature=_mapped(jax, f, curvature),
        dimension=dimension,
        latent=latent,
        phi=phi,
        target=target,
        exact=exact,
        breaks=breaks,
        uses_data=uses_data,
        formula=formula,
        label=label,
        symbols=symbols,
    )


def padded(draws: int) -> int:
    """The number of draws of which the first three binary digits alone are not zero, from `draws` up."""
    unit = 1 << max(draws.bit_length() - 3, 0)
    return -(-draws // unit) * unit


def imported(user: str) -> Any:
    """JAX, for what needs it; BadInput where it is missing or too old."""
    try:
        import jax
    except ImportError as error:
        raise BadInput(f"{user} needs JAX, which is not installed; pip install 'mcgrad-bench[jax]'") from error
    if not hasattr(jax, "enable_x64"):
        raise BadInput(f"{user} needs JAX 0.8 or newer, not {jax.__version__}; pip install --upgrade jax")
    return jax


def _mapped(jax: Any, f: Callable[..., Any], differentiated: Callable[..., Any]) -> Function:
    """The NumPy function of y[d, draws] that maps `differentiated`, which f became, over the draws."""

    def mapped(y: Any, data: tuple[Any, ...], named: dict[str, Any]) -> Any:
        return jax.vmap(lambda y: differentiated(y, *data, **named), in_axes=1, out_axes=-1)(y)

    over_draws = jax.jit(mapped)
    checked: set[int] = set()  # dimensions

    @functools.wraps(f)
    def evaluate(y: Floats, *data: Floats, **named: float) -> Floats:
        draws = y.shape[1]
        columns = np.empty((len(y), padded(draws)))
        columns[:, :draws], columns[:, draws:] = y, y[:, -1:]
        with jax.enable_x64(True):
            if len(y) not in checked:
                _refuse_low_precision(f, str(jax.make_jaxpr(mapped)(columns, data, named)))
                checked.add(len(y))
            return np.asarray(over_draws(columns, data, named))[..., :draws]

    return evaluate


def _refuse_low_precision(f: Callable[..., Any], program: str) -> None:
    """BadInput where a number of the program is of less than float64, as are arrays made before float64 was enabled."""
    if match := LOW.search(program):
        raise BadInput(
            f"{place(f)} computes with {match[0].rstrip('[')}; allowed: float64; make its constants with NumPy, or "
            "call jax.config.update('jax_enable_x64', True) before they are made, and cast nothing to less"
        )
