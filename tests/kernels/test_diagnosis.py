"""A kernel that does not compile is one line: its file, its function, the line of the fault and the reason."""

import numpy as np
import pytest

from bench.errors import BadInput
from bench.kernels import calls
from bench.kernels.diagnosis import diagnosed, reason
from bench.kernels.jit import kernel


def no_such_field(noise, y, theta, phi, f, out):
    out[0] = f.gradient[0, 0]


def no_such_function(noise, y, theta, phi, f, out):
    out[0] = np.no_such_function(f.value[0])


def too_few_arguments(noise, y, theta, phi, f):
    pass


def unsupported(noise, y, theta, phi, f, out):
    with open("file"):
        out[0] = 0.0


def wrong_types(noise, y, theta, phi, f, out):
    out[0] = f.value[0] + "text"


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (
            no_such_field,
            "line {line}: unknown attribute gradient; it has value, terms, slope, curvature",
        ),
        (no_such_function, "module 'numpy' has no attribute 'no_such_function'"),
        (too_few_arguments, "Signature mismatch: 6 argument types given, but function takes 5 arguments"),
        (unsupported, "line {line}: Unsupported context manager in use"),
        (wrong_types, "line {line}: No implementation of function"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_message_names_file_function_line_and_reason(function, message) -> None:
    with pytest.raises(BadInput) as caught:
        calls.address(kernel(function), calls.OWN_WEIGHT)
    expected = message.format(line=function.__code__.co_firstlineno + 1)
    assert str(caught.value).startswith(f"plugins: {__file__}: {function.__name__} does not compile: {expected}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("error", [MemoryError(), OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_the_machine_lacks_is_no_fault_of_the_kernel(error: BaseException) -> None:
    with pytest.raises(type(error)), diagnosed(kernel(no_such_field)):
        raise error


def test_the_steps_of_the_compiler_are_left_out() -> None:
    assert (
        reason("Failed in nopython mode pipeline (step: nopython frontend)\n\n  No such thing\nmore") == "No such thing"
    )
    assert reason("") == "no reason given"


def no_such_field_of_a_component(noise, j, theta, phi, f, first, out):
    out[0] = f.terms[0]


def test_a_rule_of_points_has_the_fields_of_a_component() -> None:
    with pytest.raises(BadInput) as caught:
        calls.address(kernel(no_such_field_of_a_component), calls.COMBINE)
    assert str(caught.value).endswith("unknown attribute terms; it has value, slope, curvature")
