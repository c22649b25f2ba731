"""What weighs score and path, as rows of one buffer: where each weight lies, and what it weighs."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine import program
from bench.engine.terms import Terms, layout_of, own_rows
from bench.engine.workspace import workspace
from bench.kernels import calls
from bench.spec import Variant
from tests.support.cases import NORMAL_FAMILY
from tests.support.rules import RULES
from tests.support.streams import CELL, stream_of

CUBIC = replace(CELL, objective=Variant("cubic", (3.0,)), dataset_size=None, dimension=3)
SCORE, PATH = (calls.address(kernel, calls.WEIGH) for kernel in (NORMAL_FAMILY.score, NORMAL_FAMILY.path))


def linked(*estimators: str, entropy: str | None = None) -> program.Program:
    """The only program of some estimators on a cubic f of three components, or on a target of three."""
    objective = Variant("mean_field") if entropy else CUBIC.objective
    stream = stream_of([replace(CUBIC, objective=objective, entropy=entropy)], estimators, RULES)  # type: ignore[arg-type]
    return program.link(stream, stream.subgrids[0], {})


def of_member(terms: Terms, m: int = 0) -> list[tuple[int, ...]]:
    """(kernel, row, step, rows, per parameter) of each term of a member."""
    columns = terms.kernel, terms.row, terms.step, terms.rows, terms.per_parameter
    return [tuple(int(column[m, t]) for column in columns) for t in range(terms.count[m])]


def test_parts_of_the_buffer_follow_each_other_as_far_as_they_are_evaluated() -> None:
    assert layout_of([1, 0, 0, 0], 1, 3, 0) == (0, 1, 2, 2, 2, 2, 2)
    assert layout_of([1, 1, 1, 0], 2, 3, 4) == (0, 1, 3, 9, 15, 15, 23)


@pytest.mark.parametrize(
    ("estimator", "expected"),
    [
        ("score_function", [(SCORE, "value", 0, 0, 0)]),
        ("score_function_local", [(SCORE, "terms", 1, 0, 0)]),
        ("pathwise", [(PATH, "slope", 1, 0, 0)]),
        ("value_and_slope", [(SCORE, "value", 0, 0, 0), (PATH, "slope", 1, 0, 0)]),
        ("own_of_draws", [(SCORE, "weights", 0, 1, 0)]),
        ("own_of_parameters", [(SCORE, "weights", 0, 2, 1)]),
        ("own_of_components", [(PATH, ("weights", 3), 1, 3, 0)]),  # behind three rows for a weight of the score
        ("score_function_loo", [(SCORE, "ones", 0, 0, 0)]),  # its weights are made when the estimate is complete
        ("points_at_y", []),
    ],
)
def test_where_a_weight_lies_and_what_it_weighs(estimator: str, expected: list[tuple[object, ...]]) -> None:
    made = linked(estimator)
    places = [(name, 0) if isinstance(name := term[1], str) else name for term in expected]
    rows = [getattr(made.layout, name) + shift for name, shift in places]  # type: ignore[misc, has-type]
    assert of_member(made.terms) == [(term[0], row, *term[2:]) for term, row in zip(expected, rows, strict=True)]
    own = [term for term in expected if term[3]]
    assert made.terms.weight.any() == bool(own)
    assert bool(made.weigh_by_parameter) == (estimator == "own_of_parameters")


@pytest.mark.parametrize(("entropy", "scored"), [("closed_form", 0), ("monte_carlo", 1), ("sticking_the_landing", 0)])
def test_the_score_of_log_q_weighs_1_where_it_is_differentiated_wholly(entropy: str, scored: int) -> None:
    made = linked("pathwise", "score_function_loo", entropy=entropy)
    assert of_member(made.terms)[1:] == [(SCORE, made.layout.ones, 0, 0, 0)] * scored
    assert made.terms.count[1] == 1  # the 1 is added to its weights instead


@pytest.mark.parametrize("estimator", ["pathwise", "score_function", "points_at_y"])
def test_who_has_no_weights_of_its_own_needs_no_room_for_them(estimator: str) -> None:
    made = linked(estimator)
    assert made.layout.weights == made.layout.end


def test_there_is_room_for_the_most_rows_of_any_member() -> None:
    stream = stream_of([CUBIC], ["own_of_draws", "own_of_parameters", "pathwise"], RULES)
    assert [own_rows(stream.subgrids[0].members[:count], NORMAL_FAMILY, 3) for count in (1, 2, 3)] == [1, 2, 2]


def test_f_is_a_view_of_the_buffer() -> None:
    stream = stream_of([CUBIC], ["value_and_slope"], RULES)
    made = program.link(stream, stream.subgrids[0], {})
    space = workspace(stream, made)
    assert (space.rows[made.layout.ones] == 1).all()
    space.f.value[0], space.f.slope[0, 2] = 2.0, 3.0
    assert (space.rows[made.layout.value] == 2).all()
    assert (space.rows[made.layout.slope + 2] == 3).all()
    assert space.f.terms.size == space.f.curvature.size == 0
    np.testing.assert_array_equal(space.f.slope.shape, (1, 3, space.rows.shape[1]))
