"""What the Python functions of a plug-in must give: for each field, from the arguments to the rule of the result."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from bench import spec
from bench.registry import rules
from bench.registry.rules import Rule, either, instance, mapping, optional
from bench.spec import Floats

SUM_OF_WEIGHTS = 1e-9  # how far it may be from 1
NOTHING = Rule(lambda value: value is None, "None: it overwrites its last argument")
NUMBER = Rule(rules.is_finite, "a finite number")
REASON = optional(Rule(lambda value: isinstance(value, str) and value.strip() != "", "a reason in words"))
WHOLE = Rule(
    lambda value: isinstance(value, int | np.integer) and not isinstance(value, bool) and int(value) >= 1,
    "a whole number >= 1",
)
POINTS = Rule(lambda value: isinstance(value, tuple | list) and all(map(rules.is_finite, value)), "a tuple of numbers")
DRAWING = Rule(
    lambda value: any(
        (kind.__module__, kind.__name__) == ("matplotlib.figure", "Figure") for kind in type(value).__mro__
    ),
    "a matplotlib Figure",
)  # by its name, for importing it is slow


def floats(*shapes: tuple[int, ...], words: str = "") -> Rule:
    """Finite numbers in an array of one of these shapes."""
    allowed = words or " or ".join(map(str, shapes))
    return Rule(lambda value: _is_finite(value) and np.shape(value) in shapes, f"finite numbers of shape {allowed}")


def row(words: str) -> Rule:
    """Finite numbers in a row."""
    return Rule(lambda value: _is_finite(value) and np.ndim(value) == 1, words)


def _is_finite(value: Any) -> bool:
    """Whether a value is an array of finite real numbers, or can be made one.

    A masked array or another subclass may hide numbers, or mean others, than it has as a plain array.
    """
    if rules.is_subclassed(value):
        return False
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return False
    return array.dtype.kind in "fiub" and bool(np.isfinite(array).all())


def _data(size: int | None) -> Rule:
    """The data of a size, or all there are."""
    many = "one or more" if size is None else str(size)
    return Rule(
        lambda x: isinstance(x, np.ndarray) and _is_finite(x) and x.ndim == 1 and x.size == (size or max(1, x.size)),
        f"an array of {many} finite numbers",
    )


def _quadrature(nodes: int, *breaks: Any) -> Rule:
    """Points and weights that sum to 1."""

    def allows(value: Any) -> bool:
        if not isinstance(value, tuple) or len(value) != 2 or not all(map(_is_finite, value)):
            return False
        points, weights = map(np.asarray, value)
        return points.ndim == 1 and points.shape == weights.shape and abs(weights.sum() - 1) < SUM_OF_WEIGHTS

    return Rule(allows, "(points, weights), two rows of equally many finite numbers, whose weights sum to 1")


def _is_quadratic(value: Any) -> bool:
    """Whether a value is a symmetric matrix, a centre and a number."""
    if not isinstance(value, tuple) or len(value) != 3 or not all(map(_is_finite, value)):
        return False
    matrix, centre, constant = map(np.asarray, value)
    fits = centre.ndim == 1 and matrix.shape == centre.shape * 2 and constant.ndim == 0
    return bool(fits and np.allclose(matrix, matrix.T, rtol=1e-9, atol=0))


def _covariances(d: int) -> Rule:
    """Two matrices."""
    return Rule(
        lambda value: isinstance(value, tuple) and len(value) == 2 and all(floats((d, d)).allows(m) for m in value),
        f"a pair of arrays of finite numbers of shape ({d}, {d})",
    )


def _tables(theta: Floats, name: str = "theta") -> Rule:
    """Theta or phi, and whatever a kernel looks up."""
    return Rule(
        lambda value: (
            type(value) is np.ndarray
            and value.dtype == np.float64
            and value.ndim == 1
            and np.array_equal(value[: theta.size], theta)
        ),
        f"a row of float64 that begins with {name}",
    )


def _expanded(nodes: Floats) -> Rule:
    """[coupled, m] of nodes[m]."""
    return Rule(
        lambda value: _is_finite(value) and np.ndim(value) == 2 and np.shape(value)[1] == nodes.size,
        f"finite numbers of shape (coupled, {nodes.size})",
    )


RESULTS: Mapping[type, Mapping[str, Callable[..., Rule]]] = {
    spec.Objective: {
        "dimension": lambda latent, n, phi: WHOLE,
        "exact": lambda theta, x, phi: floats(theta.shape, words=f"{theta.shape}, [d, k]"),
        "tabulate": lambda phi: _tables(np.array(phi, dtype=float), "phi"),
        "quadratic": lambda x, phi: Rule(_is_quadratic, "(A[d, d], c[d], b) of finite numbers, with A symmetric"),
        "slope_covariance": lambda theta, x, phi: floats(
            (len(theta), len(theta)), words=f"{(len(theta),) * 2}, [d, d]"
        ),
        "breaks": lambda phi: POINTS,
    },
    spec.Batches: {
        "count": lambda n, phi: WHOLE,
        "slope_covariance": lambda theta, x, phi: _covariances(len(theta)),
    },
    spec.Form: {"summarise": lambda x: row("finite numbers in a row")},
    spec.Estimator: {
        "skip": lambda cell: REASON,
        "freeze": lambda pilot: either(NUMBER, row("finite numbers in a row")),
    },
    spec.Points: {
        "breaks": lambda theta, phi: mapping(
            Rule(rules.is_name, "names of channels"),
            Rule(lambda values: isinstance(values, Sequence | np.ndarray) and _is_finite(values), "finite numbers"),
        )
    },
    spec.Family: {
        "entropy": lambda theta: NUMBER,
        "entropy_gradient": lambda theta: floats(theta.shape, words=f"{theta.shape}, [k]"),
        "tabulate": _tables,
        "breaks": lambda theta: POINTS,
        "derived": lambda value: NUMBER,
    },
    spec.Pairs: {},
    spec.BaseNoise: {
        "fill": lambda generator, out: NOTHING,
        "rule": _quadrature,
        "fallback": _quadrature,
        "quantile": lambda chances: NOTHING,
        "mirror": lambda points: floats(points.shape),
    },
    spec.Sampler: {
        "fill": lambda generator, channel, out: NOTHING,
        "expand": lambda channel, nodes: _expanded(nodes),
        "strata": lambda samples, dimension: WHOLE,
        "skip": lambda channels, dimension, samples: REASON,
    },
    spec.Dataset: {"load": lambda size, **parameters: _data(size)},
    spec.Executor: {},
    spec.Figure: {
        "select": lambda tables: optional(instance(spec.Slice)),
        "draw": lambda selection: DRAWING,
    },
}
