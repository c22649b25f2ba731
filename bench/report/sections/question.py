"""What was asked, and over which grid."""

from typing import Any

from bench.markup import numbers
from bench.markup.markdown import escape
from bench.report.sections.phrases import Tables
from bench.tables import slices


def question(tables: Tables) -> str:
    """What was asked, and over which grid."""
    frame = tables["statistics"]
    axes = [f"{key} {_list(numbers.number(v) for v in sorted(frame[key].dropna().unique()))}" for key in slices.AXES]
    keys = ("objective", "variant", "latent", "data", "sampler", "estimator")
    names = [f"{key} {_list(escape(v) for v in frame[key].unique() if v)}" for key in keys if frame[key].any()]
    return (
        "## What was asked\n\n"
        "One node draws y ~ N(mu, sigma^2); the objective is F = E f(y). Do the estimators of its gradient agree in "
        "expectation, which one has the lower variance, and at what cost in time? "
        f"Asked for {'; '.join(names)}; over {'; '.join(axes)}.\n"
    )


def _list(words: Any) -> str:
    return ", ".join(words) or "none"
