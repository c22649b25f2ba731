"""Which treatment of the entropy is nearer the least F: counted by hand at each checkpoint, and corrected."""

from dataclasses import replace

import numpy as np
import pytest

from bench.descent import leads
from bench.descent.curves import gaps
from bench.statistics.significance import holm
from bench.tables.firsts import LEVEL
from bench.tables.leads import LEADS
from tests.support.learners import Walked, walked


@pytest.fixture(scope="module")
def walk() -> Walked:
    words = "objective=[gaussian_kl]", "entropy=[closed_form,monte_carlo,sticking_the_landing]", "steps=200"
    return walked(*words, "checkpoints=4", "samples=[10]", "estimator=[pathwise]", "rounds=0", rate=0.1)


def test_rows_count_the_paired_replicates_at_every_checkpoint(walk: Walked) -> None:
    rows = list(leads.rows(walk.several, walk.plan, walk.recorded))
    assert all(row.keys() == {*LEADS.keys, *LEADS.measured} for row in rows)
    assert len({LEADS.key(row) for row in rows}) == len(rows) == 3 * 5
    gap = {one.learner.cell.entropy: gaps(one) for one in walk.several}
    for row in rows:
        slot = walk.recorded.index(row["step"])
        first, second = gap[row["entropy"]][slot], gap[row["rival"]][slot]
        apart = ~np.isclose(first, second, rtol=1e-9, atol=1e-12)
        assert (row["nearer"], row["farther"]) == (((first < second) & apart).sum(), ((first > second) & apart).sum())
    adjusted = holm(np.array([row["p"] for row in rows]))
    assert [row["adjusted_p"] for row in rows] == adjusted.tolist()


def test_sticking_the_landing_is_ahead_in_the_end_and_equal_treatments_tie(walk: Walked) -> None:
    rows = list(leads.rows(walk.several, walk.plan, walk.recorded))
    last = {(row["entropy"], row["rival"]): row for row in rows if row["step"] == 200}
    for name in ("closed_form", "monte_carlo"):
        row = last[name, "sticking_the_landing"]
        assert (row["ahead"], row["farther"]) == ("sticking_the_landing", 16)
        assert row["adjusted_p"] < LEVEL
    assert last["closed_form", "monte_carlo"]["ties"] == 16
    assert {row["ahead"] for row in rows if row["step"] == 0} == {""}


def test_without_a_least_f_or_another_treatment_there_is_none(walk: Walked) -> None:
    unknown = [replace(one, optimum=None) for one in walk.several]
    assert list(leads.rows(unknown, walk.plan, walk.recorded)) == []
    assert list(leads.rows(walk.several[:1], walk.plan, walk.recorded)) == []
