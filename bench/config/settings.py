"""What a sweep is asked to do: every key is checked here and nowhere later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.config.checks import axis, bad, flag, positive, real, run_name, text, whole, within
from bench.errors import unknown
from bench.registry import Registry, axes_of
from bench.spec import Components, Entropy, Family, Latent, Parameter

Parameters = Mapping[str, tuple[float, ...]]
LATENTS: tuple[Latent, ...] = ("shared", "per_datum")
COMPONENTS: tuple[Components, ...] = ("tied", "untied")
ENTROPIES: tuple[Entropy, ...] = ("closed_form", "monte_carlo", "sticking_the_landing")
TOP_LEVEL = ("mu", "sigma")  # the parameters of the normal, which have keys of their own


@dataclass(frozen=True, slots=True)
class Settings:
    """A checked config. Axes are tuples without repeats; groups map a plug-in's name to its parameters."""

    name: str
    output: str
    family: Mapping[str, Mapping[str, tuple[float | tuple[float, ...], ...]]]  # by name, the values of each parameter
    components: tuple[Components, ...]
    entropy: tuple[Entropy, ...]  # () where nothing was asked
    reference: str | None
    dataset_size: tuple[int | None, ...]
    samples: tuple[int, ...]
    latent: tuple[Latent, ...]
    seed: int
    precision: float
    budget: int
    rounds: int
    write_components: bool
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
    keys = {**Settings.__dataclass_fields__, **dict.fromkeys(TOP_LEVEL)}
    for key in config:
        if key not in keys:
            raise unknown("key", key, keys)
    config = dict.fromkeys(keys) | dict(config)  # a key that was deleted is checked as null
    return Settings(
        name=run_name(config["name"]),
        output=text("output", config["output"]),
        family=_families(config, registry),
        components=axis("components", config["components"], partial(_one_of, COMPONENTS)),
        entropy=_entropy(config["entropy"], config["objective"], registry),
        reference=_reference(config["reference"], config["estimator"]),
        dataset_size=axis("dataset_size", config["dataset_size"], _size),
        samples=axis("samples", config["samples"], whole),
        latent=axis("latent", config["latent"], partial(_one_of, LATENTS)),
        seed=whole("seed", config["seed"], 0),
        precision=positive("precision", config["precision"]),
        budget=whole("budget", config["budget"]),
        rounds=whole("rounds", config["rounds"], 0),
        write_components=flag("write_components", config["write_components"]),
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


def _one_of(allowed: tuple[Any, ...], key: str, value: Any) -> Any:
    if value not in allowed:
        raise bad(key, value, ", ".join(allowed))
    return value


def _entropy(values: Any, objectives: Any, registry: Registry) -> tuple[Entropy, ...]:
    """How the entropy of targets is treated; only targets have one."""
    if values is None:
        return ()
    if not any(registry.get("objective", name).target for name in objectives or ()):
        raise bad("entropy", values, "null, for none of the objectives is a target (minus a log density)")
    return axis("entropy", values, partial(_one_of, ENTROPIES))


def _reference(name: Any, estimators: Any) -> str | None:
    """The estimator below the ratios; None where the sweep chooses."""
    if name is None:
        return None
    if not isinstance(name, str) or name not in (estimators or ()):
        raise bad("reference", name, f"null, or one of the estimators of the sweep: {', '.join(estimators or ())}")
    return name


def parameter_key(family: str, parameter: str) -> str:
    """The key of a family's parameter: those of the normal stand at the top."""
    return parameter if family == "normal" else f"family.{family}.{parameter}"


def _families(config: Mapping[str, Any], registry: Registry) -> dict[str, dict[str, Any]]:
    """The families, each with the values of its parameters: numbers, or lists with one for each component."""
    chosen = _several("family", config["family"], registry)
    normal = {key: config[key] for key in TOP_LEVEL}
    for key, value in normal.items():
        if value is None and "normal" in chosen:
            raise bad(key, value, f"a list in brackets, {key}=[VALUE,...]")
    selection: dict[str, dict[str, Any]] = {}
    for name in chosen:
        family: Family = registry.get("family", name)
        values = (
            normal
            if name == "normal"
            else {**{k: p.values for k, p in family.parameters.items()}, **(config["family"][name] or {})}
        )
        selection[name] = {
            key: axis(parameter_key(name, key), values[key], partial(_of_components, parameter))
            for key, parameter in family.parameters.items()
        }
    return selection


def _of_components(parameter: Parameter, key: str, value: Any) -> float | tuple[float, ...]:
    """One value for all components, or a list with one for each."""
    if isinstance(value, list | tuple) and value:
        return tuple(within(key, item, parameter.low, parameter.high) for item in value)
    return within(key, value, parameter.low, parameter.high)


def _several(kind: str, chosen: Any, registry: Registry) -> dict[str, Parameters]:
    """Several plug-ins of a kind, each with the values of its parameters' axes."""
    if not isinstance(chosen, Mapping) or not chosen:
        raise bad(kind, chosen, f"one or more of: {', '.join(sorted(registry.plugins[kind]))}")
    selection: dict[str, Parameters] = {}
    for name, parameters in chosen.items():
        axes = axes_of(registry.get(kind, name))
        if not isinstance(parameters, Mapping | None):
            raise bad(f"{kind}.{name}", parameters, f"keys below it, as {kind}.{name}.KEY=[VALUE,...]")
        _require_among(f"{kind}.{name}", parameters or {}, axes)
        values = {**axes, **(parameters or {})}
        selection[name] = (
            {key: axis(f"{kind}.{name}.{key}", values[key], real) for key in axes} if kind != "family" else {}
        )
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
