"""What a sweep is asked to do: every key is checked here and nowhere later."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.config.checks import axis, bad, flag, one_of, positive, real, run_name, text, whole
from bench.config.plugins import TOP_LEVEL, Parameters, executor, families, several, single
from bench.config.published import published
from bench.errors import unknown
from bench.registry import Registry
from bench.spec import Components, Entropy, Latent

LATENTS: tuple[Latent, ...] = ("shared", "per_datum")
COMPONENTS: tuple[Components, ...] = ("tied", "untied")
ENTROPIES: tuple[Entropy, ...] = ("closed_form", "monte_carlo", "sticking_the_landing")
LIGHTEST, HEAVIEST = 1e-12, 1e12  # weights of combinations that are not 0


@dataclass(frozen=True, slots=True)
class Settings:
    """A checked config. Axes are tuples without repeats; groups map a plug-in's name to its parameters."""

    name: str
    output: str
    family: Mapping[str, Mapping[str, tuple[float | tuple[float, ...], ...]]]  # by name, the values of each parameter
    components: tuple[Components, ...]
    entropy: tuple[Entropy, ...]  # () where nothing was asked
    reference: str | None
    compare_samplers: bool
    derived: Mapping[
        str, tuple[float, ...]
    ]  # weights of the gradients by a family's parameters, by the name of the sum
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
    config_dir: str | None
    objective: Mapping[str, Parameters]
    estimator: Mapping[str, Parameters]
    sampler: tuple[str, ...]
    data: Mapping[str, Any]
    executor: Mapping[str, Any]
    at: tuple[str, ...] = ()  # checkpoints of fits, in place of the values of the family
    along: tuple[str, ...] = ()  # axes by their keys, of which `bench.config.finer` says more
    published: Mapping[str, Any] | None = None  # what a study repeats, of which `bench.config.published` says more


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
        family=families(config, registry),
        components=axis("components", config["components"], partial(one_of, COMPONENTS)),
        entropy=_entropy(config["entropy"], config["objective"], registry),
        reference=_reference(config["reference"], config["estimator"]),
        compare_samplers=_compare_samplers(config["compare_samplers"], config["sampler"]),
        derived=_derived(config["derived"]),
        dataset_size=axis("dataset_size", config["dataset_size"], _size),
        samples=axis("samples", config["samples"], whole),
        latent=axis("latent", config["latent"], partial(one_of, LATENTS)),
        seed=whole("seed", config["seed"], 0),
        precision=positive("precision", config["precision"]),
        budget=whole("budget", config["budget"]),
        rounds=whole("rounds", config["rounds"], 0),
        write_components=flag("write_components", config["write_components"]),
        resume=flag("resume", config["resume"]),
        dry_run=flag("dry_run", config["dry_run"]),
        plugins=tuple(config["plugins"] or ()),
        config_dir=None if config["config_dir"] is None else text("config_dir", config["config_dir"]),
        objective=several("objective", config["objective"], registry),
        estimator=several("estimator", config["estimator"], registry),
        sampler=tuple(several("sampler", config["sampler"], registry)),
        data=single("data", config["data"], registry),
        executor=executor(config["executor"], registry),
        at=() if config["at"] is None else axis("at", config["at"], text),
        along=() if config["along"] is None else axis("along", config["along"], text),
        published=published(config["published"]),
    )


def _size(key: str, value: Any) -> int | None:
    return None if value is None else whole(key, value, also=", or null for all the data")


def _entropy(values: Any, objectives: Any, registry: Registry) -> tuple[Entropy, ...]:
    """How the entropy of targets is treated; only targets have one."""
    if values is None:
        return ()
    if not any(registry.get("objective", name).target for name in objectives or ()):
        raise bad("entropy", values, "null, for none of the objectives is a target (minus a log density)")
    return axis("entropy", values, partial(one_of, ENTROPIES))


def _reference(value: Any, estimators: Any) -> str | None:
    """What is below the ratios, as it is written; None where the sweep chooses. `bench.plan.references` reads it."""
    if not isinstance(value, str | None):
        raise bad("reference", value, f"null, or one of the estimators of the sweep: {', '.join(estimators or ())}")
    return value


def _derived(chosen: Any) -> dict[str, tuple[float, ...]]:
    """Combinations of a family's parameters by name, each with one number or more that are not all 0."""
    if not isinstance(chosen, Mapping):
        raise bad("derived", chosen, "keys below it, as derived.NAME=[1,2]")
    combinations = {}
    for name, weights in chosen.items():
        key = f"derived.{name}"
        if not (isinstance(name, str) and name.isascii() and name.isidentifier()):
            raise bad(key, weights, "a NAME of ASCII letters, digits and _")
        combinations[name] = tuple(_weight(key, a) for a in weights) if isinstance(weights, list | tuple) else ()
        if not any(combinations[name]):
            raise bad(key, weights, f"a list of numbers that are not all 0, {key}=[1,2]: one for each parameter")
    return combinations


def _weight(key: str, value: Any) -> float:
    """The weight of a parameter's gradient: its fourth power enters a variance's interval, and must not overflow."""
    if (weight := real(key, value)) and not LIGHTEST <= abs(weight) <= HEAVIEST:
        raise bad(key, value, f"0, or a number of size {LIGHTEST:g} to {HEAVIEST:g}")
    return weight


def _compare_samplers(value: Any, samplers: Any) -> bool:
    """Whether samplers are held against independent draws, which must then be among them."""
    if flag("compare_samplers", value) and not {"iid"} < set(samplers or ()):
        chosen = ", ".join(samplers or ())
        raise bad("compare_samplers", value, f"false; or true with iid and other samplers, which are now: {chosen}")
    return bool(value)
