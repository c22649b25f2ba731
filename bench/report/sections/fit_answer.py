"""The question that all began with, answered by a fit: the algebra, and where each estimator ended beside it.

y = mu + sigma * eps with one mu and one sigma, under an objective whose F is known in closed form.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

import pandas as pd

from bench.drawing.learners import in_words
from bench.drawing.palette import look
from bench.markup.blocks import Block, Bullets, Cell, Column, Heading, Interval, Math, Number, Paragraph, Table, Text
from bench.markup.numbers import known, number, number_or_unknown, spoken
from bench.report.sections import wording
from bench.report.sections.algebra import ALGEBRA, MU, SIGMA2, UNKNOWN, Place, place
from bench.report.sections.ends import last
from bench.report.sections.learners import key_cell, key_columns, varying
from bench.report.sections.phrases import Row, Tables
from bench.tables.firsts import SETTING

MOST = 12  # learners
SIGMA = wording.sign("sigma")
DRAW, MEAN = r"y = \mu + \sigma\epsilon", r"F(\mu, \sigma) = \mathbb{E}\, f(y)"
SCORE, PATH = "score_function", "pathwise"
METHODS = ("score function", "pathwise (reparameterisation)")
COLOURS = ("", look(SCORE).colour, look(PATH).colour)
BY = {MU: r"\frac{\partial F}{\partial\mu}", SIGMA2: r"\frac{\partial F}{\partial\sigma^2}"}
FORMULAS = (
    (BY[MU], r"f(y)\, \frac{\epsilon}{\sigma}", "f'(y)"),
    (BY[SIGMA2], r"f(y)\, \frac{\epsilon^2 - 1}{2 \sigma^2}", r"f'(y)\, \frac{\epsilon}{2 \sigma}"),
)
WHY = (
    f"Why does {SIGMA2} go to 0 under the squared error? dF/d{SIGMA2} = n is a positive constant, whichever "
    f"estimator finds it: F has no stationary point in {SIGMA2}, descent drives {SIGMA} to 0, and is right to."
)
ENTROPIES: Mapping[str, str] = {
    "closed_form": f"with the entropy in closed form f = -log p, and the exact gradient of E log q is added, 0 by {MU} "
    f"and -1 / (2{SIGMA2}) by {SIGMA2}",
    "monte_carlo": "with the entropy by Monte Carlo f = log q - log p, and the score of the same draw is added",
    "sticking_the_landing": f"sticking the landing f = log q - log p, the {MU} and {SIGMA} inside log q held fixed",
}


def fit_answer(tables: Tables, manifest: Mapping[str, Any]) -> list[Block]:
    """What algebra says and what the tables say; nothing where no learner has an F of closed form."""
    curves = tables["curves"]
    shared = (curves["family"] == "normal") & (curves["latent"] == "shared") & (curves["dimension"] == 1)
    rows = curves[shared & curves["objective"].isin(ALGEBRA)]
    names = [str(name) for name in rows["estimator"].unique()]
    if rows.empty or not {SCORE, PATH} & {*names}:
        return []
    objectives = [str(name) for name in rows["objective"].unique()]
    ended = last(rows)
    return [
        Heading(2, "The answer"),
        Paragraph((Math(DRAW), ", ", Math(r"\epsilon \sim \mathcal{N}(0, 1)"), ", ", Math(MEAN), ".")),
        Table([*map(Column, ("", *METHODS))], [_formulas(line, COLOURS) for line in FORMULAS], "From one draw"),
        Paragraph(_terms(rows, manifest)),
        Table(
            [*map(Column, ("objective", "F", f"dF/d{MU}", f"dF/d{SIGMA2}", "F is least at"))],
            [[in_words(name), *_formulas(ALGEBRA[name].formulas)] for name in objectives],
            "In expectation",
        ),
        _table(ended, manifest),
        *map(Paragraph, _agreement(manifest["verdict"], {SCORE, PATH} <= {*names})),
        *map(Paragraph, _variances(rows)),
        *(Paragraph(WHY) for name in objectives if name == "squared_error"),
        Bullets([*_ends(rows, ended, manifest)]),
    ]


def _formulas(formulas: Sequence[str], colours: Sequence[str] = ()) -> list[Cell]:
    return [(Math(formula, colour),) for formula, colour in zip_longest(formulas, colours, fillvalue="")]


def _terms(rows: pd.DataFrame, manifest: Mapping[str, Any]) -> Text:
    """What the letters are, and what f is where the objective is a target."""
    data = manifest.get("data") or {}
    values = r",\ ".join(
        f"{letter} = {number(data[key], 4)}"
        for letter, key in ((r"\bar{x}", "mean"), ("v", "variance"), ("n", "n"))
        if known(data.get(key))
    )
    told = [ENTROPIES[name] for name in rows["entropy"].unique() if name in ENTROPIES]
    targets = f" Targets, F = E[log q - log p]: {'; '.join(told)}." if told else ""
    letters = (Math(r"f' = \frac{d f}{d y}"), "; ", Math(r"\bar{x}"), " and v are the mean and the (1/n) variance of ")
    return (*letters, "the n data", *(("; here ", Math(values)) if values else ()), f".{targets}")


def _table(ended: pd.DataFrame, manifest: Mapping[str, Any]) -> Table:
    """A line for each learner: medians with their intervals beside what algebra says."""
    keys = ["objective", *(key for key in varying(ended) if key not in ("objective", "variant")), "estimator"]
    lines: list[list[Cell]] = []
    for row in ended.head(MOST).to_dict("records"):
        solved = place(row, manifest)
        lines.append([*(key_cell(_word(row[key])) for key in keys), *_cells(row, MU, solved.mu)])
        lines[-1] += _cells(row, SIGMA2, solved.sigma2)
    header = [Column(title, name) for name in (MU, SIGMA2) for title in ("median of the ends", "algebra")]
    more = f"; the first {MOST} of {len(ended)} learners" if len(ended) > MOST else ""
    caption = f"Where descent ended after {number(ended['step'].max())} steps, with 95 % intervals of the medians{more}"
    return Table([*key_columns(keys), *header], lines, caption)


def _cells(row: Row, name: str, solved: float) -> list[Cell]:
    value, low, high = _median(row, name)
    median = Interval(Number(value), Number(low), Number(high)) if known(value) else "diverged"
    return [median, Number(solved, 4) if known(solved) else None]


def _median(row: Row, name: str) -> tuple[float, float, float]:
    """The median over replicates with its interval; that of sigma^2 is that of sigma squared: squares keep order."""
    column, power = ("mu", 1) if name == MU else ("sigma", 2)
    value, low, high = (float(row[f"{column}{end}"]) ** power for end in ("", "_median_low", "_median_high"))
    return value, low, high


def _word(value: Any) -> Any:
    """A key without underscores."""
    return in_words(value) if isinstance(value, str) else value


def _agreement(judged: Mapping[str, Any], both: bool) -> Iterator[str]:
    """Whether the gradients that were stepped with are the exact ones, by mu and by sigma."""
    asks = "Do they agree?" if both else "Is the gradient right?"
    if not judged["ok"]:
        yield f"{asks} Not all gradients that were stepped with are the exact ones: see the verdict."
    elif checks := judged.get("checks"):
        yield (
            f"{asks} Yes, for {MU} and for {SIGMA2}: {checks:,} gradients of this run were held against exact ones and "
            f"none fails; the largest abs(z) is {number_or_unknown(judged.get('worst_gradient_z'))}, allowed is "
            f"{number_or_unknown(judged.get('bound'))}. dF/d{SIGMA2} is dF/d{SIGMA} / (2{SIGMA}) for all."
        )
    else:
        yield f"{asks} Nothing was compared with exact gradients."


def _ends(rows: pd.DataFrame, ended: pd.DataFrame, manifest: Mapping[str, Any]) -> Iterator[str]:
    """For each learner in one sentence whether the intervals hold what algebra says."""
    begun = rows[rows["step"] == 0].set_index(ended.index)
    for at, row in [*ended.iterrows()][:MOST]:
        record = row.to_dict()
        told = _named(record, ("objective", *_told(ended), "estimator"))
        yield f"{told}: {_sentence(record, begun.loc[at].to_dict(), place(record, manifest), manifest)}."


def _named(values: Mapping[str, Any], keys: Sequence[str]) -> str:
    """Some keys of a learner in words, numbers with their names: Gaussian KL, samples 10."""
    words = (_word(values[key]) if isinstance(values[key], str) else wording.at({key: values[key]}) for key in keys)
    return ", ".join(filter(None, words))


def _told(ended: pd.DataFrame) -> list[str]:
    """What tells learners of an objective apart, beside the estimator."""
    counts = ended.groupby("objective")[[*SETTING]].nunique(dropna=False).max()
    return [key for key in varying(ended) if key not in ("objective", "dimension") and counts.get(key, 1) > 1]


def _sentence(row: Row, start: Row, solved: Place, manifest: Mapping[str, Any]) -> str:
    if row["diverged"] or not known(row["mu"]):
        return f"{row['diverged']:.0f} of {row['replicates']:.0f} replicates diverged"
    if not known(solved.mu):
        return UNKNOWN
    fixed = manifest["config"].get("fixed", ()) if "config" in manifest else ()
    clauses = [] if "mu" in fixed else [_held(row, MU, solved.mu)]
    if "sigma" in fixed:
        clauses.append(f"{SIGMA} was held at its start")
    elif solved.sigma2 == 0:
        now, before = _median(row, SIGMA2)[0], float(start["sigma"]) ** 2
        way = f"{SIGMA2} has come from {spoken(before)} to {spoken(now)}"
        clauses.append(f"{way}, on its way to 0" if now < before else f"{way}, and does not fall")
    else:
        clauses.append(_held(row, SIGMA2, solved.sigma2))
    return "; ".join(clauses)


def _held(row: Row, name: str, solved: float) -> str:
    """Whether the interval of a median holds a number."""
    _, low, high = _median(row, name)
    if low <= solved <= high:
        return f"the interval of {name} holds {number(solved, 4)}"
    return f"the interval of {name} misses {number(solved, 4)}, which lies {'below' if solved < low else 'above'} it"


def _variances(rows: pd.DataFrame) -> Iterator[str]:
    """How much more a step of the score function varies than one of pathwise, at the start and at the end."""
    words, lower = [], 0
    for key, setting in rows.groupby([*SETTING], sort=False, dropna=False):
        begun, ended = (_ratio(setting[setting["step"] == step]) for step in (0, rows["step"].max()))
        if begun and ended:
            keys = dict(zip(SETTING, key, strict=True))
            told = _named(keys, ("objective", *_told(last(rows))))
            words.append(f"{told}: {begun.words} and {ended.words}")
            lower += begun.higher and ended.higher
    if words:
        yield (
            f"Is the variance of pathwise lower? In {lower} of {len(words)} settings, at the start and at the end. The "
            "variance of a step's gradient, score function over pathwise, medians over replicates, at the start (both "
            f"at one {wording.sign('theta')}) and at the end (each where it is): {'; '.join(words[:MOST])}."
        )


class _Ratio(NamedTuple):
    """A ratio in words, and whether the interval of its numerator lies above that of its denominator."""

    words: str
    higher: bool


def _ratio(rows: pd.DataFrame) -> _Ratio | None:
    """The ratio of the medians; where their intervals meet, that they do. None where it is not known."""
    sides = {row["estimator"]: row for row in rows.to_dict("records")}
    if not {SCORE, PATH} <= {*sides}:
        return None
    (above, above_low, above_high), (below, below_low, below_high) = (
        tuple(float(sides[name][f"step_variance{end}"]) for end in ("", "_median_low", "_median_high"))
        for name in (SCORE, PATH)
    )
    if not (known(above) and known(below) and below > 0):
        return None
    apart = above_low > below_high or below_low > above_high
    return _Ratio(spoken(above / below) + ("" if apart else " (their intervals meet)"), above_low > below_high)
