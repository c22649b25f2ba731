"""What a reader sees first: the answers, and the ratios of the middle cell."""

import numpy as np
import pandas as pd
import pytest

from bench.markup import numbers
from bench.report.page.headline import Headline, answers, headline
from bench.report.page.sigma2 import DESCENDS, WHY
from bench.tables import slices
from tests.support import synthetic
from tests.support.signs import MU, SIGMA, SIGMA2

Frames = dict[str, pd.DataFrame]
JOINT = "score_function"
LATENTS = {"shared": "shared draw", "per_datum": "draw per datum"}


@pytest.fixture(scope="module")
def tables() -> Frames:
    return synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1, 10])


def test_the_answers_are_the_extremes_of_the_tables(tables: Frames) -> None:
    lines = answers(tables, {"ok": True, "checks": 12})
    assert list(lines)[:3] == ["Do they agree?", "Which varies less?", "At what cost in time?"]
    assert list(lines)[3:] == [WHY, DESCENDS]
    rows = slices.measured(tables["ratios"], "variance_ratio")
    varies, cost = lines["Which varies less?"], lines["At what cost in time?"]
    over = f"Pathwise, in all {len(rows)} measured ratios. The variance over that of pathwise: "
    kinds = ((JOINT, "shared"), (JOINT, "per_datum"), ("score_function_local", "per_datum"))
    told = [f"the {name.replace('_', ' ')} ({LATENTS[latent]}) {ends(rows, name, latent)}" for name, latent in kinds]
    assert varies.startswith(f"{over}{'; '.join(told)}. This is no law")
    of_one = {**tables, "ratios": tables["ratios"][tables["ratios"]["latent"] == "shared"]}
    said = answers(of_one, {"ok": True})["Which varies less?"]
    assert f"that of pathwise: the score function {ends(rows, JOINT, 'shared')}. This is no law" in said
    at_one = {**tables, "ratios": of_one["ratios"][of_one["ratios"]["sigma"] == 1]}
    assert SIGMA not in answers(at_one, {"ok": True})["Which varies less?"].partition("This is no law")[0]
    rows = tables["timings"][(tables["timings"]["samples"] == 10) & (tables["timings"]["dataset_size"] == 10)]
    spread = rows[rows["estimator"] == JOINT]["time_ratio"].agg(["min", "max"])
    assert cost.startswith("At n = 10 and K = 10, the score function takes ")
    assert (
        f" takes {' to '.join(map(numbers.spoken, spread))} times as long as pathwise; the score function loc" in cost
    )


def ends(rows: pd.DataFrame, name: str, latent: str) -> str:
    """The least and the largest ratio of an estimator, each with its sigma."""
    rows = rows[(rows["numerator"] == name) & (rows["latent"] == latent)].sort_values("variance_ratio")
    told = rows.iloc[[0, -1]][["variance_ratio", "sigma"]].itertuples(index=False)
    return " to ".join(f"{numbers.spoken(ratio)} at {SIGMA} = {numbers.spoken(sigma)}" for ratio, sigma in told)


def test_another_f_is_warned_of_where_squared_error_alone_was_asked_and_pathwise_is_always_lower(
    tables: Frames,
) -> None:
    said = f"This is no law: of f = cos(k y) the score function wins where k {SIGMA} is large, with a ratio for "
    assert said in answers(tables, {"ok": True})["Which varies less?"]
    for changed in ({"objective": "cosine"}, {"denominator": "score_function"}, {"variance_ratio_low": 0.9}):
        other = {**tables, "ratios": tables["ratios"].assign(**changed)}
        assert "no law" not in answers(other, {"ok": True})["Which varies less?"]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.992, 1.049, "as long as pathwise, within 5 % (0.992 to 1.05)."),
        (1.0, 1.0, "as long as pathwise, within 1 %."),
        (0.85, 1.0, "0.85 to 1 times as long as pathwise."),
        (1.0, 1.2, "1 to 1.2 times as long as pathwise."),
    ],
)
def test_times_that_are_nearly_equal_read_as_equal(tables: Frames, low: float, high: float, said: str) -> None:
    rows = tables["timings"][tables["timings"]["estimator"] != "score_function_local"]
    ratios = np.where(rows["estimator"] == "pathwise", 1.0, np.where(rows["evaluation"] == "direct", low, high))
    (cost,) = [answers({**tables, "timings": rows.assign(time_ratio=ratios)}, {"ok": True})["At what cost in time?"]]
    assert cost == f"At n = 10 and K = 10, the score function takes {said}"


def test_the_answers_count_what_others_win_and_say_nothing_of_numbers_that_are_wrong(tables: Frames) -> None:
    mixed = {name: frame.copy() for name, frame in tables.items()}
    lost = mixed["ratios"].index[mixed["ratios"]["parameter"] == "mu"][:3]
    mixed["ratios"].loc[lost, ["variance_ratio", "variance_ratio_low", "variance_ratio_high"]] = 0.5, 0.4, 0.6
    total = len(slices.measured(tables["ratios"], "variance_ratio"))
    lines = answers(mixed, {"ok": True})["Which varies less?"]
    assert lines.startswith(f"Pathwise, in {total - 3} of {total} measured ratios; another estimator, in 3. ")
    assert answers(tables, {"ok": False}) == answers(tables, {"ok": True, "checks": 0}) == {}


