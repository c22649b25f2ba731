"""The rows of curves.csv and paths.csv: medians, quantiles, and what becomes of replicates that were given up."""

import math

import numpy as np
import pytest

from bench.descent.curves import _summary, rows
from bench.descent.fit import learned_of
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.spec import Floats
from bench.tables.curves import CURVES, QUANTITIES
from bench.tables.paths import PATHS
from tests.support.descents import planned


def summary(name: str, values: Floats, lost: list[int] | None = None) -> list[float]:
    gone = np.zeros(values.size, dtype=bool)
    gone[lost or []] = True
    columns = _summary(name, values, gone)
    return [columns[column] for column in QUANTITIES[name]]


def test_a_quantity_stands_as_its_median_quantiles_and_the_interval_of_the_median() -> None:
    middle, low, high, median_low, median_high = summary("loss", np.arange(1.0, 102))
    assert (middle, low, high) == (51, 11, 91)
    assert 40 <= median_low <= 42
    assert 60 <= median_high <= 62


def test_a_loss_counts_those_that_were_given_up_as_infinite() -> None:
    values = np.arange(1.0, 12)
    assert summary("loss", values, lost=[0])[0] == 7
    assert summary("loss", values, lost=[0])[2] == 11
    assert summary("loss", values, lost=[0, 1])[2] == math.inf


def test_parameters_leave_out_those_that_were_given_up() -> None:
    assert summary("mu", np.arange(1.0, 12), lost=[10])[0] == 5.5


def test_what_is_not_known_is_no_number() -> None:
    assert all(map(math.isnan, summary("gap", np.full(9, np.nan))))


@pytest.mark.parametrize("words", [(), ("latent=[per_datum]", "components=[untied]", "dataset_size=[3]")])
def test_rows_have_the_columns_of_their_tables(words: tuple[str, ...]) -> None:
    learning, plan, registry = planned("steps=10", "checkpoints=2", "samples=[1]", "learning_rate=[1e-4]", *words)
    with Journal(None) as journal:
        context = Context(0, map, journal, "", lambda *_: None)
        learned, recorded = learned_of(plan, learning, registry, context)
    made = rows(learned[0], plan, recorded)
    assert {frozenset(row) for row in made.curves} == {frozenset(CURVES.columns[1:])}
    assert {frozenset(row) for row in made.paths} == {frozenset(PATHS.columns[1:])}
    components = 3 if words else 1
    assert len(made.paths) == len(recorded) * components
    first, last = made.curves[0], made.curves[-1]
    assert first["gap"] > last["gap"] > 0
    assert first["theta"].startswith("mu=[0.0,0.0,0.0]" if words else "mu=0.0,")


def test_where_no_least_is_known_a_replicate_that_was_given_up_has_no_gap() -> None:
    """Its loss is infinite, and its gap and distance are as unknown as those of the others."""
    words = ("objective=[eight_schools]", "components=[untied]", "estimator=[score_function]", "replicates=16")
    learning, plan, registry = planned("steps=4", "checkpoints=1", "samples=[1]", "learning_rate=[1e9]", *words)
    with Journal(None) as journal:
        context = Context(0, map, journal, "", lambda *_: None)
        learned, recorded = learned_of(plan, learning, registry, context)
    assert learned[0].optimum is None
    last = rows(learned[0], plan, recorded).curves[-1]
    assert last["diverged"] > 0
    assert last["loss_high"] == math.inf
    assert math.isnan(last["gap_high"])
    assert math.isnan(last["distance_high"])
