"""Rates of matrix products, and those of a regression."""

import math

import pytest

from bench.peers import product
from bench.peers.problem import cell_plan, problem
from bench.registry import Registry


def test_a_regression_is_two_products_for_a_slope_and_one_for_a_value(known: Registry) -> None:
    slope, value = (
        problem(cell_plan("logistic_regression", estimator, 3, known), known)
        for estimator in ("pathwise", "score_function")
    )
    assert product.achieved(value, 1000.0) == 2 * 569 * 31 * 3 / 1000
    assert product.achieved(slope, 1000.0) == 2 * product.achieved(value, 1000.0)


def test_others_are_none(known: Registry) -> None:
    assert math.isnan(product.achieved(problem(cell_plan("cosine", "pathwise", 1, known), known), 1.0))


def test_the_machine_multiplies(known: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(product, "SQUARE", 8)
    rates = product.rates(problem(cell_plan("logistic_regression", "pathwise", 1, known), known))
    assert list(rates) == ["square, 8", "X y, 569 x 31 x 1024"]
    assert min(rates.values()) > 0
