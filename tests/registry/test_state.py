"""What a plug-in holds beside its source: every number that can be reached changes the digest, nothing else does."""

import types
from collections.abc import Callable

import numpy as np
import pytest

from bench.registry.state import state_sha256
from bench.spec import Floats

SOURCE = """
import numpy as np
from bench import spec
from bench.kernels.jit import kernel
from bench.wrap import objective

FACTOR = 1.0
TABLE = {"weights": np.arange(3.0), "names": ("a", "b")}


def made(scale):
    return lambda y: scale * y[0]


@kernel
def value(y, data, phi, out):
    out[:] = FACTOR


PLUGIN = objective("held", made(2.0))
"""


def module(source: str = SOURCE) -> types.ModuleType:
    """A module made of a text."""
    new = types.ModuleType("bench_plugin_held")
    exec(compile(source, "held.py", "exec"), vars(new))
    return new


def test_the_same_text_holds_the_same() -> None:
    assert state_sha256(module()) == state_sha256(module())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("FACTOR = 1.0", "FACTOR = 1.5"),
        ("np.arange(3.0)", "np.arange(3)"),
        ("np.arange(3.0)", "np.arange(3.0)[:, np.newaxis]"),
        ('("a", "b")', '("a", "c")'),
        ("made(2.0)", "made(2.5)"),
        ("scale * y[0]", "scale + y[0]"),
    ],
)
def test_a_number_that_can_be_reached_counts(old: str, new: str) -> None:
    assert old in SOURCE
    assert state_sha256(module(SOURCE.replace(old, new))) != state_sha256(module())


@pytest.mark.parametrize(
    "change",
    [
        lambda held: setattr(held, "FACTOR", 3.0),
        lambda held: held.TABLE["weights"].__setitem__(1, 7.0),
        lambda held: held.PLUGIN.axes.__class__ and setattr(held, "PLUGIN", (held.PLUGIN, 1)),
    ],
)
def test_numbers_count_as_they_are_not_as_they_are_written(change: Callable[[types.ModuleType], None]) -> None:
    """They may have been read from a file or computed."""
    held = module()
    before = state_sha256(held)
    change(held)
    assert state_sha256(held) != before


def test_what_leads_to_itself_has_an_end() -> None:
    held = module()
    held.CIRCLE = circle = [np.float64(1.0)]
    circle.append(circle)
    assert state_sha256(held) == state_sha256(held)


def test_the_name_of_a_type_is_no_array() -> None:
    """`Floats` has what an array has, but for the numbers."""
    held = module()
    before = state_sha256(held)
    held.Floats = Floats
    assert state_sha256(held) != before
