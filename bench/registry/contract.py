"""What each field of a plug-in may hold: a slip is named when its file is loaded, not where it first does harm."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from bench import spec
from bench.registry import rules
from bench.registry.rules import Rule, among, function, instance, kernel, mapping, members, optional, whole

NAME = Rule(rules.is_name, "a name of letters, digits and underscores that starts with no digit")
CALLABLE = Rule(callable, "a function")
TEXT = Rule(lambda value: isinstance(value, str), "text")
AXES = mapping(Rule(rules.is_name, "names"), Rule(rules.is_axis, "lists of one or more finite numbers"))
PARAMETERS = mapping(Rule(rules.is_name, "names"), Rule(lambda default: True, "default values"))
DERIVATIVE = optional(kernel("y", "data", "phi", "out"))
FORMS = mapping(among(get_args(spec.Latent)), mapping(among(("direct", "collapsed")), instance(spec.Form)))

RULES: Mapping[type, Mapping[str, Rule]] = {
    spec.Objective: {
        "name": NAME,
        "forms": FORMS,
        "exact": function("mu", "sigma", "x", "phi"),
        "dimension": function("latent", "n", "phi"),
        "axes": AXES,
        "uses_data": among((True, False)),
    },
    spec.Form: {
        "summarise": function("x"),
        "value": kernel("y", "data", "phi", "out"),
        "terms": DERIVATIVE,
        "slope": DERIVATIVE,
        "curvature": DERIVATIVE,
    },
    spec.Estimator: {
        "name": NAME,
        "rule": Rule(lambda rule: isinstance(rule, spec.Weights | spec.Points), "Weights or Points"),
        "estimate": optional(kernel("contributions", "samples", "out")),
        "degree": whole(1),
        "axes": AXES,
        "skip": function("cell"),
    },
    spec.Weights: {"score": optional(among(("value", "terms"))), "path": optional(among(("slope",)))},
    spec.Points: {
        "place": optional(kernel("noise", "theta", "phi", "x")),
        "combine": kernel("noise", "theta", "phi", "f", "out"),
        "needs": members(among(spec.Derivatives._fields)),
        "structure": among(("sum", "product")),
        "channels": members(instance(spec.BaseNoise)),
        "evaluations": whole(1),
        "width": Rule(whole(2).allows, "2 (d/dmu, d/dsigma) or more"),
    },
    spec.Family: {
        "name": NAME,
        "parameters": members(Rule(rules.is_name, "names")),
        "channels": members(instance(spec.BaseNoise)),
        "transport": kernel("noise", "j", "theta", "y"),
        "score": kernel("weight", "noise", "j", "theta", "y", "first", "out"),
        "path": kernel("weight", "noise", "j", "theta", "y", "first", "out"),
        "log_density": kernel("y", "theta", "out"),
        "slope": kernel("y", "theta", "out"),
        "entropy": function("theta"),
        "entropy_gradient": function("theta"),
        "support": Rule(lambda ends: isinstance(ends, tuple) and len(ends) == 2, "a pair (low, high)"),
    },
    spec.BaseNoise: {"name": NAME, "fill": function("generator", "out"), "rule": function("nodes")},
    spec.Sampler: {
        "name": NAME,
        "fill": function("generator", "channel", "out"),
        "coupled": among((1, 2, 4, 8)),  # they divide every strip of draws
        "expand": function("nodes"),
        "skip": function("estimator"),
    },
    spec.Dataset: {"name": NAME, "load": CALLABLE, "parameters": PARAMETERS, "unit": TEXT},
    spec.Executor: {"name": NAME, "map": CALLABLE, "parameters": PARAMETERS},
    spec.Figure: {
        "name": NAME,
        "title": TEXT,
        "caption": TEXT,
        "draw": function("slice"),
        "select": function("tables"),
    },
}


def breach(plugin: Any) -> str | None:
    """The first field that breaks its rule, of a plug-in or of what it is made of: name, value, what is allowed."""
    for place, item in _made_of(plugin):
        for name, rule in RULES[type(item)].items():
            if not rule.allows(value := getattr(item, name)):
                return f"{place}{name} is {rules.described(value)}; allowed: {rule.allowed}"
    if isinstance(plugin, spec.Objective):
        return _unsound_objective(plugin)
    return _unsound_estimator(plugin) if isinstance(plugin, spec.Estimator) else None


def _unsound_objective(plugin: spec.Objective) -> str | None:
    """What no single field shows: there must be a way to compute f."""
    empty = next((latent for latent, forms in plugin.forms.items() if not forms), None)
    if empty or not plugin.forms:
        return f"forms{f'[{empty}]' if empty else ''} is empty; allowed: one or two of direct, collapsed"
    return None


def _unsound_estimator(plugin: spec.Estimator) -> str | None:
    """What no single field shows: fields of an estimator that contradict each other."""
    if plugin.estimate is None and (plugin.degree > 1 or plugin.rule.width > 2):
        reason = f"degree is {plugin.degree}" if plugin.degree > 1 else f"rule.width is {plugin.rule.width}"
        return f"{reason}, and estimate is None; allowed: a kernel that makes estimates of the draws"
    if isinstance(plugin.rule, spec.Weights) and len(plugin.rule.needs) != 1:
        return f"rule is {plugin.rule}; allowed: one of score and path"
    names = [channel.name for channel in plugin.rule.channels]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        return f"rule.channels has {repeated!r} twice; allowed: a name for each channel"
    if isinstance(plugin.rule, spec.Points):
        read = set(plugin.rule.combine.py_func.__code__.co_names) & set(spec.Derivatives._fields)  # type: ignore[attr-defined]
        if lacking := sorted(read - set(plugin.rule.needs)):
            return f"rule.combine reads f.{lacking[0]}, which rule.needs={plugin.rule.needs} does not name"
    return None


def _made_of(plugin: Any) -> Iterator[tuple[str, Any]]:
    """The plug-in itself, then its forms, its rule and its channels, each with its place in words."""
    yield "", plugin
    if isinstance(plugin, spec.Objective):
        for latent, forms in plugin.forms.items():
            yield from ((f"forms[{latent}][{name}].", form) for name, form in forms.items())
    if isinstance(plugin, spec.Estimator):
        yield "rule.", plugin.rule
        yield from ((f"rule.channels[{index}].", channel) for index, channel in enumerate(plugin.rule.channels))
    if isinstance(plugin, spec.Family):
        yield from ((f"channels[{index}].", channel) for index, channel in enumerate(plugin.channels))
