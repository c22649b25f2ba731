"""Why a kernel does not compile, in the one line that a user reads instead of Numba's page."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

from bench.errors import BadInput
from bench.faults import place
from bench.spec import Component, Derivatives


@contextlib.contextmanager
def diagnosed(compiled: Any) -> Iterator[None]:
    """Around the compilation of a kernel: what fails is BadInput that names its file, its function and the line."""
    try:
        yield
    except (MemoryError, OSError):  # the machine's fault, such as a full disk under the cache
        raise
    except Exception as error:
        raise BadInput(f"{place(compiled)} does not compile: {_line(error)}{reason(str(error))}") from error


def _line(error: Exception) -> str:
    """`line 8: ` of the innermost function where Numba tells it, else nothing."""
    if quoted := re.search(r'^File ".*", line (\d+):$', str(error), re.MULTILINE):
        return f"line {quoted[1]}: "
    number = getattr(getattr(error, "loc", None), "line", None)
    return f"line {number}: " if number else ""


def reason(message: str) -> str:
    """The first line of Numba's message that tells more than the compiler's own steps."""
    for fields in (Derivatives, Component):
        if attribute := re.search(rf"Unknown attribute '(\w+)' of type {fields.__name__}\(", message):
            return f"unknown attribute {attribute[1]}; it has {', '.join(fields._fields)}"
    if returned := re.search(r"No conversion from (\S+) to none for '\S*return_value", message):
        return f"returns {returned[1]}; allowed: to return nothing"
    message = message.replace(":\n \n >>> ", ": ")  # what a function is called with
    lines = [line.strip() for line in message.splitlines()]
    return next((line for line in lines if line and not line.startswith("Failed in nopython mode")), "no reason given")
