"""What a user's function gives when it is called: an array of float64, or one line that names file and slip."""

import inspect
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from bench.errors import BadInput
from bench.faults import is_interrupt, place
from bench.registry.rules import is_subclassed
from bench.spec import Floats

REMEDY = "allowed: float64; make the constants of the function float64 and cast nothing to less"


def array_of(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    named: Mapping[str, Any],
    shapes: Sequence[tuple[int, ...]] | None = None,
) -> Floats:
    """function(*arguments, **named), float64 or whole numbers, in one of these shapes where some are named."""
    try:
        answer = function(*arguments, **named)
        result = np.asarray(answer)
    except (MemoryError, BadInput):
        raise
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        if is_interrupt(error, function):
            raise
        raise BadInput(f"{place(function)} raises {type(error).__name__}: {_reason(function, error)}") from error
    if is_subclassed(answer):
        raise BadInput(
            f"{place(function)} gives a {type(answer).__name__}; allowed: an array, no subclass of numpy.ndarray"
        )
    if result.dtype.kind in "biu":  # exact in float64, as an indicator or a count is
        result = result.astype(np.float64)
    if result.dtype != np.float64:
        raise BadInput(f"{place(function)} gives {result.dtype}; {REMEDY}")
    if shapes is not None and result.shape not in shapes:
        allowed = " or ".join(map(str, shapes))
        raise BadInput(f"{place(function)} gives shape {result.shape}; allowed: {allowed}, draws last")
    return result


def read_only(array: Floats) -> Floats:
    """A view of an array of the engine's, which a user's function reads and does not write."""
    view = array.view()
    view.flags.writeable = False
    return view


def _reason(function: Callable[..., Any], error: BaseException) -> str:
    """The first line of the message, and the innermost line of the function's own file that led to it."""
    message = next((line.strip() for line in str(error).splitlines() if line.strip()), "no message")
    code = getattr(inspect.unwrap(function), "__code__", None)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if code and frame.filename == code.co_filename]
    return f"{message} (line {lines[-1]})" if lines else message
