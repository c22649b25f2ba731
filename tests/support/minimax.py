"""Minimax polynomials by Remez's exchange, in many digits: where the coefficients in `bench/kernels` come from."""

from collections.abc import Callable
from typing import Any

import mpmath

DIGITS = 40
STEPS = 400  # of the grid on which the extremes of the error are looked for
TURNS = 8

Function = Callable[[Any], Any]  # of one number of mpmath's


def minimax(function: Function, degree: int, low: Any, high: Any) -> tuple[list[float], float]:
    """Coefficients of rising powers, rounded to doubles, and the largest error on (low, high) before that rounding."""
    with mpmath.workdps(DIGITS):
        low, high = mpmath.mpf(low), mpmath.mpf(high)
        angles = [mpmath.pi * k / (degree + 1) for k in range(degree + 2)]
        points = [(low + high) / 2 - (high - low) / 2 * mpmath.cos(angle) for angle in angles]
        grid = [low + (high - low) * (1 - mpmath.cos(mpmath.pi * i / STEPS)) / 2 for i in range(STEPS + 1)]
        values = [function(x) for x in grid]
        for _ in range(TURNS):
            coefficients = _levelled(function, points, degree)
            errors = [_polynomial(coefficients, x) - y for x, y in zip(grid, values, strict=True)]
            points = _extremes(grid, errors)
            if len(points) != degree + 2:
                raise ArithmeticError(f"the error of degree {degree} has {len(points)} extremes")
        return [float(c) for c in coefficients], float(max(map(abs, errors)))


def _levelled(function: Function, points: list[Any], degree: int) -> list[Any]:
    """The polynomial whose errors at degree + 2 points are alike, of alternating signs."""
    rows = [[x**power for power in range(degree + 1)] + [mpmath.mpf(-1) ** i] for i, x in enumerate(points)]
    solved = mpmath.lu_solve(mpmath.matrix(rows), mpmath.matrix([function(x) for x in points]))
    return list(solved)[: degree + 1]


def _polynomial(coefficients: list[Any], x: Any) -> Any:
    total = mpmath.mpf(0)
    for coefficient in reversed(coefficients):
        total = total * x + coefficient
    return total


def _extremes(grid: list[Any], errors: list[Any]) -> list[Any]:
    """Of each run of errors of one sign, where the largest is."""
    runs: list[list[int]] = []
    for i, error in enumerate(errors):
        if runs and (error > 0) == (errors[runs[-1][-1]] > 0):
            runs[-1].append(i)
        else:
            runs.append([i])
    return [grid[max(run, key=lambda i: abs(errors[i]))] for run in runs]
