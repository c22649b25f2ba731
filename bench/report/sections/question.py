"""What was asked, and over which grid."""

import pandas as pd

from bench.markup import numbers
from bench.markup.blocks import Block, Heading, Paragraph
from bench.markup.mathematics import plain
from bench.report.sections import wording
from bench.report.sections.phrases import Tables
from bench.tables import slices

NAMES = ("latent", "components", "data", "sampler")  # of which a sentence tells, beside objective and estimator
LAWS = {"normal": r"N($\mu$, $\sigma^2$)", "gamma": r"Gamma($\alpha$, rate)", "bernoulli": "Bernoulli(sigmoid(logit))"}
ENTROPY = {
    "closed_form": "its entropy in closed form: f = -log p, and the exact gradient of the entropy of q is added",
    "monte_carlo": "its entropy by Monte Carlo: f = log q - log p, and log q is differentiated wholly",
    "sticking_the_landing": "sticking the landing: f = log q - log p, the parameters of log q held fixed",
}
ONE, EACH = "one y for all data", "one y for each datum"
UNTIED = (
    "Where components are untied, each has its own gradient: a row has the sum of their variances (the trace), the "
    "norm of the exact gradient with the mean estimate along it (where it is 0, along the diagonal), and the z of the "
    "worst component."
)


def question(tables: Tables) -> list[Block]:
    """What was asked, and over which grid."""
    frame = tables["statistics"]
    sentences = [
        f"{_node(frame)}; {_objective(frame)}. Do the estimators of its gradient agree in expectation, which one has "
        "the lower variance, and at what cost in time?",
        *([UNTIED] if (frame["components"] == "untied").any() else []),
        _grid(frame),
    ]
    return [Heading(2, "What was asked"), Paragraph(" ".join(sentences))]


def _node(frame: pd.DataFrame) -> str:
    """What y is: one, one for each datum, or of so many components."""
    laws = " or ".join(_law(name, rows) for name, rows in frame.groupby("family", sort=False)) or "q"
    per_datum = frame["latent"] == "per_datum"
    if (frame["dimension"] == frame["dataset_size"].where(per_datum, 1)).all():
        whose = " or ".join(words for words, held in ((ONE, ~per_datum), (EACH, per_datum)) if held.any())
        return f"A node draws y ~ {laws}{f': {whose}' if per_datum.any() else ''}"
    least, most = map(numbers.number, (frame["dimension"].min(), frame["dimension"].max()))
    count = least if least == most else f"{least} to {most}"
    return f"A node draws y of {count} independent components, each of them ~ {laws}"


def _law(family: str, rows: pd.DataFrame) -> str:
    """The distribution of a component, and the names of its parameters."""
    names = dict.fromkeys(name for theta in rows["theta"] for name in _names(theta))
    if law := LAWS.get(family):
        return plain(law)
    return f"{wording.name(family)}({', '.join(names or rows['parameter'].unique())})"


def _names(theta: str) -> list[str]:
    """The names of the parameters in alpha=2,rate=[1,2]: no name stands inside a list."""
    return [pair.partition("=")[0] for pair in theta.split(",") if "=" in pair]


def _objective(frame: pd.DataFrame) -> str:
    """What F is, and how the entropy of a target is treated."""
    ways = [ENTROPY[way] for way in frame["entropy"].unique() if way]
    if not ways:
        return "the objective is F = E f(y)"
    target = f"F = E[log q(y) - log p(y)], minus an ELBO ({'; '.join(ways)})"
    return (
        f"the objective is {target}" if frame["entropy"].all() else f"the objective is F = E f(y), of a target {target}"
    )


def _grid(frame: pd.DataFrame) -> str:
    """Of what it was asked, and over which values."""
    objectives = [_with(name, rows) for name, rows in frame.groupby("objective", sort=False)]
    told = [wording.told(key, value) for key in NAMES for value in frame[key].unique() if value]
    estimators = wording.listed(wording.name(name) for name in frame["estimator"].unique())
    thetas = [f"({wording.told('theta', theta)})" for theta in frame["theta"].unique() if theta]
    axes = [wording.values(key, list(frame[key].dropna().unique())) for key in slices.AXES if frame[key].notna().any()]
    over = "; ".join([*axes, *([f"the parameters {wording.listed(thetas)}"] if thetas else [])])
    subject = f"Asked of {wording.listed(objectives)}, with {wording.listed(told)}; estimated by {estimators}"
    return f"{subject}; over {over}." if over else f"{subject}."


def _with(objective: str, rows: pd.DataFrame) -> str:
    """An objective, and the values of its parameters."""
    told: dict[str, list[float]] = {}
    for variant in rows["variant"].unique():
        for parameter, _, value in (pair.partition("=") for pair in variant.split(",") if pair):
            told.setdefault(parameter, []).append(float(value))
    phi = "; ".join(wording.values(parameter, [*dict.fromkeys(values)]) for parameter, values in told.items())
    return f"{wording.name(objective)}{f' ({phi})' if phi else ''}"
