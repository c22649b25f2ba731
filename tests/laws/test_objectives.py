"""All laws of an objective in the order of a verdict, with reasons for what does not apply."""

from bench import registry
from bench.laws.objectives import of_objective
from tests.support.cases import EVERYTHING
from tests.support.planted import FILES

PACKAGE = registry.load()


def test_what_is_not_offered_is_said() -> None:
    said = {outcome.law: outcome.reason for outcome in of_objective(EVERYTHING.get("objective", "mean_field"), PACKAGE)}
    assert said["terms add up to the value"] == "it offers no terms"
    assert said["collapsed as direct"] == "it has one form"


def test_a_wrong_closed_form_breaks_its_law_alone() -> None:
    (file,) = [file for file in FILES if file.stem == "closed_form_off"]
    plugin = registry.load([str(file)]).get("objective", "closed_form_off")
    broken = [outcome for outcome in of_objective(plugin, PACKAGE) if outcome.finding]
    assert [outcome.law for outcome in broken] == ["closed form as integrated"]
    assert broken[0].finding is not None
    assert (broken[0].finding.measured, broken[0].failed) == (1.0, 2)
