"""What an estimator's rule needs: of the family, of f, and of the noise."""

from collections.abc import Mapping

from bench.kernels.uniform import BATCH
from bench.spec import BaseNoise, Estimator, Family, Form, Objective, Points, Rule, Weight, Weights


def rule_of(estimator: Estimator, family: Family) -> Rule | str:
    """The estimator's rule for a family, or why there is none."""
    rule = estimator.rule if isinstance(estimator.rule, Weights | Points) else estimator.rule(family)
    if isinstance(rule, str):
        return rule
    lacking = lacks(rule, family)
    if all(parameter in lacking for parameter in family.parameters):
        need = ingredient(rule)
        return f"{family.name} has no {need}: {next(iter(lacking.values()))}"
    return rule


def ingredient(rule: Rule) -> str:
    """The part of a family, besides its score, that a rule is made of; empty where it needs none."""
    return rule.made_of if isinstance(rule, Points) else "path" if rule.path else ""


def lacks(rule: Rule, family: Family) -> Mapping[str, str]:
    """By parameter, why the family lacks what the rule is made of."""
    need = ingredient(rule)
    return family.lacks.get(need, {}) if need else {}


def needs_of(rule: Rule) -> frozenset[str]:
    """The fields of f that a rule reads."""
    if isinstance(rule, Points):
        return frozenset(rule.needs)
    weights = [weight for weight in (rule.score, rule.path) if weight is not None]
    return frozenset(n for w in weights for n in (w.needs if isinstance(w, Weight) else (w,)))


def is_biased(estimator: Estimator, rule: Rule, objective: Objective) -> bool:
    """Whether its mean need not be the gradient: it says so, or reads a derivative that does not tell all of f."""
    return estimator.biased or not needs_of(rule).isdisjoint(objective.misses)


def fields_of(rule: Rule, d: int, form: Form) -> frozenset[str]:
    """The fields of f that are evaluated for a rule: a rule of points reads terms for the value, where f has them.

    Not where all components move at once: it then reads all of f.
    """
    needs = needs_of(rule)
    if isinstance(rule, Points) and not rule.at_once and "value" in needs and d > 1 and form.terms:
        return needs - {"value"} | {"terms"}
    return needs


def evaluations_of(rule: Rule, d: int, form: Form) -> int:
    """How often a draw looks at f in d components: values and derivatives, each field at each point once.

    Where a rule moves one component after the other and f is no sum over them, it looks at each of its points d times.
    """
    fields = fields_of(rule, d, form)
    if not isinstance(rule, Points):
        return len(fields)
    together = rule.place is None or rule.at_once or "terms" in fields
    return len(fields) * rule.evaluations * (1 if together else d)


def channels_of(rule: Rule, family: Family) -> tuple[BaseNoise, ...]:
    """The noise channels of a rule; those of the family where it names none."""
    return (rule.channels if isinstance(rule, Points) else ()) or family.channels


def noise_of(rule: Rule, family: Family, objective: Objective) -> tuple[BaseNoise, ...]:
    """The channels of a rule, and behind them that of a random batch."""
    return (*channels_of(rule, family), *((BATCH,) if objective.batches else ()))


def rows_of_weight(weight: Weight, family: Family, d: int) -> int:
    """Rows of a weight that an estimator computes itself."""
    k = len(family.parameters)
    return {"draw": 1, "parameter": k, "component": d, "coordinate": k * d}[weight.per]
