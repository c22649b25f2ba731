"""Laws of a dataset, which the package's own keep and each planted slip breaks."""

from typing import Any

import numpy as np
import pytest

from bench.laws import datasets
from bench.spec import Dataset, Floats
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


class Counting:
    """Other data the second time, of fifty alone."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, size: int) -> Floats:
        self.times += 1
        return np.arange(float(size)) + (self.times if size == 50 else 0.0)


@pytest.mark.parametrize(("asked", "fails"), [((2, 50), True), ((2, 49), False)])
def test_the_sizes_of_a_sweep_are_tried(asked: tuple[int, ...], fails: bool) -> None:
    once, first = datasets.of_dataset(Dataset("counting", Counting()), EVERYTHING, {}, asked)
    assert (once.finding is not None) == fails
    assert (first.finding is not None) == fails


def test_no_more_is_loaded_than_a_sweep_asks_for_and_with_its_parameters() -> None:
    def load(size: int, start: float) -> Floats:
        assert size <= 2
        return start + np.arange(float(size))

    dataset = Dataset("short", load, parameters={"start": None})
    assert [str(outcome).split()[-1] for outcome in datasets.of_dataset(dataset, EVERYTHING)] == ["given", "given"]
    given = datasets.of_dataset(dataset, EVERYTHING, {"start": 1.0}, (2,))
    assert [(outcome.tried, outcome.finding) for outcome in given] == [(1, None), (1, None)]


def test_what_must_be_given_is_said() -> None:
    csv = EVERYTHING.get("data", "csv")
    assert {str(outcome).split("applicable: ")[1] for outcome in datasets.of_dataset(csv, EVERYTHING)} == {
        "path, column must be given"
    }
