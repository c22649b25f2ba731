"""Which plug-ins are asked for, and the values of their parameters."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from bench.config.checks import axis, bad, real, within
from bench.errors import unknown
from bench.registry import Registry, axes_of
from bench.spec import Family, Parameter

Parameters = Mapping[str, tuple[float, ...]]
TOP_LEVEL = ("mu", "sigma")  # the parameters of the normal, which have keys of their own


def several(kind: str, chosen: Any, registry: Registry) -> dict[str, Parameters]:
    """Several plug-ins of a kind, each with the values of its parameters' axes."""
    selection: dict[str, Parameters] = {}
    for name, axes in _chosen(kind, chosen, registry).items():
        domain = getattr(registry.get(kind, name), "domain", {})
        selection[name] = {
            key: axis(f"{kind}.{name}.{key}", values, _inside(domain[key]) if key in domain else real)
            for key, values in axes.items()
        }
    return selection


def _inside(interval: tuple[float, float]) -> Callable[[str, Any], float]:
    """The check of a number in an open interval."""
    low, high = interval
    return lambda key, value: within(key, value, low, high)


def families(config: Mapping[str, Any], registry: Registry) -> dict[str, dict[str, Any]]:
    """The families, each with the values of its parameters: numbers, or lists with one for each component."""
    selection: dict[str, dict[str, Any]] = {}
    for name, axes in _chosen("family", config["family"], registry).items():
        family: Family = registry.get("family", name)
        values = {key: config[key] for key in TOP_LEVEL} if name == "normal" else axes
        selection[name] = {
            key: axis(parameter_key(name, key), values[key], partial(_of_components, parameter))
            for key, parameter in family.parameters.items()
        }
    return selection


def parameter_key(family: str, parameter: str) -> str:
    """The key of a family's parameter: those of the normal stand at the top."""
    return parameter if family == "normal" else f"family.{family}.{parameter}"


def _of_components(parameter: Parameter, key: str, value: Any) -> float | tuple[float, ...]:
    """One value for all components, or a list with one for each."""
    if isinstance(value, list | tuple) and value:
        return tuple(within(key, item, parameter.low, parameter.high) for item in value)
    return within(key, value, parameter.low, parameter.high)


def _chosen(kind: str, chosen: Any, registry: Registry) -> dict[str, dict[str, Any]]:
    """Several plug-ins of a kind, each with what its axes are set to, or their defaults; not checked yet."""
    if not isinstance(chosen, Mapping) or not chosen:
        raise bad(kind, chosen, f"one or more of: {', '.join(sorted(registry.plugins[kind]))}")
    selection: dict[str, dict[str, Any]] = {}
    for name, parameters in chosen.items():
        axes = axes_of(registry.get(kind, name))
        if not isinstance(parameters, Mapping | None):
            ways = " ".join(f"{kind}.{name}.{key}=[VALUE,...]" for key in axes) or "null, for it has no parameters"
            raise bad(f"{kind}.{name}", parameters, ways)
        _require_among(f"{kind}.{name}", parameters or {}, axes)
        selection[name] = {**axes, **(parameters or {})}
    return selection


def single(kind: str, chosen: Any, registry: Registry) -> dict[str, Any]:
    """One plug-in of a kind: its name and its parameters, whose values it checks itself."""
    if not isinstance(chosen, Mapping) or "name" not in chosen:
        raise bad(kind, chosen, f"one of: {', '.join(sorted(registry.plugins[kind]))}")
    defaults = registry.get(kind, chosen["name"]).parameters
    _require_among(kind, [key for key in chosen if key != "name"], defaults)
    return {"name": chosen["name"]} | {key: chosen.get(key, defaults[key]) for key in defaults}


def executor(chosen: Any, registry: Registry) -> dict[str, Any]:
    """The executor; mapping nothing makes it check its parameters. One of a user's is tried apart (`bench.probe`)."""
    selection = single("executor", chosen, registry)
    if ("executor", selection["name"]) not in registry.files:
        parameters = {key: value for key, value in selection.items() if key != "name"}
        list(registry.get("executor", selection["name"]).map(len, (), **parameters))
    return selection


def _require_among(prefix: str, keys: Iterable[str], defaults: Mapping[str, Any]) -> None:
    """BadInput where one of the keys has no default."""
    for key in keys:
        if key not in defaults:
            raise unknown("key", f"{prefix}.{key}", [f"{prefix}.{name}" for name in defaults] or ["none"])
