"""An objective made of a scalar PyTorch function f(y[d], **phi): values by vmap, slopes and curvatures by grad."""

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.errors import BadInput
from bench.faults import place
from bench.spec import Floats, Latent, Objective
from bench.wrap.objectives import Dimension, Function, Phi, objective
from bench.wrap.results import REMEDY


def torch_objective(
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
    torch = _torch()
    _refuse_low_precision(torch, f)
    slope = torch.func.grad(f)

    def curvature(y: Any, *data: Any, **named: Any) -> Any:
        """[d]: the diagonal of the Hessian, one derivative of the slopes for each component."""
        return torch.diagonal(torch.func.jacrev(lambda y: slope(y, *data, **named))(y))

    return objective(
        name,
        _mapped(torch, f, f),
        slope=_mapped(torch, f, slope),
        curvature=_mapped(torch, f, curvature),
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


def _torch() -> Any:
    try:
        import torch
    except ImportError as error:
        raise BadInput(
            "torch_objective needs PyTorch, which is not installed; pip install 'mcgrad-bench[torch]'"
        ) from error
    return torch


def _mapped(torch: Any, f: Callable[..., Any], differentiated: Callable[..., Any]) -> Function:
    """The NumPy function of y[d, draws] that maps `differentiated`, which f became, over the draws."""

    @functools.wraps(f)
    def evaluate(y: Floats, *data: Floats, **named: float) -> Floats:
        tensors = [torch.tensor(array) for array in data]
        over_draws = torch.func.vmap(lambda y: differentiated(y, *tensors, **named), in_dims=1, out_dims=-1)
        result: Floats = over_draws(torch.tensor(y)).detach().numpy()
        return result

    return evaluate


def _refuse_low_precision(torch: Any, f: Callable[..., Any]) -> None:
    """BadInput where f reads a tensor of less than float64: beside float64, its rounding would show nowhere."""
    variables = inspect.getclosurevars(inspect.unwrap(f))
    for name, value in {**variables.globals, **variables.nonlocals}.items():
        if isinstance(value, torch.Tensor) and value.is_floating_point() and value.dtype != torch.float64:
            raise BadInput(f"{place(f)} reads {name} of {value.dtype}; {REMEDY}")
