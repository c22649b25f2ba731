"""The law of a figure, which the package's own keep and slips break."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from bench.laws.figures import nothing_of_nothing, of_figure
from bench.registry import Registry
from bench.spec import Figure, Slice
from tests.support.cases import EVERYTHING


def figure(select: Callable[[Mapping[str, pd.DataFrame]], Slice | None]) -> Figure:
    return Figure("mine", "Mine", "Mine.", select, lambda slice: Canvas())


@pytest.mark.parametrize("name", EVERYTHING.plugins["figure"])
def test_the_package_keeps_it(name: str) -> None:
    (outcome,) = of_figure(EVERYTHING.get("figure", name), Registry())
    assert outcome.finding is None


@pytest.mark.parametrize(
    ("select", "words"),
    [
        (lambda tables: Slice(tables["statistics"].iloc[[0]]), "IndexError"),
        (lambda tables: Slice(tables["absent"]), "absent"),
        (lambda tables: Slice(pd.DataFrame({"x": [1.0, 2.0]})), "rows that are shown: 2, expected 0"),
    ],
)
def test_control_what_fails_or_invents_rows_is_caught(select: Any, words: str) -> None:
    assert words in str(nothing_of_nothing(figure(select)))
