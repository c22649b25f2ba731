"""Names, signs and values in sentences."""

import pytest

from bench.report.sections import wording
from tests.support.signs import MU, SIGMA


@pytest.mark.parametrize(
    ("name", "told"),
    [("pathwise", "pathwise"), ("score_function", "the score function"), ("the reference", "the reference")],
)
def test_an_estimator_has_its_article(name: str, told: str) -> None:
    assert wording.the(name) == told


def test_axes_are_told_by_their_signs() -> None:
    assert wording.at({"mu": 0.5, "dataset_size": 25.0, "samples": 10000.0}) == (
        f"{MU} = 0.5, n = 25 and K = 10\N{SUPERSCRIPT FOUR}"
    )
    assert wording.values("sigma", [3.0, 1.0]) == f"{SIGMA} = 1 and 3"
    assert wording.values("samples", [1, 10, 100, 1000, 2, 3]) == "K from 1 to 1,000 (6 values)"


def test_a_spread_of_one_number_is_that_number() -> None:
    assert wording.spread(1.0, 1.2e8) == "1 to 120 million"
    assert wording.spread(2.0, 2.0001, " %") == "2 %"
