"""Which of two estimators is first: counted by hand, corrected over a setting, and nothing across settings."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench.descent import firsts, times
from bench.descent.curves import Learned
from bench.statistics.significance import holm
from bench.tables.firsts import FIRSTS, LEVEL
from tests.support.learners import Walked, walked

RECORDED = (0, 20, 40, 60)
ESTIMATORS = ("pathwise", "score_function", "score_function_loo")


@pytest.fixture(scope="module")
def walk() -> Walked:
    words = "steps=60", "checkpoints=3", "samples=[2,10]", f"estimator=[{','.join(ESTIMATORS)}]", "rounds=0"
    return walked(*words, rate=0.001)


def timed(walk: Walked) -> list[Learned]:
    """Each estimator needs twice the time of the one before it."""
    return [
        replace(learned, step_s=2.0 ** ESTIMATORS.index(learned.learner.variant.name), step_ends=None)
        for learned in walk.several
    ]


def test_pairs_are_those_of_a_setting_in_every_measure(walk: Walked) -> None:
    rows = list(firsts.rows(timed(walk), walk.plan, RECORDED))
    assert all(row.keys() == {*FIRSTS.keys, *FIRSTS.measured} for row in rows)
    assert len({FIRSTS.key(row) for row in rows}) == len(rows) == 2 * 3 * 3 * 2
    assert {(row["estimator"], row["rival"]) for row in rows} == set(itertools.combinations(ESTIMATORS, 2))


def test_counts_and_p_values_are_those_of_the_paired_replicates(walk: Walked) -> None:
    learned = {(one.learner.variant.name, one.learner.cell.samples): one for one in timed(walk)}
    for row in firsts.rows(timed(walk), walk.plan, RECORDED):
        pair = [learned[row[side], row["samples"]] for side in ("estimator", "rival")]
        steps = [times.arrivals(side, RECORDED)[row["share"]] for side in pair]
        scales = [side.step_s if row["measure"] == "seconds" else side.evaluations for side in pair]
        first, second = (values * scale for values, scale in zip(steps, scales, strict=True))
        earlier, later = int((first < second).sum()), int((first > second).sum())
        assert (row["earlier"], row["later"], row["ties"]) == (earlier, later, 16 - earlier - later)
        wanted = stats.binomtest(earlier, earlier + later).pvalue if earlier + later else 1.0
        assert row["p"] == pytest.approx(wanted, rel=1e-12)


def test_the_correction_is_over_all_rows_of_a_setting(walk: Walked) -> None:
    rows = list(firsts.rows(timed(walk), walk.plan, RECORDED))
    for samples in (2, 10):
        of_setting = [row for row in rows if row["samples"] == samples]
        adjusted = holm(np.array([row["p"] for row in of_setting]))
        assert [row["adjusted_p"] for row in of_setting] == adjusted.tolist()
    for row in rows:
        ahead = row["estimator"] if row["earlier"] > row["later"] else row["rival"]
        assert row["first"] == (ahead if row["adjusted_p"] < LEVEL else "")


def test_the_cheaper_of_two_that_walk_alike_is_first_in_seconds(walk: Walked) -> None:
    alike = [replace(one, path=walk.several[0].path, heights=walk.several[0].heights) for one in timed(walk)[:2]]
    assert alike[0].learner.cell == alike[1].learner.cell
    rows = list(firsts.rows(alike, walk.plan, RECORDED))
    seconds = {row["first"] for row in rows if row["measure"] == "seconds" and row["earlier"] == 16}
    evaluations = {row["first"] for row in rows if row["measure"] == "evaluations"}
    assert seconds == {"pathwise"}
    assert evaluations == {""}


def test_without_times_or_gaps_nothing_is_compared(walk: Walked) -> None:
    assert {row["measure"] for row in firsts.rows(walk.several, walk.plan, RECORDED)} == {"evaluations"}
    assert list(firsts.rows([replace(one, optimum=None) for one in walk.several], walk.plan, RECORDED)) == []


def test_treatments_of_the_entropy_are_compared_too_and_stand_in_the_names() -> None:
    words = "objective=[gaussian_kl]", "entropy=[closed_form,sticking_the_landing]", "steps=60", "checkpoints=3"
    walk = walked(*words, "samples=[10]", "rounds=0", rate=0.1)
    rows = list(firsts.rows(walk.several, walk.plan, RECORDED))
    names = [f"{e}, {w}" for w in ("closed_form", "sticking_the_landing") for e in ("pathwise", "score_function")]
    assert {frozenset((row["estimator"], row["rival"])) for row in rows} == {
        frozenset(pair) for pair in itertools.combinations(names, 2)
    }
    assert {row["entropy"] for row in rows} == {""}
    assert [row["adjusted_p"] for row in rows] == holm(np.array([row["p"] for row in rows])).tolist()
    alone = [one for one in walk.several if one.learner.cell.entropy == "closed_form"]
    (pair,) = {(row["estimator"], row["rival"], row["entropy"]) for row in firsts.rows(alone, walk.plan, RECORDED)}
    assert pair == ("pathwise", "score_function", "closed_form")


@pytest.mark.parametrize(("ends", "resolved"), [((1.0, 1.3), False), ((1.9, 2.1), True)])
def test_times_of_a_step_that_cannot_be_told_apart_tell_nobody_first(
    walk: Walked, ends: tuple[float, float], resolved: bool
) -> None:
    alike = [replace(one, path=walk.several[0].path, heights=walk.several[0].heights) for one in timed(walk)[:2]]
    pair = [replace(alike[0], step_ends=(0.9, 1.2)), replace(alike[1], step_ends=ends)]
    made = [row for row in firsts.rows(pair, walk.plan, RECORDED) if row["measure"] == "seconds"]
    assert made
    for row in made:
        reached = row["earlier"] + row["later"]
        assert (reached > 0) <= resolved
        assert resolved or row["ties"] == 16
    assert any(row["earlier"] for row in made) == resolved
