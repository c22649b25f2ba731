"""What each field of a plug-in may hold: a slip is named when its file is loaded, not where it first does harm."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from bench import spec
from bench.faults import file_of, line_of, reason
from bench.registry import contradictions, rules
from bench.registry.rules import Rule, among, either, function, instance, kernel, mapping, members, optional, whole

NAME = Rule(rules.is_name, f"a name {rules.NAMED}")
NAMES = Rule(rules.is_name, "names")
CALLABLE = Rule(callable, "a function")
TEXT = Rule(lambda value: isinstance(value, str), "text")
LINE = Rule(lambda value: isinstance(value, str) and value.isprintable() and value.strip() != "", "a line of text")
LABEL = Rule(rules.is_label, "a line of ASCII text, its mathematics between dollars as $\\hat g$")
SYMBOLS = mapping(NAMES, LABEL)
FORMULA = Rule(rules.is_formula, "a formula in LaTeX, without dollars, as \\sum_j \\cos(k y_j)")
INTERVAL = Rule(rules.is_interval, "a pair (low, high) of numbers, low < high")
AXES = mapping(NAMES, Rule(rules.is_axis, "lists of one or more finite numbers"))
PARAMETERS = mapping(
    Rule(lambda key: rules.is_name(key) and key != "name", "names other than 'name'"),
    Rule(rules.is_default, "numbers, text, True, False or None"),
)
DERIVATIVE = optional(kernel("y", "data", "phi", "out"))
PLACE = kernel("noise", "j", "theta", "phi", "x")
COMBINE = kernel("noise", "j", "theta", "phi", "f", "first", "out")
FORMS = mapping(among(get_args(spec.Latent)), mapping(among(("direct", "collapsed")), instance(spec.Form)))

RULES: Mapping[type, Mapping[str, Rule]] = {
    spec.Objective: {
        "name": NAME,
        "forms": FORMS,
        "exact": mapping(Rule(rules.is_name, "names of families"), function("theta", "x", "phi")),
        "dimension": function("latent", "n", "phi"),
        "axes": AXES,
        "tabulate": function("phi"),
        "quadratic": optional(function("x", "phi")),
        "slope_covariance": mapping(Rule(rules.is_name, "names of families"), function("theta", "x", "phi")),
        "uses_data": among((True, False)),
        "target": among((True, False)),
        "breaks": either(members(Rule(rules.is_finite, "finite numbers")), function("phi")),
        "misses": members(among(("slope", "curvature"))),
        "batches": optional(instance(spec.Batches)),
        "label": LABEL,
        "symbols": SYMBOLS,
        "formula": FORMULA,
    },
    spec.Batches: {
        "full": instance(spec.Objective),
        "count": function("n", "phi"),
        "slope_covariance": mapping(Rule(rules.is_name, "names of families"), function("theta", "x", "phi")),
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
        "rule": either(instance(spec.Weights), instance(spec.Points), function("family")),
        "degree": whole(1),
        "axes": AXES,
        "skip": function("cell"),
        "freeze": optional(function("pilot")),
        "pilot_needs": members(among(spec.Derivatives._fields)),
        "domain": mapping(NAMES, INTERVAL),
        "biased": among((True, False)),
        "label": LABEL,
        "symbols": SYMBOLS,
        "formula": FORMULA,
    },
    spec.Weights: {
        "score": optional(either(among(("value", "terms")), instance(spec.Weight))),
        "path": optional(either(among(("slope",)), instance(spec.Weight))),
        "joint": optional(kernel("value", "samples", "out")),
        "constant": optional(kernel("moments", "j", "phi", "out")),
    },
    spec.Weight: {
        "kernel": kernel("noise", "y", "theta", "phi", "f", "out"),
        "needs": members(among(spec.Derivatives._fields)),
        "per": among(("draw", "parameter", "component", "coordinate")),
    },
    spec.Points: {
        "combine": COMBINE,
        "needs": members(among(spec.Component._fields)),
        "place": optional(PLACE),
        "channels": members(instance(spec.BaseNoise)),
        "evaluations": whole(1),
        "at_once": among((True, False)),
        "breaks": optional(function("theta", "phi")),
        "made_of": either(
            among(contradictions.PARTS), Rule(lambda value: isinstance(value, str) and not value, "empty")
        ),
    },
    spec.Family: {
        "name": NAME,
        "parameters": mapping(NAMES, instance(spec.Parameter)),
        "channels": members(instance(spec.BaseNoise), 1),
        "transport": kernel("noise", "j", "theta", "y"),
        "score": kernel("weight", "noise", "j", "theta", "y", "first", "out"),
        "path": optional(kernel("weight", "noise", "j", "theta", "y", "first", "out")),
        "log_density": kernel("y", "theta", "out"),
        "slope": optional(kernel("y", "theta", "out")),
        "pairs": optional(instance(spec.Pairs)),
        "independent_pairs": optional(instance(spec.Pairs)),
        "lacks": mapping(among(contradictions.PARTS), mapping(Rule(rules.is_name, "names of parameters"), LINE)),
        "tabulate": function("theta"),
        "breaks": function("theta"),
        "combinations": mapping(NAMES, members(Rule(rules.is_finite, "finite numbers"))),
        "derived": mapping(NAMES, Rule(rules.is_derived, "a pair (parameter, function)")),
        "entropy": optional(function("theta")),
        "entropy_gradient": optional(function("theta")),
        "moments": optional(kernel("theta", "out")),
        "support": INTERVAL,
        "label": LABEL,
        "symbols": SYMBOLS,
    },
    spec.Parameter: {
        "values": members(Rule(rules.is_finite, "finite numbers"), 1),
        "low": Rule(rules.is_number, "a number"),
        "high": Rule(rules.is_number, "a number"),
    },
    spec.Pairs: {"place": PLACE, "combine": COMBINE, "channels": members(instance(spec.BaseNoise))},
    spec.BaseNoise: {
        "name": NAME,
        "fill": function("generator", "out"),
        "rule": function("nodes"),
        "fallback": optional(function("nodes")),
        "density": optional(function("points")),
        "ends": Rule(lambda ends: isinstance(ends, tuple) and len(ends) == 2, "a pair (low, high)"),
        "quantile": optional(function("chances")),
        "mirror": optional(function("points")),
    },
    spec.Sampler: {
        "name": NAME,
        "fill": function("generator", "channel", "out"),
        "coupled": either(among((1, 2, 4, 8)), among(("estimate",))),  # numbers divide every strip of draws
        "expand": function("channel", "nodes"),
        "strata": optional(function("samples", "dimension")),
        "skip": function("channels", "dimension", "samples"),
        "label": LABEL,
    },
    spec.Dataset: {"name": NAME, "load": CALLABLE, "parameters": PARAMETERS, "unit": TEXT, "label": LABEL},
    spec.Executor: {"name": NAME, "map": CALLABLE, "parameters": PARAMETERS, "opened": optional(CALLABLE)},
    spec.Figure: {
        "name": NAME,
        "title": Rule(lambda value: isinstance(value, str) and value.isprintable(), "text in one line"),
        "caption": TEXT,
        "draw": function("slice"),
        "select": function("tables"),
        "kind": among(get_args(spec.Kind)),
    },
}


def breach(plugin: Any) -> str | None:
    """The first field that breaks its rule, of a plug-in or of what it is made of: name, value, what is allowed."""
    for place, item in _made_of(plugin):
        for name, rule in RULES[type(item)].items():
            if not rule.allows(value := getattr(item, name)):
                return f"{place}{name} is {rules.described(value)}; allowed: {rule.allowed}"
    contradiction = contradictions.OF_KINDS.get(type(plugin))
    return contradiction(plugin) if contradiction else None


def breach_for(plugin: spec.Estimator, family: spec.Family) -> str | None:
    """The first field that breaks its rule, of the rule that an estimator makes for a family."""
    if isinstance(plugin.rule, spec.Weights | spec.Points):
        return None
    try:
        rule = plugin.rule(family)
    except (Exception, SystemExit) as error:
        return f"rule({family.name}) fails: {line_of(error, file_of(plugin.rule))}{reason(error)}"
    if isinstance(rule, str):
        return None
    if not isinstance(rule, spec.Weights | spec.Points):
        return (
            f"rule({family.name}) is {rules.described(rule)}; allowed: Weights, Points, or why there is none in words"
        )
    return breach(replace(plugin, rule=rule)) or contradictions.of_rule_and_family(rule, family)


def _made_of(plugin: Any) -> Iterator[tuple[str, Any]]:
    """The plug-in itself, then what it is made of, each with its place in words."""
    yield "", plugin
    if isinstance(plugin, spec.Objective):
        for latent, forms in plugin.forms.items():
            yield from ((f"forms[{latent}][{name}].", form) for name, form in forms.items())
        if plugin.batches:
            yield "batches.", plugin.batches
            yield from ((f"batches.full.{place}", item) for place, item in _made_of(plugin.batches.full))
    if isinstance(plugin, spec.Estimator) and isinstance(plugin.rule, spec.Weights | spec.Points):
        yield "rule.", plugin.rule
        if isinstance(plugin.rule, spec.Weights):
            weights = {"score": plugin.rule.score, "path": plugin.rule.path}
            yield from ((f"rule.{name}.", w) for name, w in weights.items() if isinstance(w, spec.Weight))
        else:
            yield from _channels("rule.", plugin.rule.channels)
    if isinstance(plugin, spec.Family):
        yield from ((f"parameters[{name}].", parameter) for name, parameter in plugin.parameters.items())
        yield from _channels("", plugin.channels)
        for place in ("pairs", "independent_pairs"):
            if pairs := getattr(plugin, place):
                yield f"{place}.", pairs
                yield from _channels(f"{place}.", pairs.channels)


def _channels(place: str, channels: tuple[spec.BaseNoise, ...]) -> Iterator[tuple[str, Any]]:
    yield from ((f"{place}channels[{index}].", channel) for index, channel in enumerate(channels))
