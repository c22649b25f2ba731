"""What is tried of a user's function when it is first called, on the first draws that reach it.

Every number hangs on these: a draw's value is that draw's alone, the same whenever it is asked for, and slopes are
those of the value. A slip is named before any number of it is used.
"""

from collections.abc import Callable, Sequence

import numpy as np

from bench.errors import BadInput
from bench.spec import Floats

DRAWS, COMPONENTS = 32, 8  # as many of the first are tried
ROUND_OFF = float(np.finfo(np.float64).eps)
STEP = ROUND_OFF ** (1 / 3)  # of central differences, where truncation and round-off balance


def behaviour(name: str, evaluate: Callable[..., Floats], arguments: Sequence[Floats]) -> bool:
    """Hold evaluate(*arguments)[..., draws] against itself; False where the draws are too few or too alike to tell.

    Draws are the last axis of all arguments. BadInput where two calls differ, where a draw's value hangs on the other
    draws or on its place among them, and where nothing is finite. Values of other draws may differ by round-off.
    """
    arguments = [argument[..., :DRAWS] for argument in arguments]
    draws = min(argument.shape[-1] for argument in arguments)
    if draws < 2 or all(np.all(argument == argument[..., :1]) for argument in arguments):
        return False
    values = evaluate(*arguments).copy()
    if not np.isfinite(values).any():
        raise BadInput(f"{name} gives {values.flat[0]} at all of {draws} draws; allowed: finite numbers")
    if not np.array_equal(values, evaluate(*arguments), equal_nan=True):
        raise BadInput(
            f"{name} gives other numbers when it is called again with the same draws; allowed: a function of its "
            "arguments alone, its randomness among the components of y"
        )
    subset = slice((draws - 1) // 2, None, -1)  # the first half, turned round
    again = evaluate(*(np.ascontiguousarray(argument[..., subset]) for argument in arguments))
    scale = np.abs(values[np.isfinite(values)]).max()
    if not np.allclose(again, values[..., subset], rtol=0, atol=np.sqrt(ROUND_OFF) * scale, equal_nan=True):
        raise BadInput(
            f"{name} gives a draw another number among other draws; allowed: what hangs on that draw alone, no mean "
            "over draws and no random number by its place"
        )
    return True


def derivative(name: str, evaluate: Callable[[Floats, int], Floats], slopes: Floats, y: Floats, of: str) -> None:
    """Hold slopes[d, draws] against central differences by y_j of evaluate(y, j)[draws].

    Differences at two steps tell how far each is to be trusted: truncation by their own difference, round-off by the
    size of the values. BadInput where most draws lie beyond that, so a kink near a few of them does no harm.
    """
    y, slopes = y[:, :DRAWS], slopes[:, :DRAWS]
    for j in range(min(len(y), COMPONENTS)):
        step = STEP * np.where(y[j] == 0, 1.0, np.abs(y[j]))
        near, size = _difference(evaluate, y, j, step)
        far, _ = _difference(evaluate, y, j, 2 * step)
        allowed = 4 * np.abs(far - near) + 64 * ROUND_OFF * (size / step + np.abs(near))
        wrong = np.abs(slopes[j] - near) > allowed
        if wrong.mean() > 0.5:
            i = int(np.argmax(wrong))
            raise BadInput(
                f"{name} gives {slopes[j, i]:.6g} for component {j} at y_{j}={y[j, i]:.6g}, where differences of "
                f"{of} give {near[i]:.6g}; allowed: its derivative by y_{j}"
            )


def total(name: str, terms: Floats, values: Floats) -> None:
    """Hold the sum of terms[d, draws] against values[draws]; BadInput where most differ by more than round-off."""
    difference = np.abs(terms.sum(axis=0) - values)
    allowed = np.sqrt(ROUND_OFF) * (np.abs(terms).sum(axis=0) + np.abs(values))
    wrong = difference > allowed
    if wrong.mean() > 0.5:
        i = int(np.argmax(wrong))
        raise BadInput(
            f"{name} gives terms that sum to {terms[:, i].sum():.6g} at a draw where the value is {values[i]:.6g}; "
            "allowed: terms f_j(y_j) that sum to it"
        )


def _difference(evaluate: Callable[[Floats, int], Floats], y: Floats, j: int, step: Floats) -> tuple[Floats, Floats]:
    """(f(y + step e_j) - f(y - step e_j)) / (2 step), and the size of the values it is made of, each [draws]."""
    above, below = y.copy(), y.copy()
    above[j] += step
    below[j] -= step
    up, down = evaluate(above, j), evaluate(below, j)
    return (up - down) / (above[j] - below[j]), np.abs(up) + np.abs(down)
