"""What a sweep is asked to do: every key is checked here and nowhere later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.config.checks import axis, bad, flag, positive, real, run_name, text, whole
from bench.errors import unknown
from bench.registry import Registry
from bench.spec import Latent

Parameters = Mapping[str, tuple[float, ...]]
LATENTS: tuple[Latent, ...] = ("shared", "per_datum")


@dataclass(frozen=True, slots=True)
class Settings:
    """A checked config. Axes are tuples without repeats; groups map a plug-in's name to its parameters."""

    name: str
    output: str
    mu: tuple[float, ...]
    sigma: tuple[float, ...]
    dataset_size: tuple[int | None, ...]
    samples: tuple[int, ...]
    latent: tuple[Latent, ...]
    seed: int
    precision: float
    budget: int
    rounds: int
    resume: bool
    dry_run: bool
    plugins: tuple[str, ...]
    objective: Mapping[str, Parameters]
    estimator: Mapping[str, Parameters]
    sampler: tuple[str, ...]
    data: Mapping[str, Any]
    executor: Mapping[str, Any]


def check(config: Mapping[str, Any], registry: Registry) -> Settings:
    """The settings that a resolved config holds; BadInput names the key, the value received and what is allowed."""
    keys = Settings.__dataclass_fields__
    for key in config:
        if key not in keys:
            raise unknown("key", key, keys)
    config = dict.fromkeys(keys) | dict(config)  # a key that was deleted is checked as null
    return Settings(
        name=run_name(config["name"]),
        output=text("output", config["output"]),
        mu=axis("mu", config["mu"], real),
        sigma=axis("sigma", config["sigma"], positive),
        dataset_size=axis("dataset_size", config["dataset_size"], _size),
        samples=axis("samples", config["samples"], whole),
        latent=axis("latent", config["latent"], _latent),
        seed=whole("seed", config["seed"], 0),
        precision=positive("precision", config["precision"]),
        budget=whole("budget", config["budget"]),
        rounds=whole("rounds", config["rounds"], 0),
        resume=flag("resume", config["resume"]),
        dry_run=flag("dry_run", config["dry_run"]),
        plugins=tuple(config["plugins"] or ()),
        objective=_several("objective", config["objective"], registry),
        estimator=_several("estimator", config["estimator"], registry),
        sampler=tuple(_several("sampler", config["sampler"], registry)),
        data=_single("data", config["data"], registry),
        executor=_executor(config["executor"], registry),
    )


def _size(key: str, value: Any) -> int | None:
    return None if value is None else whole(key, value, also=", or null for all the data")


def _latent(key: str, value: Any) -> Latent:
    for latent in LATENTS:
        if value == latent:
            return latent
    raise bad(key, value, ", ".join(LATENTS))


def _several(kind: str, chosen: Any, registry: Registry) -> dict[str, Parameters]:
    """Several plug-ins of a kind, each with the values of its parameters' axes."""
    if not isinstance(chosen, Mapping) or not chosen:
        raise bad(kind, chosen, f"one or more of: {', '.join(sorted(registry.plugins[kind]))}")
    selection: dict[str, Parameters] = {}
    for name, parameters in chosen.items():
        axes = getattr(registry.get(kind, name), "axes", {})
        if not isinstance(parameters, Mapping | None):
            raise bad(f"{kind}.{name}", parameters, f"keys below it, as {kind}.{name}.KEY=[VALUE,...]")
        _require_among(f"{kind}.{name}", parameters or {}, axes)
        values = {**axes, **(parameters or {})}
        selection[name] = {key: axis(f"{kind}.{name}.{key}", values[key], real) for key in axes}
    return selection


def _single(kind: str, chosen: Any, registry: Registry) -> dict[str, Any]:
    """One plug-in of a kind: its name and its parameters, whose values it checks itself."""
    if not isinstance(chosen, Mapping) or "name" not in chosen:
        raise bad(kind, chosen, f"one of: {', '.join(sorted(registry.plugins[kind]))}")
    defaults = registry.get(kind, chosen["name"]).parameters
    _require_among(kind, [key for key in chosen if key != "name"], defaults)
    return {"name": chosen["name"]} | {key: chosen.get(key, defaults[key]) for key in defaults}


def _executor(chosen: Any, registry: Registry) -> dict[str, Any]:
    """The executor; mapping nothing makes it check its parameters."""
    executor = _single("executor", chosen, registry)
    parameters = {key: value for key, value in executor.items() if key != "name"}
    list(registry.get("executor", executor["name"]).map(len, (), **parameters))
    return executor


def _require_among(prefix: str, keys: Iterable[str], defaults: Mapping[str, Any]) -> None:
    """BadInput where one of the keys has no default."""
    for key in keys:
        if key not in defaults:
            raise unknown("key", f"{prefix}.{key}", [f"{prefix}.{name}" for name in defaults] or ["none"])
