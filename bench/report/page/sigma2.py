"""What becomes of sigma^2 where squared error is asked of one y: why it goes to 0, and how noisy the way there is."""

import numpy as np
import pandas as pd

from bench.markup.mathematics import plain
from bench.markup.numbers import spoken
from bench.report.sections import wording
from bench.report.sections.asked import is_asked
from bench.report.sections.phrases import Tables
from bench.tables import slices

WHY, DESCENDS = plain(r"Why does $\sigma^2$ go to 0?"), "What does descent do?"
SUM, INDEX = "\N{N-ARY SUMMATION}\N{LATIN SUBSCRIPT SMALL LETTER I}", "\N{LATIN SUBSCRIPT SMALL LETTER I}"
COMPARED = ("pathwise", "score_function")  # whose noise is compared along the descent


def of_sigma2(tables: Tables) -> dict[str, str]:
    """Both questions with their answers, as far as this sweep measured dF/dsigma^2 = n."""
    rows = shares_of_n(tables["statistics"])
    if rows.empty:
        return {}
    spread = " to ".join(dict.fromkeys(f"{end:.3f}" for end in (rows["share"].min(), rows["share"].max())))
    names = wording.listed(map(wording.the, rows["estimator"].unique()))
    mu, sigma, sigma2 = map(wording.sign, ("mu", "sigma", "sigma2"))
    total = f"{SUM} (x{INDEX} - {mu})\N{SUPERSCRIPT TWO} + n {sigma2}"
    ends = (
        f"Descent takes {mu} to the mean of the data and {sigma} to 0 with either gradient. A step on {sigma2} itself "
        f"takes the rate times n off it, however little is left, and so comes below 0, where {sigma} is no number; "
        f"steps on log {sigma} shrink {sigma} for ever."
    )
    return {
        WHY: f"F = {total}, so dF/d{sigma2} = n > 0 everywhere, and F falls until {sigma} is 0. Measured over exact, "
        f"with one y for all data, by {names}: {spread}, within noise. Only an objective that rewards spread, as the "
        f"entropy of an ELBO does, has a {sigma2} to be found.",
        DESCENDS: " ".join(filter(None, (ends, _noise(tables["statistics"])))),
    }


def shares_of_n(statistics: pd.DataFrame) -> pd.DataFrame:
    """The rows of dF/dsigma^2 of that question, with its `share` of n; none where n is not the exact gradient."""
    rows = statistics[is_asked(statistics) & (statistics["parameter"] == "sigma2") & (statistics["status"] == "ok")]
    rows = rows.assign(share=rows["gradient"] / rows["dataset_size"])
    return rows if np.allclose(rows["exact_gradient"], rows["dataset_size"], rtol=1e-12) else rows.head(0)


def _noise(statistics: pd.DataFrame) -> str:
    """The exact variance of each gradient by mu, from the largest sigma to the smallest; empty where one is unknown."""
    rows = statistics[is_asked(statistics) & statistics["estimator"].isin(COMPARED)]
    rows = slices.measured(rows[(rows["parameter"] == "mu") & (rows["sampler"] == "iid")], "exact_variance")
    rows, chosen = slices.middle(rows, ["mu", "dataset_size", "samples"])
    told = {name: its.sort_values("sigma", ascending=False) for name, its in rows.groupby("estimator", sort=False)}
    if {*told} != {*COMPARED} or rows["sigma"].nunique() < 2:
        return ""
    cell = wording.at({key: chosen[key] for key in ("mu", "dataset_size", "samples")})
    ways = [f"that of {wording.the(name)} {_way(told[name])}" for name in COMPARED]
    falling = f"As {wording.sign('sigma')} falls at {cell}, one y for all data, the exact variance of the gradient"
    return f"{falling} by {wording.sign('mu')}: {'; '.join(ways)}."


def _way(rows: pd.DataFrame) -> str:
    """How a variance goes as sigma shrinks: falls from 2,500 (sigma = 10) to 1 (sigma = 0.3), then rises to 9."""
    values, sigma = rows["exact_variance"].to_numpy(float), wording.sign("sigma")
    first, last, least = 0, len(values) - 1, int(np.argmin(values))

    def at(place: int) -> str:
        return f"{spoken(values[place])} ({sigma} = {spoken(rows['sigma'].iloc[place])})"

    if least in (first, last):
        return f"{'rises' if least == first else 'falls'} from {at(first)} to {at(last)}"
    return f"falls from {at(first)} to {at(least)}, then rises to {at(last)}"
