"""What a rule needs: of the family, of f and of the noise."""

from dataclasses import replace

import pytest

from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.plan.rules import channels_of, ingredient, lacks, needs_of, rule_of
from bench.spec import Estimator, Family, Points, Rule, Weights
from tests.support.cases import NORMAL_FAMILY
from tests.support.rules import RULES

PATHWISE, SCORE = (RULES.get("estimator", name) for name in ("pathwise", "score_function"))
WITHOUT_PATH = replace(
    NORMAL_FAMILY, name="stepped", path=None, lacks={"path": dict.fromkeys(NORMAL_FAMILY.parameters, "y jumps")}
)
HALF = replace(NORMAL_FAMILY, lacks={"path": {"sigma": "not written"}})


def rule(name: str, family: Family = NORMAL_FAMILY) -> Rule:
    found = rule_of(RULES.get("estimator", name), family)
    assert not isinstance(found, str)
    return found


def test_a_rule_may_depend_on_the_family() -> None:
    minibatch = RULES.get("estimator", "minibatch")
    assert isinstance(rule_of(minibatch, NORMAL_FAMILY), Points)
    assert rule_of(minibatch, replace(NORMAL_FAMILY, name="another")) == "takes y for normal"


def test_a_family_without_a_part_says_why() -> None:
    assert rule_of(PATHWISE, WITHOUT_PATH) == "stepped has no path: y jumps"
    assert rule_of(SCORE, WITHOUT_PATH) == SCORE.rule
    both = Estimator("both", Weights(score="value", path="slope"))
    assert rule_of(both, WITHOUT_PATH) == "stepped has no path: y jumps"


def test_a_part_that_is_missing_for_some_parameters_leaves_the_others() -> None:
    assert rule_of(PATHWISE, HALF) == PATHWISE.rule
    assert lacks(PATHWISE.rule, HALF) == {"sigma": "not written"}
    assert lacks(SCORE.rule, HALF) == {}


@pytest.mark.parametrize(
    ("name", "part"), [("pathwise", "path"), ("score_function", ""), ("own_on_both", "path"), ("points_at_y", "")]
)
def test_the_ingredient_the_family_that_a_rule_is_made_of(name: str, part: str) -> None:
    assert ingredient(rule(name)) == part


def test_points_name_the_part_that_they_are_made_of() -> None:
    pairs = replace(rule("differences"), made_of="pairs")
    assert ingredient(pairs) == "pairs"
    assert lacks(pairs, replace(NORMAL_FAMILY, lacks={"pairs": {"sigma": "none"}})) == {"sigma": "none"}


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("pathwise", {"slope"}),
        ("score_function_local", {"terms"}),
        ("own_on_both", {"value", "slope"}),
        ("terms_and_own", {"terms", "value", "slope"}),
        ("points_at_y", {"value", "slope", "curvature"}),
    ],
)
def test_needs_are_those_of_all_its_weights(name: str, needs: set[str]) -> None:
    assert needs_of(rule(name)) == needs


def test_channels_are_the_familys_unless_a_rule_names_its_own() -> None:
    assert channels_of(rule("pathwise"), NORMAL_FAMILY) == (NORMAL,)
    assert channels_of(rule("points_at_y"), NORMAL_FAMILY) == (NORMAL,)
    assert channels_of(rule("minibatch"), NORMAL_FAMILY) == (NORMAL, UNIFORM)
