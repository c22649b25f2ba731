"""What no single field of a plug-in shows: fields that contradict each other, or lack each other."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bench import spec
from bench.spec import Kernel

PARTS = ("path", "slope", "pairs", "entropy")  # of a family, that may be missing


def in_objective(plugin: spec.Objective) -> str | None:
    """What no single field shows: there must be a way to compute f."""
    empty = next((latent for latent, forms in plugin.forms.items() if not forms), None)
    if empty or not plugin.forms:
        return f"forms{f'[{empty}]' if empty else ''} is empty; allowed: one or two of direct, collapsed"
    if "per_datum" in plugin.forms and not plugin.uses_data:
        return "forms has per_datum and uses_data is False; allowed: data, or the latent shared alone"
    return _alike(plugin.axes, "axes") or (_in_batches(plugin, plugin.batches) if plugin.batches else None)


def _in_batches(plugin: spec.Objective, batches: spec.Batches) -> str | None:
    """The last parameter is how large a batch is; f of all data offers what f of a batch does."""
    full, parameters = batches.full, [*plugin.axes]
    if not parameters or parameters[:-1] != [*full.axes]:
        names = ", ".join([*full.axes, "a size of batches"])
        return f"axes are {', '.join(parameters) or 'none'}; allowed: those of batches.full and one more, {names}"
    for name in ("uses_data", "target", "breaks", "misses"):
        if getattr(plugin, name) != getattr(full, name):
            return f"{name} is {getattr(plugin, name)!r}; allowed: {getattr(full, name)!r}, as of batches.full"
    for latent, forms in plugin.forms.items():
        if latent not in full.forms:
            return f"forms has {latent}; allowed: {', '.join(full.forms)}, the forms of batches.full"
        for field in spec.Form._fields[1:]:
            both = forms, full.forms[latent]
            offered, of_all = (any(getattr(form, field) for form in several.values()) for several in both)
            if offered and not of_all:
                return f"forms[{latent}] has a {field}; allowed: none, for batches.full has none"
    return None


def in_estimator(plugin: spec.Estimator) -> str | None:
    """Of an estimator; its rule is looked into where it is there already, and is no function of the family."""
    rule = plugin.rule
    if alike := _alike(plugin.axes, "axes"):
        return alike
    for name, (low, high) in plugin.domain.items():
        if name not in plugin.axes:
            return f"domain names {name!r}; allowed: {', '.join(plugin.axes) or 'nothing, for there are no axes'}"
        if outside := [value for value in plugin.axes[name] if not low < value < high]:
            return f"axes[{name!r}] has {outside[0]}; allowed: > {low:g} and < {high:g}, its domain"
    if not isinstance(rule, spec.Weights | spec.Points):
        return None
    if plugin.degree > 1 and not (isinstance(rule, spec.Weights) and rule.joint):
        return f"degree is {plugin.degree}, and no rule.joint takes draws together; allowed: 1"
    return _in_weights(rule) if isinstance(rule, spec.Weights) else _in_points(rule)


def _in_weights(rule: spec.Weights) -> str | None:
    """A rule needs a weight; weights from all draws are made of f alone; a weight names what it reads."""
    if rule.score is None and rule.path is None:
        return f"rule is {rule}; allowed: a score, a path or both"
    if rule.joint and (rule.score != "value" or rule.path or rule.constant):
        return "rule.joint makes weights of f from all draws; allowed: with score='value', without path and constant"
    for name, weight in {"score": rule.score, "path": rule.path}.items():
        if isinstance(weight, spec.Weight):
            for field in _unnamed(weight.kernel, spec.Derivatives._fields, weight.needs):
                return f"rule.{name}.kernel reads f.{field}, which rule.{name}.needs={weight.needs} does not name"
    return None


def _in_points(rule: spec.Points) -> str | None:
    """Channels have names of their own; a rule names what it reads; only a place makes several points."""
    if repeated := _repeated("rule.channels", rule.channels):
        return repeated
    if not rule.needs:
        return f"rule.needs is empty; allowed: one or more of {', '.join(spec.Component._fields)}"
    if rule.at_once and rule.place is None:
        return "rule.at_once is True and rule.place is None; allowed: a place, which moves the components"
    if rule.evaluations > 1 and rule.place is None:
        return f"rule.evaluations is {rule.evaluations} and rule.place is None; allowed: a place, or one evaluation: y"
    for field in _unnamed(rule.combine, spec.Component._fields, rule.needs):
        return f"rule.combine reads f.{field}, which rule.needs={rule.needs} does not name"
    return None


def of_rule_and_family(rule: spec.Rule, family: spec.Family) -> str | None:
    """The noise of a rule begins with that of the family it is used with, which tells moments where they are read."""
    if isinstance(rule, spec.Weights) and rule.constant and not family.moments:
        return f"rule({family.name}).constant reads moments, which {family.name} offers none of; allowed: None"
    if isinstance(rule, spec.Points) and rule.channels:
        return _otherwise("rule.channels", rule.channels, family)
    return None


def _otherwise(place: str, channels: tuple[spec.BaseNoise, ...], family: spec.Family) -> str | None:
    if [channel.name for channel in channels[: len(family.channels)]] == [channel.name for channel in family.channels]:
        return None
    names = ", ".join(channel.name for channel in family.channels)
    return f"{place} begin otherwise than the family's own; allowed: {names}, then what else is needed"


def _repeated(place: str, channels: tuple[spec.BaseNoise, ...]) -> str | None:
    names = [channel.name for channel in channels]
    repeated = next((name for name in names if names.count(name) > 1), None)
    return f"{place} has {repeated!r} twice; allowed: a name for each channel" if repeated else None


def _alike(names: Mapping[str, Any], place: str) -> str | None:
    """Names that differ in case alone are one name to many a file system, and to a reader."""
    lower = [name.lower() for name in names]
    alike = next((name for name in names if lower.count(name.lower()) > 1), None)
    return f"{place} has {alike!r} in two cases; allowed: names that differ in letters" if alike else None


def in_dataset(plugin: spec.Dataset) -> str | None:
    """Its loader takes a size and its parameters."""
    return _unfit("load", plugin.load, ("dataset_size",), plugin.parameters)


def in_executor(plugin: spec.Executor) -> str | None:
    """Its map takes a function, items and its parameters; `opened` takes a registry and these."""
    if plugin.opened and (unfit := _unfit("opened", plugin.opened, ("registry",), plugin.parameters)):
        return unfit
    return _unfit("map", plugin.map, ("function", "items"), plugin.parameters)


def _unfit(
    field: str, function: Callable[..., Any], arguments: tuple[str, ...], named: Mapping[str, Any]
) -> str | None:
    try:
        inspect.signature(function).bind(*arguments, **named)
    except TypeError:
        return f"{field} does not take ({', '.join((*arguments, *named))}); allowed: a function that does"
    except ValueError:  # a built-in that does not tell its arguments
        pass
    return None


def _unnamed(kernel: Kernel, fields: tuple[str, ...], needs: tuple[str, ...]) -> Iterator[str]:
    """The fields of f that a kernel reads without asking for them: they would be empty."""
    read = set(kernel.py_func.__code__.co_names) & set(fields)  # type: ignore[attr-defined]
    yield from sorted(read - set(needs))


def in_family(plugin: spec.Family) -> str | None:
    """What no single field shows: what is missing has a reason for every parameter."""
    if not plugin.parameters:
        return "parameters is empty; allowed: one or more"
    for name, parameter in plugin.parameters.items():
        inside = [parameter.low < value < parameter.high for value in parameter.values]
        if not all(inside):
            value = parameter.values[inside.index(False)]
            return f"parameters[{name}].values has {value}; allowed: > {parameter.low:g} and < {parameter.high:g}"
    for name in set(plugin.derived) & set(plugin.parameters):
        return f"derived names {name!r}, which is a parameter; allowed: another name"
    if (plugin.entropy is None) != (plugin.entropy_gradient is None):
        return "one of entropy and entropy_gradient is None; allowed: both, or none of them"
    for ingredient in PARTS:
        reasons = plugin.lacks.get(ingredient, {})
        if getattr(plugin, ingredient) is None and set(reasons) != set(plugin.parameters):
            names = ", ".join(plugin.parameters)
            return f"{ingredient} is None; allowed: a reason in lacks[{ingredient!r}] for each of {names}"
        if unknown := set(reasons) - set(plugin.parameters):
            return f"lacks[{ingredient!r}] names {min(unknown)}; allowed: {', '.join(plugin.parameters)}"
    for name, (base, _) in plugin.derived.items():
        if base not in plugin.parameters:
            return f"derived[{name!r}] is derived from {base}; allowed: {', '.join(plugin.parameters)}"
    for name, weights in plugin.combinations.items():
        if len(weights) != len(plugin.parameters):
            names = ", ".join(plugin.parameters)
            return f"combinations[{name!r}] is {weights}; allowed: a number for each of {names}"
    for place in ("pairs", "independent_pairs"):
        if pairs := getattr(plugin, place):
            name = f"{place}.channels"
            if wrong := _otherwise(name, pairs.channels, plugin) or _repeated(name, pairs.channels):
                return wrong
    return _repeated("channels", plugin.channels) or _alike(
        dict.fromkeys([*plugin.parameters, *plugin.derived, *plugin.combinations]),
        "parameters, derived and combinations",
    )


OF_KINDS: Mapping[type, Callable[[Any], str | None]] = {
    spec.Objective: in_objective,
    spec.Estimator: in_estimator,
    spec.Family: in_family,
    spec.Dataset: in_dataset,
    spec.Executor: in_executor,
}
