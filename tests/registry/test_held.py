"""A user's functions are held to their word, and the package's are left as they are."""

import contextlib
import inspect
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.errors import BadInput
from bench.kernels.normal import NORMAL, gauss_hermite
from bench.registry import Registry
from bench.registry.held import Held, held
from bench.spec import BaseNoise, Cell, Dataset, Estimator, Executor, Points, Weights

FILE = "mine.py"


def load(dataset_size):
    """Data, or not."""
    return np.arange(float(dataset_size))[1:]


def fill(generator, out):
    out[...] = 0.0


@pytest.mark.parametrize("kind", ["estimator", "family", "sampler", "data", "figure"])
def test_a_plugin_of_the_package_is_what_it_was(plugins: Registry, kind: str) -> None:
    for plugin in plugins.plugins[kind].values():
        assert held(plugin, FILE) == plugin


def test_what_is_not_allowed_is_told_with_file_and_function() -> None:
    with pytest.raises(BadInput) as caught:
        held(Dataset("d", load), FILE).load(3)
    assert (
        str(caught.value) == f"plugins: {__file__}: load gives array([1., 2.]); allowed: an array of 3 finite numbers"
    )


def test_what_is_raised_is_told_with_its_line() -> None:
    with pytest.raises(BadInput) as caught:
        held(Dataset("d", load), FILE).load("many")
    line = load.__code__.co_firstlineno + 2
    assert str(caught.value).startswith(f"plugins: {__file__}: load: line {line}: raises ValueError: could not convert")


@pytest.mark.parametrize("error", [MemoryError(), BadInput("a line of its own"), KeyboardInterrupt()])
def test_what_is_no_slip_passes(error: BaseException) -> None:
    def fails(dataset_size):
        raise error

    with pytest.raises(type(error)) as caught:
        held(Dataset("d", fails), FILE).load(3)
    assert caught.value is error


def test_a_held_function_tells_what_it_holds_and_equals_its_like() -> None:
    mine = BaseNoise("coin", fill, gauss_hermite)
    assert held(mine, FILE) == held(mine, FILE) != mine
    assert held(NORMAL, FILE) == NORMAL
    assert list(inspect.signature(held(mine, FILE).fill).parameters) == ["generator", "out"]
    assert isinstance(held(mine, FILE).fill, Held)
    assert pickle.loads(pickle.dumps(held(mine, FILE))) == held(mine, FILE)


def test_a_rule_that_is_made_for_a_family_is_held_too(plugins: Registry) -> None:
    mine = BaseNoise("coin", lambda generator, out: out, gauss_hermite)
    rule = replace(plugins.get("estimator", "measure_valued").rule(plugins.get("family", "normal")), channels=(mine,))
    made = held(Estimator("x", lambda family: rule), FILE).rule(None)
    assert isinstance(made, Points)
    with pytest.raises(BadInput, match=r"fill gives array\(\[0\.\]\); allowed: None: it overwrites"):
        made.channels[0].fill(None, np.zeros(1))
    assert held(Estimator("x", lambda family: Weights(score="value")), FILE).rule(None) == Weights(score="value")


def in_order(function, items):
    return map(function, items)


def on_threads(function, items):
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(function, items)


@pytest.mark.parametrize("run", [in_order, on_threads, lambda function, items: [function(item) for item in items]])
@pytest.mark.parametrize("count", [0, 1, 5])
def test_an_executor_gives_what_the_function_gives(run: Callable[..., object], count: int) -> None:
    assert list(held(Executor("e", run), FILE).map(abs, range(-count, 0))) == list(range(count, 0, -1))


@pytest.mark.parametrize(
    ("run", "message"),
    [
        (
            lambda function, items: map(function, items[:-1]),
            "gives nothing in place 4 of 5 items; allowed: the result of",
        ),
        (lambda function, items: map(function, items[::-1]), "gives the result of item 4 in place 0 of 5 items"),
        (lambda function, items: map(function, [*items, items[0]]), "gives the result of item 0 in place 5 of 5 items"),
        (lambda function, items: None, "raises TypeError: 'NoneType' object is not iterable"),
    ],
)
def test_an_executor_gives_each_result_once_and_in_order(run: Callable[..., object], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        list(held(Executor("e", run), FILE).map(abs, range(5)))
    assert message in str(caught.value)


@pytest.mark.parametrize("run", [in_order, on_threads])
def test_what_an_item_raises_is_no_slip_of_the_executor(run: Callable[..., object]) -> None:
    with pytest.raises(ZeroDivisionError):
        list(held(Executor("e", run), FILE).map(lambda item: 1 / item, [0]))


@contextlib.contextmanager
def backwards(registry: object, workers: int) -> Iterator[Callable[..., object]]:
    yield lambda function, items: map(function, items[::-1][: 5 * workers])


def failing(registry: object) -> None:
    raise OSError("no room")


def test_what_an_executor_sets_up_is_held_to_the_same() -> None:
    executor = held(Executor("e", in_order, opened=backwards), FILE)
    with executor.running(None, workers=1) as run, pytest.raises(BadInput, match="gives the result of item 4 in place"):
        list(run(abs, range(5)))
    with executor.running(None, workers=0) as run:
        assert list(run(abs, [])) == []


@pytest.mark.parametrize("opened", [failing, lambda registry: 3])
def test_an_executor_that_sets_nothing_up_is_a_line(opened: Callable[..., Any]) -> None:
    executor = held(Executor("e", in_order, opened=opened), FILE)
    with pytest.raises(BadInput, match=r"^plugins: .*: (failing|opened): .*raises (OSError|TypeError)"):
        executor.running(None).__enter__()


def test_without_anything_to_set_up_its_map_is_run() -> None:
    with held(Executor("e", in_order), FILE).running(None) as run:
        assert list(run(abs, [-1])) == [1]


def test_a_reason_to_skip_has_words() -> None:
    cell: Cell = None  # type: ignore[assignment]
    rule = Weights(score="value")
    assert held(Estimator("x", rule, skip=lambda cell: "why"), FILE).skip(cell) == "why"
    with pytest.raises(BadInput, match=r"skip gives True; allowed: a reason in words, or None"):
        held(Estimator("x", rule, skip=lambda cell: True), FILE).skip(cell)
