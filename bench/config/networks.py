"""Networks: objectives whose theta a network gives, which `fit` trains as a whole; each with its axes and a line.

A network has a study of its name, which holds what the other keys of a fit are for it.
"""

from collections.abc import Mapping
from typing import Any

from bench.config.checks import axis, bad, whole, written
from bench.config.overrides import Override
from bench.errors import unknown

AXES: Mapping[str, Mapping[str, tuple[int, ...]]] = {"vae": {"L": (2, 10)}}
SUMMARIES = {("objective", "vae"): "Variational autoencoder of 8 x 8 digits: mu and sigma from a network (of fit)."}
FIXED: Mapping[str, Any] = {  # what a network is not asked, and what the key must be; of groups the names
    "start": {},
    "fixed": [],
    "optimiser": ["adam"],
    "schedule": ["constant"],
    "parameterisation": None,
    "family": ["normal"],
    "latent": ["shared"],
    "components": ["tied"],
    "sampler": ["iid"],
    "data": "normal",  # none is read
}


def network(config: Mapping[str, Any]) -> str | None:
    """The network that a config of a fit is about; BadInput where it is beside other objectives, or asked too much."""
    objectives = config.get("objective")
    names = [name for name in objectives if name in AXES] if isinstance(objectives, Mapping) else []
    if not names:
        return None
    if len(several := list(objectives or ())) > 1:
        raise bad("objective", several, f"a network alone, objective=[{names[0]}], or objectives without one")
    for key, value in FIXED.items():
        if (_names(config.get(key)) or None) != (value or None):
            raise bad(key, _names(config.get(key)), f"{key}={written(value)}, for objective=[{names[0]}]")
    return str(names[0])


def _names(value: Any) -> Any:
    """What a group chooses, by name; any other value as it is."""
    return value.get("name", list(value)) if isinstance(value, Mapping) else value


def chosen(override: Override | None) -> str | None:
    """The network that a word of the command line chooses alone; its study is then the one that is taken."""
    names = override.values[0] if override and not override.sweeps else None
    names = [names] if isinstance(names, str) else names
    return str(names[0]) if isinstance(names, list) and len(names) == 1 and names[0] in AXES else None


def axes(name: str, asked_for: Any) -> dict[str, tuple[int, ...]]:
    """The values of a network's axes, whole numbers."""
    values = {} if asked_for is None else asked_for
    if not isinstance(values, Mapping):
        raise bad(f"objective.{name}", values, f"keys below it, as objective.{name}.{next(iter(AXES[name]))}=[2]")
    for key in values:
        if key not in AXES[name]:
            raise unknown("key", f"objective.{name}.{key}", [f"objective.{name}.{axis}" for axis in AXES[name]])
    return {
        key: axis(f"objective.{name}.{key}", values.get(key, default), whole) for key, default in AXES[name].items()
    }
