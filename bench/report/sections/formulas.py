r"""The mathematics of a run: F, f, the law of y, and what each estimator makes of one draw, in the colour of its curve.

Formulas are those of the plug-ins; of one that gives none nothing is said.
"""

from collections.abc import Iterator

import pandas as pd

from bench.drawing import words
from bench.drawing.palette import look
from bench.markup.blocks import Block, Bullets, Math, Paragraph, Piece, Text
from bench.report.sections import wording

EPS, STANDARD = r"\varepsilon", r"\mathcal{N}(0, 1)"
LAWS = {
    "normal": r"\mathcal{N}(\mu, \sigma^2)",
    "gamma": r"\mathrm{Gamma}(\alpha, \mathrm{rate})",
    "bernoulli": r"\mathrm{Bernoulli}(\mathrm{sigmoid}(\mathrm{logit}))",
}
PATHS = r"\frac{\partial y}{\partial\mu} = 1,\ \frac{\partial y}{\partial\sigma^2} = \frac{\varepsilon}{2 \sigma}"
SCORES = (
    r"\frac{\partial\log\,p}{\partial\mu} = \frac{\varepsilon}{\sigma},\ "
    r"\frac{\partial\log\,p}{\partial\sigma^2} = \frac{\varepsilon^2 - 1}{2 \sigma^2}"
)
SYNONYMS = {"pathwise": "reparameterisation trick", "score_function": "REINFORCE"}
LOCAL = " The local score function weighs the score of each y by the term of f that this y enters, alone."
PER_DATUM = " With a draw per datum each has a y of its own, and f is the sum over the data."


def formulas(frame: pd.DataFrame) -> list[Block]:
    """F, f and y in a line, then a line for each estimator; nothing where no objective has a formula."""
    objectives = [str(name) for name in frame["objective"].unique() if words.formula(name)]
    if not objectives:
        return []
    pieces: list[Piece] = [*_mean(frame), ", ", *_laws(frame)]
    for objective in objectives:
        named = f"; {wording.name(objective)}: " if len(objectives) > 1 else ", "
        pieces += [named, Math(f"f(y) = {words.formula(objective)}")]
    pieces += [*_theta(frame), "."]
    pieces += [" There are ", Math("n"), " data."] if (frame["dataset_size"] > 0).any() else []
    pieces.append(PER_DATUM * bool((frame["latent"] == "per_datum").any()))
    pieces.append(LOCAL * bool((frame["estimator"] == "score_function_local").any()))
    if estimators := list(_estimators(frame)):
        pieces += [" An estimate is the mean over ", Math("K"), " draws, each of which gives"]
        return [Paragraph(tuple(pieces)), Bullets([*estimators, *_derivatives(frame)])]
    return [Paragraph(tuple(pieces))]


def stated(frame: pd.DataFrame) -> str:
    """f of the rows for a caption, between dollars; empty where they have several, or one without a formula."""
    names = [str(name) for name in frame["objective"].unique()] if "objective" in frame else []
    formula = words.formula(names[0]) if len(names) == 1 else ""
    return f"Here $f(y) = {formula}$." if formula else ""


def _mean(frame: pd.DataFrame) -> Iterator[Piece]:
    """What is differentiated, by theta: of a target its log q too."""
    theta = r"\mu, \sigma" if (frame["family"] == "normal").all() else r"\theta"
    targets = frame["entropy"] != ""
    mean = r"\mathbb{E}\left[f(y) + \log\,q(y)\right]" if targets.all() else r"\mathbb{E}\, f(y)"
    yield Math(f"F({theta}) = {mean}")
    if targets.any() and not targets.all():
        yield ", of a target, with q the density of y, "
        yield Math(r"\mathbb{E}\left[f(y) + \log\,q(y)\right]")


def _laws(frame: pd.DataFrame) -> Iterator[Piece]:
    """The law of y, or of each component; of a family that has no letters here, its name."""
    y = "y_j" if frame["dimension"].max() > 1 else "y"
    of_normal = rf"{y} = \mu + \sigma\,{y.replace('y', EPS)}"
    for i, family in enumerate(frame["family"].unique()):
        yield " or " if i else ""
        law = LAWS.get(family)
        yield Math(rf"{y} \sim {law}") if law else f"a {wording.name(family)} y"
        if family == "normal":
            yield from (" (that is ", Math(of_normal), " with ", Math(rf"{y.replace('y', EPS)} \sim {STANDARD}"), ")")


def _theta(frame: pd.DataFrame) -> Iterator[Piece]:
    """Which letters the theta of the gradients below stands for, where the family is the normal."""
    if (frame["family"] == "normal").all():
        yield from ("; ", Math(r"\theta"), " below is ", Math(r"\mu"), ", ", Math(r"\sigma"), " or ", Math(r"\sigma^2"))


def _derivatives(frame: pd.DataFrame) -> Iterator[Text]:
    """Path and score of the normal by mu and by sigma^2, which is what is asked about."""
    if (frame["family"] == "normal").all():
        yield ("with ", Math(PATHS), ", ", Math(SCORES))


def _estimators(frame: pd.DataFrame) -> Iterator[Text]:
    """The gradient that each estimator makes of one draw."""
    for name in frame["estimator"].unique():
        if formula := words.formula(name):
            also = f" ({SYNONYMS[name]})" if name in SYNONYMS else ""
            yield (f"{wording.name(name)}{also}: ", Math(formula, look(name).colour))
