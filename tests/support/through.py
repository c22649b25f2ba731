"""Kernels called as the engine calls them: from compiled code, by their address."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bench.kernels import calls
from bench.kernels.jit import kernel
from bench.spec import Derivatives, Floats, Form, Objective, Weight

NOTHING = np.zeros(0)


@kernel
def through(pointer, arguments):
    calls.call(pointer, arguments)


def call(compiled: Any, signature: Any, *arguments: Any) -> None:
    """Call a kernel by its address."""
    through(calls.address(compiled, signature), arguments)


def value(form: Form, y: Floats, phi: tuple[float, ...] = (), data: Floats = NOTHING) -> Floats:
    """[draws] of a form's value at y[d, draws]."""
    out = np.full(y.shape[1], np.nan)
    call(form.value, calls.VALUE, y, data, np.array(phi), out)
    return out


def derivative(form: Form, field: str, y: Floats, phi: tuple[float, ...] = (), data: Floats = NOTHING) -> Floats:
    """[d, draws] of a form's terms, slope or curvature at y[d, draws]."""
    out = np.full(y.shape, np.nan)
    call(getattr(form, field), calls.DERIVATIVE, y, data, np.array(phi), out)
    return out


def derivatives(y: Floats, **fields: Floats) -> Derivatives:
    """What an estimator reads of f at one evaluation point; fields that are not given are empty."""
    empty = {"value": np.zeros((0, 0))} | dict.fromkeys(("terms", "slope", "curvature"), np.zeros((0, 0, 0)))
    return Derivatives(**empty | {name: np.ascontiguousarray(array[np.newaxis]) for name, array in fields.items()})


def weights(weight: Weight, y: Floats, f: Derivatives, rows: int, phi: tuple[float, ...] = ()) -> Floats:
    """[rows, draws] of a weight at y[d, draws], whose noise is y as well and whose theta is (0, 1)."""
    out = np.full((rows, y.shape[1]), np.nan)
    call(weight.kernel, calls.OWN_WEIGHT, y[np.newaxis], y, np.array([[0.0, 1.0]]), np.array(phi), f, out)
    return out


def joint(rule_joint: Any, values: Floats, samples: int) -> Floats:
    """[samples * replicates] of joint weights."""
    out = np.full(values.shape, np.nan)
    call(rule_joint, calls.JOINT_WEIGHT, values, samples, out)
    return out


def form(plugin: Objective) -> Form:
    """The only form of an objective."""
    ((_, forms),) = plugin.forms.items()
    return forms["direct"]


def draws(d: int, count: int, seed: int = 1) -> Floats:
    """Standard normals y[d, count]."""
    return np.random.default_rng(seed).standard_normal((d, count))


def example(name: str) -> Mapping[str, Any]:
    """What a file in examples/ defines."""
    path = Path(__file__).parents[2] / "examples" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"example_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)
