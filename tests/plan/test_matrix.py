"""The matrix of what works: every estimator with every family, and the reasons of those that are skipped."""

from bench.plan.matrix import matrix
from bench.registry import Registry

Entries = dict[tuple[str, str], str]


def entries(plugins: Registry) -> Entries:
    """(estimator, family) -> what is said of them."""
    return {(estimator, family): words for estimator, family, words in matrix(plugins)}


def test_every_pair_has_an_entry_with_a_reason_where_it_does_not_work(plugins: Registry) -> None:
    said = entries(plugins)
    assert {*said} == {(e, f) for e in plugins.plugins["estimator"] for f in plugins.plugins["family"]}
    for words in said.values():
        assert words == "works" or "skipped: " in words or "skipped for " in words


def test_what_a_family_lacks_and_what_an_objective_lacks_is_said(plugins: Registry) -> None:
    said = entries(plugins)
    assert said["score_function", "bernoulli"] == said["pathwise", "gamma"] == "works"
    assert said["pathwise", "bernoulli"] == "skipped: bernoulli has no path: y jumps between 0 and 1"
    lines = said["score_function_local", "normal"].split("; ")
    assert lines[0] == "works"
    (terms,) = [line for line in lines if line.endswith("needs the terms of f, which offers none")]
    assert "quadratic_form" in terms
    assert "squared_error," not in said["score_function_local", "normal"]  # per datum it works
    (of_curvature, _) = said["price", "normal"].split("; ")[1:]
    assert of_curvature.startswith("skipped for targets: entropy=monte_carlo needs the curvature of log q")
