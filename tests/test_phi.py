"""Checks of an objective's own parameters."""

import pytest

from bench.errors import BadInput
from bench.phi import MOST_COMPONENTS, components, require, whole


def test_what_is_allowed_is_given_back_whole() -> None:
    assert whole("sum.p", 3.0, 0, 5) == 3
    assert (components("sum", 1.0), components("sum", float(MOST_COMPONENTS))) == (1, MOST_COMPONENTS)
    require(True, "sum.k", 1.0, "anything")


@pytest.mark.parametrize("value", [-1.0, 5.5, 6.0, float("nan"), float("inf")])
def test_what_is_not_is_one_line(value: float) -> None:
    allowed = "allowed: whole numbers from 0 to 5"
    with pytest.raises(BadInput, match=rf"^objective\.sum\.p={value:g} is not allowed; {allowed}$"):
        whole("sum.p", value, 0, 5)
