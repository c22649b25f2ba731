"""All laws of an estimator in the order of a verdict, with reasons for what does not apply."""

from bench import registry
from bench.laws.estimators import of_estimator, of_joint
from bench.spec import Estimator
from tests.support.cases import PLUGINS

PACKAGE = registry.load()


def few() -> registry.Registry:
    """Two objectives, one of them a target, one family: what each law says does not hang on how many there are."""
    objectives = {name: PACKAGE.get("objective", name) for name in ("squared_error", "gaussian_posterior")}
    families = {"normal": PACKAGE.get("family", "normal")}
    return registry.Registry({**PACKAGE.plugins, "objective": objectives, "family": families})


def lines(plugin: Estimator) -> dict[str, str]:
    """What is said of each law."""
    return {outcome.law: str(outcome).removeprefix(outcome.law).strip() for outcome in of_estimator(plugin, few())}


def test_a_rule_for_each_draw_has_no_laws_of_joint_weights() -> None:
    said = lines(PACKAGE.get("estimator", "pathwise"))
    assert said["unbiased"].startswith("passed in ")
    assert said["U-statistic of degree 1"] == "not applicable: each draw has a weight of its own"
    assert said["evaluations, counted"] == "passed in 2"
    assert 9 <= len(said) <= 14


def test_joint_weights_are_held_to_their_degree() -> None:
    said = lines(PACKAGE.get("estimator", "score_function_loo"))
    assert said["U-statistic of degree 2"] == "passed in 3"
    assert said["an estimate is by itself"] == "passed in 3"


def test_a_pilot_baseline_is_unbiased_and_no_u_statistic() -> None:
    pilot = registry.load([str(PLUGINS / "field" / "sf_pilot.py")]).get("estimator", "sf_pilot")
    said = lines(pilot)
    assert said["unbiased"].startswith("passed in ")
    assert [law for law, line in said.items() if "FAILED" in line] == ["U-statistic of degree 2"]


def test_degree_1_of_joint_weights_claims_nothing() -> None:
    grouped = registry.load([str(PLUGINS / "field" / "group_normalised.py")]).get("estimator", "group_normalised")
    *_, last = of_joint(grouped, PACKAGE)
    assert str(last).endswith("not applicable: degree=1 claims none")
