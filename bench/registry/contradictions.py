"""What no single field of a plug-in shows: fields that contradict each other, or lack each other."""

from collections.abc import Iterator

from bench import spec
from bench.spec import Kernel

PARTS = ("path", "slope", "pairs", "entropy")  # of a family, that may be missing


def in_objective(plugin: spec.Objective) -> str | None:
    """What no single field shows: there must be a way to compute f."""
    empty = next((latent for latent, forms in plugin.forms.items() if not forms), None)
    if empty or not plugin.forms:
        return f"forms{f'[{empty}]' if empty else ''} is empty; allowed: one or two of direct, collapsed"
    return None


def in_estimator(plugin: spec.Estimator) -> str | None:
    """Of an estimator; its rule is looked into where it is there already, and is no function of the family."""
    rule = plugin.rule
    if not isinstance(rule, spec.Weights | spec.Points):
        return None
    if plugin.degree > 1 and not (isinstance(rule, spec.Weights) and rule.joint):
        return f"degree is {plugin.degree}, and no rule.joint takes draws together; allowed: 1"
    return _in_weights(rule) if isinstance(rule, spec.Weights) else _in_points(rule)


def _in_weights(rule: spec.Weights) -> str | None:
    """A rule needs a weight; weights from all draws are made of f alone; a weight names what it reads."""
    if rule.score is None and rule.path is None:
        return f"rule is {rule}; allowed: a score, a path or both"
    if rule.joint and (rule.score != "value" or rule.path):
        return "rule.joint makes weights of f from all draws; allowed: with score='value' and without path"
    for name, weight in {"score": rule.score, "path": rule.path}.items():
        if isinstance(weight, spec.Weight):
            for field in _unnamed(weight.kernel, spec.Derivatives._fields, weight.needs):
                return f"rule.{name}.kernel reads f.{field}, which rule.{name}.needs={weight.needs} does not name"
    return None


def _in_points(rule: spec.Points) -> str | None:
    """Channels have names of their own; a rule names what it reads."""
    names = [channel.name for channel in rule.channels]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        return f"rule.channels has {repeated!r} twice; allowed: a name for each channel"
    for field in _unnamed(rule.combine, spec.Component._fields, rule.needs):
        return f"rule.combine reads f.{field}, which rule.needs={rule.needs} does not name"
    return None


def _unnamed(kernel: Kernel, fields: tuple[str, ...], needs: tuple[str, ...]) -> Iterator[str]:
    """The fields of f that a kernel reads without asking for them: they would be empty."""
    read = set(kernel.py_func.__code__.co_names) & set(fields)  # type: ignore[attr-defined]
    yield from sorted(read - set(needs))


def in_family(plugin: spec.Family) -> str | None:
    """What no single field shows: what is missing has a reason for every parameter."""
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
    if plugin.pairs and plugin.pairs.channels[: len(plugin.channels)] != plugin.channels:
        names = ", ".join(channel.name for channel in plugin.channels)
        return f"pairs.channels begin otherwise than the family's own; allowed: {names}, then what else is needed"
    return None
