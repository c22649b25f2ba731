"""The page of a fit: the answers that a reader sees first, and the learning curves as its explorer reads them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from bench.drawing.learners import in_words
from bench.markup.numbers import number
from bench.report.page.data import embedded, listing, prepared, values
from bench.report.page.looks import looks
from bench.report.page.marks import ranges, strips
from bench.report.page.told import Facet, single
from bench.report.sections import wording
from bench.report.sections.ends import last, share_left
from bench.report.sections.firsts import NOBODY, TIED, winners
from bench.report.sections.fit_verdict import not_compared
from bench.report.sections.phrases import Tables
from bench.report.sections.purpose import purpose
from bench.report.sections.vae import claims
from bench.tables.contents import TABLES
from bench.tables.firsts import ALIKE, MEASURES, SETTING
from bench.tables.times import SHARES

LISTED = ("firsts", "times", "curves")  # the answer first
QUANTITIES: Mapping[str, str] = {
    "gap": "gap above the least F",
    "loss": "F",
    "distance": "distance to where F is least",
    "gradient_norm": "norm of the exact gradient by the parameters",
    "step_variance": "variance of a step's gradient by the free numbers",
    "mu": "mu",
    "sigma": "sigma",
}
AXES: Mapping[str, str] = {
    "step": "steps",
    "evaluations": "evaluations of f",
    "seconds": "time of one replicate (s)",
}
INTERVALS = ("_median_low", "_median_high")  # of medians: curves.csv has them
END = "Where do they end?"
UNSEEN = ("variant", "dimension")


def of_fit(tables: Tables, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of a fit's page is filled with."""
    frames = {name: _seen(frame) for name, frame in prepared(tables).items() if name in LISTED}
    curves = frames["curves"]
    keys = {name for table in LISTED for name in TABLES[table].keys} | {"status", "oracle", "first", "theta"}
    marks = looks(curves["estimator"].unique())
    distinct = {name: values(curves[name]) for name in SETTING if name not in UNSEEN}
    facets = [Facet(name, choices, choices[0] if choices else None) for name, choices in distinct.items()]
    listings = [listing(name, frames[name]) for name in LISTED]
    quantities = {name: words for name, words in QUANTITIES.items() if curves[name].notna().any()}
    return {
        "compared": "descent with gradient estimators compared",
        "asks": purpose(tables["curves"], manifest),
        "answers": answers(tables, manifest["verdict"]),
        "pictures": defaultdict(str, pictures(tables["curves"])),
        "facets": facets,
        "quantities": quantities,
        "axes": {name: words for name, words in AXES.items() if curves[name].notna().any()},
        "looks": marks,
        "data": {
            "name": manifest.get("name", "report"),
            "tables": {name: embedded(frame, (), keys) for name, frame in frames.items()},
            "looks": marks,
            "facets": [facet.name for facet in facets],
            "single": single(facets),
            "listed": {listing.name: listing.columns for listing in listings},
        },
        "listings": listings,
    }


def _seen(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that the page has room for."""
    return frame[[name for name in frame if not str(name).endswith(INTERVALS)]]


def answers(tables: Tables, judged: Mapping[str, Any]) -> dict[str, str]:
    """Questions with their answers, of descent or of an autoencoder; none where steps disagree with the oracle."""
    if not judged["ok"]:
        return {}
    if said := claims(tables):
        return said
    replies = {}
    if checks := judged.get("checks"):
        beyond = list(not_compared(judged))
        agree = f"Yes{', where compared' if beyond else ''}: {checks:,} gradients against exact values, and none fails."
        replies["Are the steps right?"] = " ".join([agree, *beyond])
    replies[END] = _where(tables["curves"])
    if first := _who(tables):
        replies["Who is there first?"] = first
    return replies


def pictures(curves: pd.DataFrame) -> dict[str, Markup]:
    """What is left of the gap, from the least to the most of each estimator; none where no least F is known."""
    left = share_left(curves).rename("left").reset_index()
    left = left[np.isfinite(left["left"]) & (left["left"] > 0)]
    if left.empty:
        return {}
    of_each = ranges(left, "estimator", "left")
    return {
        END: strips(
            of_each, 1.0, "What is left of the gap at the start: least, median and most", "share of the gap left"
        )
    }


def _where(curves: pd.DataFrame) -> str:
    """How much of the gap is left to each estimator, over all settings."""
    ended, left = last(curves), share_left(curves)
    if left.notna().any():
        shares = left.dropna().groupby("estimator", sort=False)
        words = [f"{in_words(name)} {_range(100 * group, ' %')}" for name, group in shares]
        return f"Of the gap at the start are left, in the median: {', '.join(words)}."
    words = [f"{in_words(name)} {_range(group)}" for name, group in ended.groupby("estimator", sort=False)["loss"]]
    return f"At F, in the median: {', '.join(words)}."


def _range(values: pd.Series, unit: str = "") -> str:
    """The smallest and the largest, and where there is none: 0.3 to 12 % (infinite in 2 of 8)."""
    there = values[np.isfinite(values.astype(float))]
    gone = len(values) - len(there)
    if there.empty:
        return "infinite"
    return wording.spread(there.min(), there.max(), unit) + (f" (infinite in {gone} of {len(values)})" if gone else "")


def _who(tables: Tables) -> str:
    """In how many settings each learner is before all others, to the hardest gap that two come to."""
    times = tables["times"]
    there = times[np.isfinite(times["steps"].astype(float))].groupby([*ALIKE, "share"], dropna=False).size()
    share = min(there[there > 1].index.get_level_values("share"), default=SHARES[0])
    told = [(seen, words.partition(" (")[0]) for row, seen, words in winners(tables) if row["share"] == share]
    by_measure = {measure: Counter(name for seen, name in told if seen == measure) for measure in MEASURES}
    said: dict[str, list[str]] = {}
    for measure, counts in by_measure.items():
        if counts:
            said.setdefault(_counted(counts), []).append(f"in {measure}")
    parts = "; ".join(f"{' and '.join(measures)}, {words}" for words, measures in said.items())
    return f"To {number(100 * share)} % of the gap, {parts}." if parts else ""


def _counted(counts: Counter[str]) -> str:
    """Of so many settings, who is first in how many."""
    parts = [f"{name} in {count}" for name, count in counts.most_common() if name not in (NOBODY, TIED)]
    nobody = counts[NOBODY] + counts[TIED]
    parts += [f"nobody is before all others in {nobody}"] if nobody else []
    settings = "1 setting" if counts.total() == 1 else f"{counts.total()} settings"
    return f"of {settings}: {', '.join(parts)}"
