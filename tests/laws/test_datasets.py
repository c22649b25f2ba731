"""Laws of a dataset, which the package's own keep and each planted slip breaks."""

from typing import Any

import numpy as np
import pytest

from bench.laws import datasets
from bench.spec import Dataset
from tests.support.cases import EVERYTHING

OPEN = {n: d for n, d in EVERYTHING.plugins["data"].items() if None not in d.parameters.values()}


@pytest.mark.parametrize("name", OPEN)
def test_the_package_keeps_them(name: str) -> None:
    assert datasets.loads(OPEN[name], OPEN[name].parameters) is None
    assert datasets.prefix(OPEN[name], OPEN[name].parameters) is None


@pytest.mark.parametrize(
    "load",
    [
        lambda size: np.arange(size + 1.0),
        lambda size: np.full(size, np.nan),
        lambda size: np.ones((size, 1)),
        lambda size: np.random.default_rng().standard_normal(size),
    ],
)
def test_control_wrong_sizes_holes_and_chance_are_caught(load: Any) -> None:
    assert datasets.loads(Dataset("wrong", load), {}) is not None


def test_control_another_order_is_caught() -> None:
    assert datasets.prefix(Dataset("turned", lambda size: np.arange(float(size))[::-1]), {}) is not None


def test_what_must_be_given_is_said() -> None:
    csv = EVERYTHING.get("data", "csv")
    assert {str(outcome).split("applicable: ")[1] for outcome in datasets.of_dataset(csv, EVERYTHING)} == {
        "path, column must be given"
    }
