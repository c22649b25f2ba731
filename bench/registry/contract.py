"""What each field of a plug-in may hold: a slip is named when its file is loaded, not where it first does harm."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_type_hints

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
        "gradient": DERIVATIVE,
        "curvature": DERIVATIVE,
    },
    spec.Estimator: {
        "name": NAME,
        "place": kernel("noise", "mu", "sigma", "phi", "x"),
        "combine": kernel("noise", "mu", "sigma", "phi", "f", "out"),
        "needs": members(among(spec.Derivatives._fields)),
        "structure": among(get_args(get_type_hints(spec.Estimator)["structure"])),
        "channels": members(instance(spec.BaseNoise)),
        "evaluations": whole(1),
        "width": Rule(whole(2).allows, "2 (d/dmu, d/dsigma) or more"),
        "estimate": optional(kernel("contributions", "samples", "out")),
        "degree": whole(1),
        "axes": AXES,
        "skip": function("cell"),
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
    return None


def _made_of(plugin: Any) -> Iterator[tuple[str, Any]]:
    """The plug-in itself, then its forms or its channels, each with its place in words."""
    yield "", plugin
    if isinstance(plugin, spec.Objective):
        for latent, forms in plugin.forms.items():
            yield from ((f"forms[{latent}][{name}].", form) for name, form in forms.items())
    if isinstance(plugin, spec.Estimator):
        yield from ((f"channels[{index}].", channel) for index, channel in enumerate(plugin.channels))
