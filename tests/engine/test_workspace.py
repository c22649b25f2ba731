"""What the inner loop works in: arrays of the sizes that a program needs, and no more."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine import program
from bench.engine.reduce import POWERS
from bench.engine.workspace import Workspace, workspace
from bench.laws.cases import DATA
from bench.plan.tiling import SEGMENT, TILE
from bench.spec import Cell, Derivatives, Variant
from tests.support.rules import RULES
from tests.support.streams import CELL, PER_DATUM, stream_of

CUBIC = replace(CELL, objective=Variant("cubic", (3.0,)), dataset_size=None, dimension=3)


def spaces(cell: Cell, *estimators: str) -> list[Workspace]:
    """The workspace of each subgrid."""
    stream = stream_of([cell], estimators, RULES)
    return [workspace(stream, program.link(stream, subgrid, {3: DATA})) for subgrid in stream.subgrids]


@pytest.mark.parametrize(
    ("estimator", "samples", "width", "draws"),
    [
        ("pathwise", 10, 2, SEGMENT),
        ("pathwise", 7, 2, TILE),  # which divides no segment
        ("score_function_loo", 10, 3, TILE),  # which needs all its draws at once
    ],
)
def test_it_keeps_a_tile_where_a_segment_is_not_enough(estimator: str, samples: int, width: int, draws: int) -> None:
    (space,) = spaces(replace(CELL, samples=samples), estimator)
    assert space.contributions.shape == (1, 1, width, draws)
    assert space.power_sums.shape == (1, 1, 1, 2, POWERS)
    assert not space.power_sums.any()


@pytest.mark.parametrize(("samples", "width"), [(10, 2), (7, 6)])
def test_untied_components_have_rows_of_their_own(samples: int, width: int) -> None:
    """They are worked out one by one where a segment is enough, else all at once."""
    (space,) = spaces(replace(CUBIC, components="untied", samples=samples), "pathwise")
    assert space.out.shape == (width, SEGMENT)
    assert space.power_sums.shape == (1, 1, 1, 6, POWERS)


def test_y_is_where_f_is_evaluated_unless_a_rule_looks_elsewhere() -> None:
    (at_y,), (at_points,) = spaces(CUBIC, "pathwise"), spaces(CUBIC, "differences")
    assert at_y.x.shape == (1, 3, SEGMENT)
    assert np.shares_memory(at_y.x, at_y.y)
    assert at_points.x.shape == (2, 3, SEGMENT)
    assert not np.shares_memory(at_points.x, at_points.y)
    assert at_points.moved.shape == (2, SEGMENT)


def test_noise_is_copied_only_where_a_subgrid_reads_some_of_its_channels() -> None:
    several, single = spaces(PER_DATUM, "minibatch", "pathwise")
    assert several.eps.size == 0  # the noise as it is
    assert single.eps.shape == (1, 3, SEGMENT)


def test_what_no_estimator_needs_of_f_takes_no_space() -> None:
    (space,) = spaces(CUBIC, "pathwise")
    assert {name for name in Derivatives._fields[1:] if getattr(space.f, name).size} == {"slope"}
    assert space.component.value.size == 0


def test_what_a_rule_of_points_does_not_ask_for_reads_as_nan() -> None:
    (space,) = spaces(CUBIC, "differences")
    assert all(np.isnan(rows).all() and rows.shape == (3, 2, SEGMENT) for rows in space.component)
