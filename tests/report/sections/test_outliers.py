"""What is said of outliers, and of which sweeps."""

import pytest

from bench.markup import numbers
from bench.markup.blocks import Paragraph
from bench.report.sections.outliers import outliers
from tests.support import synthetic
from tests.support.reports import MANIFEST

TABLES = synthetic.tables(sigma=[0.3, 1.0], dataset_size=[1, 10], samples=[1])


def test_the_largest_ratio_is_said_with_the_data() -> None:
    (block,) = outliers(TABLES, MANIFEST)
    assert isinstance(block, Paragraph)
    ratios = TABLES["ratios"]
    worst = ratios[ratios["numerator"] == "score_function"]["variance_ratio"].max()
    assert "(n = 10, mean 0.5 ns, standard deviation 2 ns)" in block.text
    assert f"up to {numbers.spoken(worst)} times" in block.text


@pytest.mark.parametrize(
    ("key", "value"), [("objective", "cosine"), ("numerator", "mine"), ("family", "gamma"), ("denominator", "price")]
)
def test_of_other_sweeps_nothing_is_said(key: str, value: str) -> None:
    assert outliers(TABLES | {"ratios": TABLES["ratios"].assign(**{key: value})}, MANIFEST) == []


def test_without_the_data_nothing_is_said() -> None:
    assert outliers(TABLES, {}) == outliers(TABLES, {"data": {"mean": None, "variance": None}}) == []
