"""Claims of variances, of variances times work and of rates, each with one that does not hold."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from bench.report.sections.claims import at_the_end, judged
from bench.tables.curves import LEARNER
from tests.support import synthetic


def tables() -> dict[str, pd.DataFrame]:
    """K from 1 to 100 by iid draws, with 1 / K, and by others, with K^-2.5 and from 3 times as much."""
    run = synthetic.tables(sigma=[1.0], dataset_size=[1], samples=[1, 10, 100])
    rows = run["statistics"]
    rows = rows[(rows["parameter"] == "mu") & (rows["estimator"] != "score_function_local")]
    size = rows["estimator"].map({"pathwise": 2.0, "score_function": 5.0}).astype(float)
    k = rows["samples"].astype(float)
    parts = []
    for sampler, exact in (("iid", size / k), ("sobol", 3 * size / k**2.5)):
        ends = {f"variance{end}": exact * factor for end, factor in (("", 1.01), ("_low", 0.98), ("_high", 1.03))}
        work = rows["estimator"].map({"pathwise": 1, "score_function": 4}) * rows["samples"]
        parts.append(rows.assign(sampler=sampler, exact_variance=exact, evaluations=work, **ends))
    return run | {"statistics": pd.concat(parts, ignore_index=True)}


def said(claim: dict[str, Any], run: dict[str, pd.DataFrame] | None = None) -> str:
    run = run or tables()
    return judged(run, run["statistics"], claim)


BETTER: dict[str, Any] = {"lower": {"sampler": "sobol"}, "than": {"sampler": "iid"}}


def test_two_sides_differ_in_what_they_name_and_nothing_else() -> None:
    """Of 2 latents, 2 estimators and 3 K; at K = 1 the others are 3 times worse."""
    run = tables()
    points = len(run["statistics"]) // 2
    words = said(BETTER, run)
    assert words.startswith(f"holds in {points * 2 // 3} of {points} points (by a factor of 10.5 to 333), does not in ")
    assert "sampler" not in words
    assert "shared draw, pathwise, K = 1: 6 against 2" in words
    assert (
        said(BETTER | {"where": {"samples": 100}}, run)
        == f"holds in {points // 3} of {points // 3} points (by a factor of 333)"
    )
    growth = {"lower": {"samples": 100}, "than": {"samples": 1}, "where": {"sampler": "iid", "estimator": "pathwise"}}
    assert said(growth, run).endswith("points (by a factor of 100)")


def test_what_is_the_same_is_neither() -> None:
    run = tables()
    rows = run["statistics"].copy()
    sobol = rows["sampler"] == "sobol"
    rows.loc[sobol, "exact_variance"] = rows.loc[~sobol, "exact_variance"].to_numpy() * (1 + 1e-12)
    words = said(BETTER, run | {"statistics": rows})
    assert words.startswith("holds in 0 of ")
    assert words.endswith(f"is equal in {sobol.sum()}")


def test_evaluations_multiply_variances() -> None:
    """5 against 2, but 4 evaluations against 1; halved, the order of variances alone turns."""
    by_path = {"lower": "pathwise", "than": "score_function", "where": {"sampler": "iid"}}
    assert "(by a factor of 2.5)" in said(by_path)
    assert "(by a factor of 10)" in said(by_path | {"in": "evaluations"})


def test_seconds_multiply_variances_and_tell_apart_what_intervals_do() -> None:
    """The same time for both, to a tenth: 5 against 2 is told; to a factor of 3 it is not."""
    run = tables()
    claim = {"lower": "pathwise", "than": "score_function", "in": "seconds", "where": {"sampler": "iid"}}
    for spread, words in ((1.1, "(by a factor of 2.5)"), (3.0, "is not told apart in ")):
        times = run["timings"].assign(time_ratio=1.0, time_ratio_low=1 / spread, time_ratio_high=spread)
        assert words in said(claim, run | {"timings": times})
    slow = run["timings"].assign(time_ratio=np.where(run["timings"]["estimator"] == "pathwise", 10.0, 1.0))
    slow = slow.assign(time_ratio_low=slow["time_ratio"] * 0.9, time_ratio_high=slow["time_ratio"] * 1.1)
    assert said(claim, run | {"timings": slow}).startswith("holds in 0 of ")
    assert said(claim, run | {"timings": run["timings"].iloc[:0]}) == "this run has no point of it"


def test_rates_are_compared_along_an_axis() -> None:
    assert said(BETTER | {"along": "samples"}).startswith("holds in 4 of 4 points")
    worse = {"lower": BETTER["than"], "than": BETTER["lower"], "along": "samples"}
    assert "against -2.5" in said(worse)


@pytest.mark.parametrize(("rate", "holds"), [(-1, 4), (-1.04, 4), (-1.06, 0), (1, 0)])
def test_a_rate_is_a_power_to_one_decimal(rate: float, holds: int) -> None:
    words = said({"rate": rate, "along": "samples", "where": {"sampler": "iid"}})
    assert words.startswith(f"holds in {holds} of 4 points")
    if not holds:
        assert "shared draw, pathwise: -1.00" in words


def test_the_dimension_is_an_axis_also_where_the_objective_names_it() -> None:
    run = tables()
    rows = run["statistics"]
    rows = rows[(rows["samples"] == 1) & (rows["sampler"] == "iid")]
    several = [
        rows.assign(variant=f"c=1,dimension={d}", dimension=d, exact_variance=rows["exact_variance"] * d**3)
        for d in (1, 10, 100)
    ]
    run["statistics"] = pd.concat(several, ignore_index=True)
    assert said({"rate": 3, "along": "dimension"}, run).startswith("holds in 4 of 4 points")
    few = {"lower": {"dimension": 1}, "than": {"dimension": 100}}
    assert said(few, run) == "holds in 4 of 4 points (by a factor of 1 million)"
    one = {"lower": {"variant": "dimension=10"}, "than": {"variant": "dimension=1"}}
    assert said(one, run).startswith("this run has no point")


def ended(**losses: tuple[float, float, float]) -> pd.DataFrame:
    """Two learners at the last of two steps: F and its interval by estimator."""
    rows = []
    for estimator, (loss, low, high) in losses.items():
        place = dict.fromkeys(LEARNER, "") | {"estimator": estimator, "learning_rate": 0.1, "samples": 10}
        for step, more in ((0, 100.0), (40, 0.0)):
            value = {f"loss{end}": number + more for end, number in zip(MEDIAN, (loss, low, high), strict=True)}
            spread = {f"step_variance{end}": 5 - number for end, number in zip(MEDIAN, (loss, high, low), strict=True)}
            rows.append({**place, "step": step, **value, **spread})
    return pd.DataFrame(rows)


MEDIAN = ("", "_median_low", "_median_high")
FIRST = {"lower": "pathwise", "than": "score_function"}


def test_learners_are_compared_where_they_end() -> None:
    curves = ended(pathwise=(1.0, 0.9, 1.1), score_function=(2.0, 1.8, 2.2))
    assert at_the_end(curves, FIRST) == "holds in 1 of 1 points (by a factor of 2)"
    turned = at_the_end(curves, FIRST | {"in": "variance"})
    assert turned == "holds in 0 of 1 points, does not in 1 (4 against 3)"
    assert at_the_end(curves, FIRST | {"where": {"samples": 3}}) == "this run has no point of it"
    assert at_the_end(curves, {"says": "good"}).startswith("a qualitative claim")


def test_ends_that_meet_are_not_told_apart_and_one_that_has_diverged_is_worse() -> None:
    meeting = ended(pathwise=(1.0, 0.5, 1.5), score_function=(1.2, 0.9, 1.4))
    assert at_the_end(meeting, FIRST) == "holds in 0 of 1 points, is not told apart in 1"
    lost = ended(pathwise=(1.0, 0.5, 1.5), score_function=(np.inf, np.inf, np.inf))
    assert at_the_end(lost, FIRST) == "holds in 1 of 1 points (against infinity in 1)"


def test_a_variance_of_nothing_without_an_oracle_is_lower_than_any() -> None:
    """It has no interval."""
    run = tables()
    rows = run["statistics"].assign(exact_variance=np.nan)
    sobol = rows["sampler"] == "sobol"
    rows.loc[sobol, "variance"] = 0.0
    rows.loc[sobol, ["variance_low", "variance_high"]] = np.nan
    words = said(BETTER, run | {"statistics": rows})
    assert words == f"holds in {sobol.sum()} of {sobol.sum()} points (with 0 in {sobol.sum()})"