def test_the_headline_has_every_estimator_of_the_middle_cell_with_its_ratios(tables: Frames) -> None:
    """score_function_local has no row where the latent is shared; where everything else is alike, the titles say so."""
    first = headline(tables)
    assert first.denominator == "pathwise"
    titles = ["score function, shared draw", "score function, draw per datum", "score function local, draw per datum"]
    assert [entry.title for entry in first.entries] == titles
    ratios = tables["ratios"]
    middle = ratios[(ratios["sigma"] == 1) & (ratios["dataset_size"] == 10) & (ratios["samples"] == 10)]
    for entry in first.entries:
        name, latent = (text.replace(" ", "_") for text in entry.title.split(", "))
        latent = {"shared_draw": "shared", "draw_per_datum": "per_datum"}[latent]
        rows = middle[(middle["numerator"] == name) & (middle["latent"] == latent)].set_index("parameter")
        assert [ratio.parameter for ratio in entry.ratios] == [MU, SIGMA2]
        for ratio, parameter in zip(entry.ratios, ("mu", "sigma2"), strict=True):
            row = rows.loc[parameter]
            ends = (float(row[f"variance_ratio{end}"]) for end in ("", "_low", "_high"))
            assert ratio.value == numbers.give_or_take(*ends)
            assert ratio.exact == "exact " + numbers.spoken(row["exact_variance_ratio"])


def test_the_headline_says_what_fails_a_check(tables: Frames) -> None:
    wrong = tables["ratios"].assign(status="disagrees")
    first, *_ = headline({**tables, "ratios": wrong}).entries[0].ratios
    assert first.exact == f"{headline(tables).entries[0].ratios[0].exact} (disagrees)"


def test_yes_covers_no_more_than_was_compared(tables: Frames) -> None:
    judged = {"ok": True, "checks": 12}
    assert answers(tables, judged)["Do they agree?"].startswith(f"Yes, for {MU} and {SIGMA2}: all 12 checks ")
    assert answers(tables, {**judged, "no_variance": 3})["Do they agree?"].startswith(
        f"Yes, for {MU} and {SIGMA2}, where compared: all 12 checks "
    )


def test_the_headline_says_which_cell_it_is_of(tables: Frames) -> None:
    assert f"{SIGMA} = 1, n = 10 and K = 10" in headline(tables).slice


def test_without_a_finite_ratio_there_is_no_headline(tables: Frames) -> None:
    unmeasured = tables | {"ratios": tables["ratios"].assign(variance_ratio=np.nan)}
    assert headline(unmeasured) == Headline("the reference", "", ())
    assert list(answers(unmeasured, {"ok": True}))[:2] == ["Do they agree?", "At what cost in time?"]


def test_where_cells_have_other_references_all_are_named() -> None:
    names = ["score_function", "score_function_loo", "pathwise"]
    grid = {"families": ["gamma", "bernoulli"], "dataset_size": [10], "samples": [10], "latents": ["shared"]}
    tables = synthetic.tables(estimators=names, **grid)
    assert headline(tables).denominator == "the reference"
    lines = answers(tables, {"ok": True})
    assert lines["Which varies less?"].startswith("The reference (pathwise or score function), in ")
    cost = lines["At what cost in time?"]
    assert cost.startswith("At n = 10 and K = 10, the score function takes ")
    assert " times as long as the reference; the score" in cost
    times = tables["timings"]
    below = times["estimator"] == np.where(times["family"] == "gamma", "pathwise", "score_function")
    smallest = times[~below & (times["estimator"] == "score_function_loo")]["time_ratio"].min()
    assert f"the score function loo takes {numbers.spoken(smallest)} to " in cost


def test_what_has_no_oracle_is_not_said_to_agree(tables: Frames) -> None:
    lines = answers(tables, {"ok": True, "checks": 12, "no_gradient": 3, "no_variance": 0})
    held = "all 12 checks against exact values hold. 3 gradients have no oracle."
    told = f"Yes, for {MU} and {SIGMA2}, where compared: {held}"
    assert lines["Do they agree?"] == told
    without = tables | {"ratios": tables["ratios"].assign(exact_variance_ratio=np.nan)}
    assert {ratio.exact for entry in headline(without).entries for ratio in entry.ratios} == {"no oracle"}


def test_what_the_checks_are_of_is_said(tables: Frames) -> None:
    judged = {"ok": True, "checks": 2400, "gradients": 800, "variances": 800}
    measured, integrated = "800 gradients and 800 variances as measured", "800 gradients integrated instead of sampled"
    held = f"all 2,400 checks against exact values hold, of {measured}, and {integrated}."
    assert answers(tables, judged)["Do they agree?"] == f"Yes, for {MU} and {SIGMA2}: {held}"
