"""A fit from learners to rows: in the order of the plan, with what a step costs in evaluations."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.descent.fit import Fitted, evaluations, fit
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.executors.threads import run as threads
from tests.support.command import instead
from tests.support.descents import grouped, planned

WORDS = "learning_rate=[0.0001]", "steps=20", "checkpoints=4", "samples=[1,3]", "rounds=0", "replicates=20"


def fitted(*more: str, execute: Any = map, folder: Path | None = None) -> Fitted:
    learning, plan, registry = planned(*instead(*WORDS, *more))
    with Journal(folder) as journal:
        return fit(plan, learning, registry, Context(0, execute, journal, "", lambda *_: None))


def test_rows_are_in_the_order_of_the_plan() -> None:
    tables = fitted().tables
    learners = [(row["samples"], row["estimator"]) for row in tables["curves"] if row["step"] == 0]
    assert learners == [(1, "pathwise"), (1, "score_function"), (3, "pathwise"), (3, "score_function")]
    assert [row["step"] for row in tables["curves"]] == [0, 1, 2, 4, 5, 10, 15, 20] * 4
    assert [row["step"] for row in tables["paths"]] == [0, 1, 2, 4, 5, 10, 15, 20] * 4


def test_a_fit_of_one_seed_is_one_fit() -> None:
    assert repr(fitted().tables) == repr(fitted(execute=threads).tables)


def test_another_seed_is_another() -> None:
    learning, plan, registry = planned(*WORDS)
    with Journal(None) as journal:
        other = fit(plan, learning, registry, Context(1, map, journal, "", lambda *_: None))
    assert repr(other.tables) != repr(fitted().tables)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("estimator=[pathwise]",), 3),
        (("estimator=[measure_valued]",), 3 * 4),
        (("estimator=[measure_valued]", "latent=[per_datum]", "dataset_size=[5]"), 3 * 4),
    ],
)
def test_evaluations_of_a_step(words: tuple[str, ...], expected: int) -> None:
    _, _, (group,) = grouped("samples=[3]", *words)
    assert evaluations(group, 0) == expected


def test_components_that_do_not_separate_are_looked_at_one_by_one() -> None:
    words = "plugins=[tests/plugins/mean_field.py]", "objective=[mean_field]", "estimator=[measure_valued]"
    _, _, (group,) = grouped("samples=[2]", *words)
    assert evaluations(group, 0) == 2 * 4 * group.stream.dimension


def test_two_entropies_of_one_target_descend_one_surface() -> None:
    tables = fitted("objective=[gaussian_kl]", "entropy=[closed_form,monte_carlo]", "samples=[1]").tables
    starts = [row["loss"] for row in tables["curves"] if row["step"] == 0]
    assert np.ptp(starts) <= 1e-13 * abs(starts[0])
