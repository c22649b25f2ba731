"""The family's pairs as a rule, and why a family has none."""

from dataclasses import replace

import pytest

from bench.estimators.measure_valued import rule
from bench.spec import Points
from tests.support.families import FAMILIES

WITH_PAIRS = {name: family for name, family in FAMILIES.items() if family.pairs}


@pytest.mark.parametrize("name", WITH_PAIRS)
def test_the_pairs_are_points_of_which_each_parameter_has_two(name: str) -> None:
    family = WITH_PAIRS[name]
    points = rule(family)
    assert isinstance(points, Points)
    assert family.pairs is not None
    assert (points.place, points.combine) == (family.pairs.place, family.pairs.combine)
    assert points.channels[: len(family.channels)] == family.channels
    assert points.evaluations == 2 * len(family.parameters)
    assert points.made_of == "pairs"


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_without_pairs_says_why(name: str) -> None:
    why = dict.fromkeys(FAMILIES[name].parameters, "its parts are unknown")
    bare = replace(FAMILIES[name], pairs=None, lacks={"pairs": why})
    assert rule(bare) == f"{name} has no pairs: its parts are unknown"
    assert rule(replace(bare, lacks={})) == f"{name} has no pairs: it offers none"
