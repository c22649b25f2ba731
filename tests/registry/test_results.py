"""What functions may give: the rules that have a shape or a sum, each with what keeps it and what breaks it."""

from typing import Any

import numpy as np
import pytest

from bench import spec
from bench.kernels.normal import gauss_hermite
from bench.registry.results import RESULTS

THETA = np.array([[0.5, 1.0], [2.0, 1.0]])
HOLE = np.array([1.0, np.nan])
MASKED = np.ma.array([1.0, 2.0], mask=[True, False])


@pytest.mark.parametrize(
    ("kind", "field", "arguments", "right", "wrong"),
    [
        (spec.Objective, "dimension", ("shared", 3, ()), [1, np.int64(2)], [0, True, 2.0, None]),
        (
            spec.Objective,
            "exact",
            (THETA, None, ()),
            [THETA, THETA.tolist()],
            [THETA[0], THETA * np.nan, THETA.view(np.matrix), "text", None],
        ),
        (spec.Objective, "tabulate", ((0.5, 1.0),), [THETA[0], THETA.ravel()], [THETA[1], [0.5, 1.0], THETA, None]),
        (
            spec.Objective,
            "quadratic",
            (None, ()),
            [(np.eye(2), np.zeros(2), 1.0)],
            [(THETA, np.zeros(2), 1.0), (np.eye(3), np.zeros(2), 1.0), (np.eye(2), HOLE, 1.0), np.eye(2), None],
        ),
        (spec.Objective, "slope_covariance", (THETA, None, ()), [np.eye(2)], [np.eye(3), np.zeros(2), None]),
        (spec.Form, "summarise", (HOLE,), [np.zeros(0), [1, 2]], [np.zeros((1, 1)), HOLE, 1.0, [[1], [1, 2]]]),
        (spec.Estimator, "freeze", (None,), [1.0, np.zeros(3)], [HOLE, MASKED, None, np.zeros((2, 2))]),
        (spec.Estimator, "skip", (None,), [None, "why"], ["", " ", False, 1]),
        (spec.Points, "breaks", (THETA, HOLE), [{}, {"coin": [0.5]}], [None, [0.5], {"coin": 0.5}, {"coin": HOLE}]),
        (spec.Family, "entropy", (THETA[0],), [1.0, np.float64(2)], [np.inf, None, THETA]),
        (spec.Family, "entropy_gradient", (THETA[0],), [THETA[0]], [THETA, 1.0, HOLE]),
        (
            spec.Family,
            "tabulate",
            (THETA[0],),
            [THETA[0], THETA.ravel()],
            [THETA[1], [0.5, 1.0], THETA, np.ma.array(THETA[0])],
        ),
        (spec.Family, "breaks", (THETA[0],), [(), (0.5,), [0.5]], [0.5, (np.nan,), None]),
        (spec.BaseNoise, "rule", (8,), [gauss_hermite(8)], [(HOLE, HOLE), np.zeros(2), (np.zeros(2), np.ones(2))]),
        (spec.Sampler, "expand", (None, HOLE), [np.zeros((3, 2))], [np.zeros(2), np.zeros((2, 3))]),
        (spec.Dataset, "load", (2,), [np.zeros(2), np.arange(2)], [np.zeros(3), [0.0, 0.0], HOLE, MASKED]),
        (spec.Dataset, "load", (None,), [np.zeros(7)], [np.zeros(0)]),
        (spec.Figure, "select", ({},), [None], ["rows"]),
        (spec.Figure, "draw", (None,), [], [None]),
    ],
)
def test_a_result_is_allowed_or_is_not(
    kind: type, field: str, arguments: tuple[Any, ...], right: list[Any], wrong: list[Any]
) -> None:
    rule = RESULTS[kind][field](*arguments)
    assert [value for value in right if not rule.allows(value)] == []
    assert [value for value in wrong if rule.allows(value)] == []


def test_a_drawing_is_known_by_its_name() -> None:
    from matplotlib.figure import Figure

    assert RESULTS[spec.Figure]["draw"](None).allows(Figure())
