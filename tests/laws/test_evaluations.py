"""Looks at f are counted while the engine runs, and a rule that says fewer than it takes is caught."""

from dataclasses import replace

import pytest

from bench.engine.pilot import prepared
from bench.laws import evaluations
from bench.laws.evaluations import counted
from bench.plan.rules import evaluations_of
from tests.support.known import case, squares


@pytest.mark.parametrize(
    ("name", "d", "terms", "expected"),
    [
        ("pathwise", 3, True, 1),
        ("price", 3, True, 2),
        ("importance_mixture", 3, True, 2),
        ("finite_difference", 1, True, 4),
        ("finite_difference", 3, True, 4),
        ("finite_difference", 3, False, 12),
        ("measure_valued", 3, False, 12),
        ("spsa", 3, False, 2),
        ("mirrored", 3, False, 2),
    ],
)
@pytest.mark.thinned(2)
def test_they_are_those_that_tables_say(name: str, d: int, terms: bool, expected: int) -> None:
    phi = (0.1,) if name in ("finite_difference", "spsa") else ()
    of = prepared(case(squares(*range(d)), "normal", (0.3, 0.7), name, "untied", d, phi))
    of = replace(of, form=of.form if terms else of.form._replace(terms=None))
    assert evaluations_of(of.rule, d, of.form) == expected
    assert counted(of) == expected
    assert evaluations.evaluations(of) is None


def test_control_a_number_that_is_not_taken_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluations, "evaluations_of", lambda rule, d, form: 3)
    finding = evaluations.evaluations(case(squares(0.5), "normal", (0.3, 0.7), "price"))
    assert finding is not None
    assert str(finding).endswith("looks at f a draw, with terms: 2, expected 3")
