"""Laws of an executor, which the package's own keep and slips break."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bench import registry
from bench.laws import executors
from bench.registry import Registry


def backwards(function: Callable[..., Any], items: Any) -> Iterator[Any]:
    return map(function, reversed(list(items)))


def short(function: Callable[..., Any], items: Any) -> Iterator[Any]:
    return map(function, list(items)[:-1])


def twice(function: Callable[..., Any], items: Any) -> Iterator[Any]:
    return (function(item) or function(item) for item in items)


PACKAGE = registry.load(kinds=["executor"])


@pytest.mark.parametrize("name", PACKAGE.plugins["executor"])
def test_the_package_keeps_them(name: str) -> None:
    plugin = PACKAGE.get("executor", name)
    few = {"workers": 1} if plugin.opened else {}
    said = list(executors.of_executor(replace(plugin, parameters={**plugin.parameters, **few}), Registry()))
    assert [str(outcome.finding) for outcome in said if outcome.finding] == []
    assert len(said) == 2


def test_control_another_order_is_caught() -> None:
    finding = executors.in_order(backwards)
    assert finding is not None
    assert executors.once(backwards) is None


def test_control_a_lost_item_is_caught() -> None:
    assert "results: 19, expected 20" in str(executors.in_order(short))
    assert "calls for an item: 0, expected 1" in str(executors.once(short))


def test_control_an_item_done_twice_is_caught() -> None:
    assert executors.in_order(twice) is None
    assert "calls for an item: 2, expected 1" in str(executors.once(twice))
