"""What was asked, and over which grid."""

from collections.abc import Iterable

from bench.markup import numbers
from bench.markup.blocks import Block, Heading, Paragraph
from bench.report.sections.phrases import Tables
from bench.tables import slices

NAMES = ("objective", "variant", "latent", "data", "sampler", "estimator")


def question(tables: Tables) -> list[Block]:
    """What was asked, and over which grid."""
    frame = tables["statistics"]
    axes = [f"{key} {_list(map(numbers.number, sorted(frame[key].dropna().unique())))}" for key in slices.AXES]
    names = [f"{key} {_list(filter(None, frame[key].unique()))}" for key in NAMES if frame[key].any()]
    text = (
        "One node draws y ~ N(mu, sigma^2); the objective is F = E f(y). Do the estimators of its gradient agree in "
        "expectation, which one has the lower variance, and at what cost in time? "
        f"Asked for {'; '.join(names)}; over {'; '.join(axes)}."
    )
    return [Heading(2, "What was asked"), Paragraph(text)]


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
