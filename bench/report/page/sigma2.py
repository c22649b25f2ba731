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
NOISY, OVER = "score_function", "pathwise"  # whose noise is compared along the descent


def of_sigma2(tables: Tables) -> dict[str, str]:
    """Both questions with their answers, as far as this sweep measured dF/dsigma^2 = n."""
    rows = shares_of_n(tables["statistics"])
    if rows.empty:
        return {}
    spread = " to ".join(dict.fromkeys(f"{end:.3f}" for end in (rows["share"].min(), rows["share"].max())))
    names = wording.listed(map(wording.the, rows["estimator"].unique()))
    mu, sigma, sigma2 = map(wording.sign, ("mu", "sigma", "sigma2"))
    total = f"{SUM} (x{INDEX} - {mu})\N{SUPERSCRIPT TWO} + n {sigma2}"
    ends = f"Descent takes {mu} to the mean of the data and {sigma} to 0 with either gradient."
    return {
        WHY: f"F = {total}, so dF/d{sigma2} = n > 0 everywhere, and F falls until {sigma} is 0. Measured over exact, "
        f"by {names}: {spread}, within noise. Only an objective that rewards spread, as the entropy of an ELBO does, "
        f"has a {sigma2} to be found.",
        DESCENDS: " ".join(filter(None, (ends, _noise(tables["ratios"])))),
    }


def shares_of_n(statistics: pd.DataFrame) -> pd.DataFrame:
    """The rows of dF/dsigma^2 of that question, with its `share` of n; none where n is not the exact gradient."""
    rows = statistics[is_asked(statistics) & (statistics["parameter"] == "sigma2") & (statistics["status"] == "ok")]
    rows = rows.assign(share=rows["gradient"] / rows["dataset_size"])
    return rows if np.allclose(rows["exact_gradient"], rows["dataset_size"], rtol=1e-12) else rows.head(0)


def _noise(ratios: pd.DataFrame) -> str:
    """How the exact variance ratio by mu grows from the largest sigma to the smallest; empty where it does not."""
    pair = (ratios["numerator"] == NOISY) & (ratios["denominator"] == OVER) & (ratios["parameter"] == "mu")
    rows = slices.measured(ratios[is_asked(ratios) & pair], "exact_variance_ratio")
    rows, chosen = slices.middle(rows[rows["sampler"] == "iid"], ["mu", "dataset_size", "samples"])
    if rows["sigma"].nunique() < 2:
        return ""
    mu, sigma = map(wording.sign, ("mu", "sigma"))
    by_sigma = rows.sort_values("sigma")[["sigma", "exact_variance_ratio"]].to_numpy(float)
    (small, most), (large, least) = by_sigma[0], by_sigma[-1]
    if most <= least:
        return ""
    size = wording.at({"dataset_size": chosen["dataset_size"]})
    return (
        f"As {sigma} shrinks, the exact variance of {wording.the(NOISY)}'s {mu} gradient grows from "
        f"{spoken(least)} times that of {wording.the(OVER)} ({sigma} = {spoken(large)}) to {spoken(most)} times "
        f"({sigma} = {spoken(small)}), at {size}, so it needs smaller steps or more draws."
    )
