"""What `fit` is asked to do: the keys that a sweep has not, checked here; the others by `bench.config.settings`."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.config import settings
from bench.config.checks import axis, bad, one_of, positive, text, whole
from bench.config.published import of_fit
from bench.config.settings import Settings
from bench.errors import BadInput, unknown
from bench.registry import Registry
from bench.spec import Family

OPTIMISERS = ("sgd", "adam")
SCHEDULES = ("constant", "cosine", "inverse")
MOST_REPLICATES = 100_000
MOST_STEPS = 10_000_000
FEWEST_REPLICATES = 8  # whose quantiles still say something

# What a sweep is asked besides, and a fit is not.
FIXED: Mapping[str, Any] = {
    "at": None,
    "along": None,
    "published": None,
    "reference": None,
    "compare_samplers": False,
    "derived": {},
    "precision": 1.0,
    "budget": 4_000_000_000,
    "write_components": False,
}
STANDARD = {"mu": 0.0, "sigma": 1.0}  # where the normal starts
OF_SWEEP = re.compile(r"^(?:family\.\w+\.(?=\w+=)|(?=(?:mu|sigma)=))")  # its keys of theta
OWN = (
    *("start", "fixed", "parameterisation", "optimiser", "learning_rate", "schedule"),
    *("steps", "replicates", "checkpoints", "published"),
)
SHARED = tuple(name for name in Settings.__dataclass_fields__ if name not in FIXED)


@dataclass(frozen=True, slots=True)
class Learning:
    """A checked config of a fit; its grid is that of the cells in which it starts."""

    grid: Settings
    optimiser: tuple[str, ...]
    learning_rate: tuple[float, ...]
    schedule: tuple[str, ...]
    steps: int
    replicates: int
    parameterisation: tuple[str, ...]  # () where nothing was asked
    checkpoints: int
    fixed: tuple[str, ...] = ()  # parameters that stay at their start
    published: Mapping[str, Any] | None = None  # what a study repeats, or asks


def check(config: Mapping[str, Any], registry: Registry) -> Learning:
    """The settings that a resolved config holds; BadInput names the key, the value received and what is allowed."""
    require_known(config)
    config = dict.fromkeys((*OWN, *SHARED)) | dict(config)
    steps = at_most("steps", whole("steps", config["steps"]), MOST_STEPS)
    with of_start():
        grid = settings.check(_grid(config, registry), registry)
    return Learning(
        grid=grid,
        optimiser=axis("optimiser", config["optimiser"], partial(one_of, OPTIMISERS)),
        learning_rate=axis("learning_rate", config["learning_rate"], positive),
        schedule=axis("schedule", config["schedule"], partial(one_of, SCHEDULES)),
        steps=steps,
        replicates=at_most("replicates", whole("replicates", config["replicates"], FEWEST_REPLICATES), MOST_REPLICATES),
        parameterisation=_parameterisation(config["parameterisation"]),
        checkpoints=whole("checkpoints", config["checkpoints"]),
        fixed=_fixed(config["fixed"], config["family"], registry),
        published=of_fit(config["published"]),
    )


@contextlib.contextmanager
def of_start() -> Iterator[None]:
    """Around checks of a sweep's grid: the line about a value of theta names the key of a fit, start.PARAMETER."""
    try:
        yield
    except BadInput as error:
        raise BadInput(OF_SWEEP.sub("start.", str(error))) from error


def require_known(config: Mapping[str, Any]) -> None:
    """BadInput where a config has a key that a fit has not."""
    for key in config:
        if key not in (*OWN, *SHARED):
            raise unknown("key", key, [*OWN, *SHARED])


def _grid(config: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """The config of the sweep over the cells that are started in."""
    start = config["start"]
    if not isinstance(start, Mapping):
        raise bad("start", start, "keys below it, as start.mu=0 start.sigma=[1,3]")
    chosen = config["family"] if isinstance(config["family"], Mapping) else {}
    families: dict[str, Family] = {name: registry.get("family", name) for name in chosen}
    allowed = [f"start.{name}" for family in families.values() for name in family.parameters]
    for name in start:
        if f"start.{name}" not in allowed:
            raise unknown("key", f"start.{name}", allowed)
    axes = {name: _axis_of(value) for name, value in start.items() if value is not None}
    of_others = {
        name: {**(chosen[name] or {}), **{key: axes[key] for key in family.parameters if key in axes}}
        for name, family in families.items()
        if name != "normal"
    }
    top = {name: axes.get(name, [value]) for name, value in STANDARD.items()}
    grid = {name: config[name] for name in SHARED}
    return {**grid, **FIXED, **top, "family": {**dict(chosen), **of_others}}


def _fixed(values: Any, chosen: Any, registry: Registry) -> tuple[str, ...]:
    """Parameters that stay at their start; of every family another one moves."""
    if values is None or values == []:
        return ()
    several = {name: registry.get("family", name).parameters for name in chosen}
    among = list(dict.fromkeys(name for parameters in several.values() for name in parameters))
    names: tuple[str, ...] = axis("fixed", values, text)
    for name in names:
        if name not in among:
            raise unknown("fixed", name, among)
    for family, parameters in several.items():
        if set(parameters) <= set(names):
            raise bad("fixed", values, f"a list that leaves a parameter of the family {family} to move")
    return names


def _axis_of(value: Any) -> Any:
    """The values of an axis: a number stands for itself."""
    return list(value) if isinstance(value, list | tuple) else [value]


def at_most(key: str, value: int, most: int) -> int:
    """A whole number that is not over `most`."""
    if value > most:
        raise bad(key, value, f"a whole number <= {most}")
    return value


def _parameterisation(values: Any) -> tuple[str, ...]:
    return () if values is None else axis("parameterisation", values, text)
