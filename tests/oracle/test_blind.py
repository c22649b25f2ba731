"""What the cells of a sweep cannot show is said, and only that."""

from dataclasses import replace

import pytest

from bench.laws.cases import DATA
from bench.oracle.blind import blind_spots
from tests.support.sampling import small
from tests.support.streams import CELL

POWER, MULTIPLE = "a forgotten power of it would not show", "a forgotten multiple of it would not show"


@pytest.mark.parametrize(
    ("thetas", "expected"),
    [
        ([(0.5, 1.0)], [f"sigma is 1 in every cell: {POWER}"]),
        ([(0.5, 1.0), (0.5, 2.0)], []),
        ([(0.0, 0.7)], [f"mu is 0 in every cell: {MULTIPLE}"]),
        ([(0.0, 1.0)], [f"mu is 0 in every cell: {MULTIPLE}", f"sigma is 1 in every cell: {POWER}"]),
        ([(0.0, 0.7), (1.0, 0.7)], []),
        ([(float(DATA.mean()), 0.7)], ["d/dmu is 0 in every cell: a wrong factor of it would not show"]),
    ],
)
def test_an_error_could_hide(thetas: list[tuple[float, float]], expected: list[str]) -> None:
    plan, results = small([replace(CELL, theta=theta) for theta in thetas], ["pathwise"])
    assert list(blind_spots(plan, results)) == expected
