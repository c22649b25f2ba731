"""What a case says of its cell."""

from dataclasses import replace

import numpy as np

from bench.engine.case import Case, theta_of
from bench.laws.cases import title
from tests.support.cases import cases


def case_of(words: str) -> Case:
    (case,) = [case for case in cases(1) if title(case) == words]
    return case


def test_theta_has_a_row_for_each_component_or_one_for_all() -> None:
    assert theta_of((0.5, 2.0)).tolist() == [[0.5, 2.0]]
    assert theta_of(((0.5, -1.0), 2.0)).tolist() == [[0.5, 2.0], [-1.0, 2.0]]


def test_tables_begin_with_theta() -> None:
    case = case_of("cosine-shared-gamma-tied-score_function-iid")
    np.testing.assert_array_equal(case.tables[:, :2], case.theta)


def test_rows_are_parameters_and_components_where_they_are_untied() -> None:
    assert case_of("cosine-shared-normal-tied-score_function-iid").rows == 2
    assert [case.rows for case in cases(2) if title(case) == "cosine-shared-normal-untied-score_function-iid"] == [4]


def test_what_an_estimator_froze_stands_behind_its_parameters() -> None:
    case = case_of("squared_error-per_datum-normal-tied-minibatch-iid")
    assert replace(case, frozen=np.array([7.0])).phi.tolist() == [0.1, 7.0]


def test_only_an_open_entropy_puts_log_q_into_f() -> None:
    case = case_of("cosine-shared-normal-tied-score_function-iid")
    opened = {}
    for entropy in (None, "closed_form", "monte_carlo", "sticking_the_landing"):
        changed = replace(case, cell=replace(case.cell, entropy=entropy))
        opened[entropy] = changed.opened, changed.adds_score
    assert opened == {
        None: (False, False),
        "closed_form": (False, False),
        "monte_carlo": (True, True),
        "sticking_the_landing": (True, False),
    }
