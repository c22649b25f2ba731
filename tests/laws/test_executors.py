"""Laws of an executor, which the package's own keep and slips break."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bench.laws import executors
from bench.registry import Registry
from bench.spec import Executor
from tests.support.cases import EVERYTHING


def backwards(function: Callable[..., Any], items: Any) -> Iterator[Any]:
    return map(function, reversed(list(items)))


def short(function: Callable[..., Any], items: Any) -> Iterator[Any]:
    return map(function, list(items)[:-1])


def twice(function: Callable[..., Any], items: Any) -> Iterator[Any]:
    return (function(item) or function(item) for item in items)


@pytest.mark.parametrize("name", EVERYTHING.plugins["executor"])
def test_the_package_keeps_them(name: str) -> None:
    said = list(executors.of_executor(EVERYTHING.get("executor", name), Registry()))
    assert [str(outcome.finding) for outcome in said if outcome.finding] == []
    assert len(said) == 2


def test_control_another_order_is_caught() -> None:
    finding = executors.in_order(Executor("backwards", backwards))
    assert finding is not None
    assert executors.once(Executor("backwards", backwards)) is None


def test_control_a_lost_item_is_caught() -> None:
    assert "results: 19, expected 20" in str(executors.in_order(Executor("short", short)))
    assert "calls for an item: 0, expected 1" in str(executors.once(Executor("short", short)))


def test_control_an_item_done_twice_is_caught() -> None:
    assert executors.in_order(Executor("twice", twice)) is None
    assert "calls for an item: 2, expected 1" in str(executors.once(Executor("twice", twice)))
