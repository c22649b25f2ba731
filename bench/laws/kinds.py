"""The laws that a plug-in of each kind must keep, each put to all that the package offers for it to meet."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bench.laws.datasets import of_dataset
from bench.laws.estimators import of_estimator
from bench.laws.executors import of_executor
from bench.laws.families import of_family
from bench.laws.figures import of_figure
from bench.laws.objectives import of_objective
from bench.laws.outcome import Outcome
from bench.laws.samplers import of_sampler
from bench.registry import Registry

KINDS: Mapping[str, Callable[[Any, Registry], Iterator[Outcome]]] = {
    "estimator": of_estimator,
    "objective": of_objective,
    "family": of_family,
    "sampler": of_sampler,
    "data": of_dataset,
    "executor": of_executor,
    "figure": of_figure,
}
