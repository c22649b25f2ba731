"""Axes of a sweep by their keys, and finer grids between their values, on which exact curves are drawn.

The key of an axis is what the command line calls it: sigma, samples, family.gamma.alpha, objective.cosine.k.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bench.config.checks import bad
from bench.config.plugins import parameter_key
from bench.config.settings import Settings
from bench.errors import BadInput
from bench.registry import Registry
from bench.spec import Cell, Variant

MOST_POINTS = {1: 65, 2: 33}  # of an axis, by the number of axes
WIDE = 4.0  # times the smallest value: the largest from which on a grid is geometric
COUNTED = ("dataset_size", "samples")


def axes(settings: Settings) -> dict[str, tuple[float, ...]]:
    """The values of every axis of numbers, by its key; lists, and null for all the data, are none."""
    plugins = {
        f"{kind}.{name}.{key}": values
        for kind in ("objective", "estimator")
        for name, parameters in getattr(settings, kind).items()
        for key, values in parameters.items()
    }
    families = {
        parameter_key(name, key): values
        for name, parameters in ({} if settings.at else settings.family).items()
        for key, values in parameters.items()
    }
    every = {**families, **{key: getattr(settings, key) for key in COUNTED}, **plugins}
    return {key: tuple(v for v in values if isinstance(v, int | float)) for key, values in every.items()}


def require(settings: Settings) -> None:
    """BadInput where exact curves are asked along what is no axis of several numbers."""
    several = [key for key, values in axes(settings).items() if len(values) > 1]
    for key in settings.along:
        if key not in several:
            raise bad("along", [*settings.along], f"axes of several numbers: {', '.join(several) or 'there are none'}")
    if any(len(keys) > max(MOST_POINTS) for keys in together(settings.along)):
        raise bad(
            "along", [*settings.along], "one axis, for curves, or two, for a map; each objective may have its own"
        )


def together(along: Sequence[str]) -> list[tuple[str, ...]]:
    """The axes of each curve or map: those of several objectives, or other plug-ins of a kind, are beside each other.

    (sigma, objective.cosine.k, objective.exponential.k) are two maps, one of each objective.
    """
    plugins = [_place(key)[:2] for key in along]
    several = {kind for kind, _ in plugins if len({name for other, name in plugins if other == kind}) > 1}
    beside = dict.fromkeys(plugin for plugin in plugins if plugin[0] in several)
    return [
        tuple(key for key, its in zip(along, plugins, strict=True) if its[0] not in several or its == plugin)
        for plugin in beside or [("", "")]
    ]


def finer(settings: Settings, keys: Sequence[str], registry: Registry, most: int | None = None) -> Settings:
    """The settings with points between the values of some axes, and without plug-ins that have no such axis.

    No more than `most` points of an axis, if it has no more values.
    """
    for key in keys:
        points = between(axes(settings)[key], most or MOST_POINTS[len(keys)])
        if key in COUNTED or not _takes(settings, key, points[1], registry):
            points = tuple(dict.fromkeys(map(round, points)))
        settings = _with(settings, key, points)
    return settings


def restricted(settings: Settings, values: Mapping[str, Sequence[float]]) -> Settings:
    """The settings with other values of some axes, by their keys."""
    for key, numbers in values.items():
        settings = _with(settings, key, tuple(numbers))
    return settings


def value_at(settings: Settings, key: str, cell: Cell, estimator: Variant) -> float:
    """Where along an axis an estimator in a cell stands."""
    if key in COUNTED:
        return float(getattr(cell, key))
    kind, name, parameter = _place(key)
    numbers = {"family": cell.theta, "objective": cell.objective.phi, "estimator": estimator.phi}[kind]
    value = numbers[[*getattr(settings, kind)[name]].index(parameter)]
    assert not isinstance(value, tuple)
    return float(value)


def between(values: Sequence[float], most: int) -> tuple[float, ...]:
    """The values in rising order with as many points between each two; even in logarithms where they are far apart."""
    ends = sorted(values)
    parts = max(1, (most - 1) // (len(ends) - 1))
    space = np.geomspace if ends[0] > 0 and ends[-1] >= WIDE * ends[0] else np.linspace
    gaps = itertools.pairwise(ends)
    return (*(float(x) for low, high in gaps for x in (low, *space(low, high, parts + 1)[1:-1])), ends[-1])


def _takes(settings: Settings, key: str, value: float, registry: Registry) -> bool:
    """Whether a plug-in takes a value between those of its axis; an objective that counts something does not."""
    kind, name, parameter = _place(key)
    if kind != "objective":
        return True
    objective = registry.get(kind, name)
    phi = tuple({**{k: v[0] for k, v in settings.objective[name].items()}, parameter: value}.values())
    try:
        objective.dimension(settings.latent[0], settings.dataset_size[0] or 1, phi)
    except BadInput:
        return False
    return True


def _with(settings: Settings, key: str, values: tuple[float, ...]) -> Settings:
    """The settings with other values of an axis."""
    kind, name, parameter = _place(key)
    changes: dict[str, Any] = {key: values}
    if key not in COUNTED:
        changes = {kind: {name: {**getattr(settings, kind)[name], parameter: values}}}
    return replace(settings, **changes)


def _place(key: str) -> tuple[str, str, str]:
    """Kind, plug-in and parameter of an axis; those of the normal stand at the top."""
    kind, name, parameter = key.split(".") if "." in key else ("" if key in COUNTED else "family", "normal", key)
    return kind, name, parameter
