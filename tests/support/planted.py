"""Files with a planted slip, one each: what is wrong in published code, and claims that are not so."""

from collections.abc import Sequence
from pathlib import Path

from bench import registry
from bench.config import compose, settings
from bench.plan import cells
from bench.plan.cells import Plan
from bench.registry import Registry
from tests.support.cases import PLUGINS

FILES = sorted([*PLUGINS.glob("mutants/*.py"), *PLUGINS.glob("mutants/*/*.py")])
KIND_OF = {"objectives": "objective", "families": "family", "samplers": "sampler", "data": "data"}  # by folder
ON_BERNOULLI = ("disarm_sum", "rebar_v_held")


def kind_of(file: Path) -> str:
    """The kind of the plug-in in a file."""
    return KIND_OF.get(file.parent.name, "estimator")


def overrides(file: Path) -> list[str]:
    """A smoke sweep that runs the plug-in in a file, at mu = sigma = 1, where much of what is wrong vanishes."""
    kind, name = kind_of(file), file.stem
    chosen = f"{kind}={name if kind == 'data' else f'[{name}]'}"
    if kind == "estimator":
        chosen = f"estimator=[score_function,{name}]"
    family = ["family=[bernoulli]"] if name in ON_BERNOULLI else []
    return ["study=smoke", "sigma=[1.0]", "samples=[1,10]", "dataset_size=[5]", chosen, *family]


def planned(file: Path, asks: Sequence[str] | None = None) -> tuple[Plan, Registry]:
    """The plan of that sweep, or of another one with the file, before anything is sampled."""
    plugins = registry.load([str(file)])
    compose.store(plugins)
    asked = settings.check(compose.compose("sweep", overrides(file) if asks is None else asks), plugins)
    return cells.build(asked, plugins), plugins
