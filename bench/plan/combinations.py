"""Linear combinations of the gradients by a family's parameters, as a sweep asks for them: derived.NAME=[a,b].

They are rows of contributions like any other, so their variances, intervals, kurtoses and exact values hold what the
parameters' gradients have in common, and a sweep that asks for none computes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bench.config.checks import bad
from bench.registry import Registry
from bench.spec import Family


def combined(registry: Registry, combinations: Mapping[str, tuple[float, ...]], families: Iterable[str]) -> Registry:
    """The registry with each combination in those families that have a parameter for each of its numbers.

    BadInput where none of the families has, or where one reports the name already.
    """
    chosen: dict[str, Family] = {name: registry.get("family", name) for name in families}
    for name, weights in combinations.items():
        fitting = {key: family for key, family in chosen.items() if len(family.parameters) == len(weights)}
        if not fitting:
            sizes = "; ".join(f"{key} has {', '.join(family.parameters)}" for key, family in chosen.items())
            raise bad(f"derived.{name}", list(weights), f"a number for each parameter of a family: {sizes}")
        for key, family in fitting.items():
            if name in (names := family.reported):
                raise bad(f"derived.{name}", list(weights), f"a name other than {', '.join(names)}")
            chosen[key] = replace(family, combinations={**family.combinations, name: weights})
    return replace(registry, plugins={**registry.plugins, "family": {**registry.plugins["family"], **chosen}})
