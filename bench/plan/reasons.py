"""Why an estimator is not run in a cell, in words that the tables and the report show."""

from collections.abc import Set

from bench.plan.rules import channels_of, needs_of, rule_of
from bench.plan.streams import coupled_of, form_of
from bench.plan.tiling import MOST_SAMPLES
from bench.registry import Registry
from bench.spec import Cell, Estimator, Family, Objective, Sampler


def reason(cell: Cell, estimator: Estimator, registry: Registry) -> str | None:
    """Why an estimator is not run in a cell, or None."""
    sampler: Sampler = registry.get("sampler", cell.sampler)
    family: Family = registry.get("family", cell.family)
    objective: Objective = registry.get("objective", cell.objective.name)
    if cell.latent not in objective.forms:
        return f"{objective.name} has no latent={cell.latent}"
    if cell.components == "tied" and any(isinstance(value, tuple) for value in cell.theta):
        return "tied components share one theta; components=untied takes a value for each"
    rule = rule_of(estimator, family)
    if isinstance(rule, str):
        return rule
    return (
        _of_samples(cell, estimator, sampler)
        or estimator.skip(cell)
        or sampler.skip(channels_of(rule, family), cell.dimension, cell.samples)
        or _of_needs(cell, needs_of(rule) | set(estimator.pilot_needs), family, registry)
    )


def _of_samples(cell: Cell, estimator: Estimator, sampler: Sampler) -> str | None:
    """What the number of draws rules out."""
    coupled = coupled_of(sampler, cell.samples)
    if cell.samples < estimator.degree:
        return f"needs samples >= {estimator.degree}"
    if estimator.degree > 1 and sampler.coupled != 1:
        return f"takes the draws of an estimate for independent; those of {sampler.name} are not"
    if cell.samples % coupled:
        return f"{sampler.name} draws {coupled} at a time, and samples={cell.samples} is no multiple of it"
    if cell.samples > MOST_SAMPLES:
        return f"samples > {MOST_SAMPLES}, the most that an estimate may average"
    return None


def _of_needs(cell: Cell, needs: Set[str], family: Family, registry: Registry) -> str | None:
    """What of f, or of log q, the rule or its pilot reads and does not find."""
    form = form_of(cell, registry)
    missing = next((need for need in sorted(needs) if getattr(form, need) is None), None)
    if missing:
        return f"needs the {missing} of {cell.objective.name}, which offers none"
    if cell.entropy == "closed_form" and family.entropy is None:
        return f"entropy=closed_form needs the entropy of {family.name}: {next(iter(family.lacks['entropy'].values()))}"
    if cell.entropy not in (None, "closed_form"):
        if "slope" in needs and family.slope is None:
            return f"entropy={cell.entropy} needs the slope of log q, and {family.name} has none"
        if "curvature" in needs:
            return f"entropy={cell.entropy} needs the curvature of log q, which no family offers"
    return None
