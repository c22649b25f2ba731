"""Outcomes of laws in lines: passed, FAILED with numbers, not applicable with the reason."""

from bench.laws.finding import Finding
from bench.laws.outcome import tried


def over(subject: int) -> Finding | None:
    """Numbers above 2 break the law."""
    return Finding("size", subject, 2.0, subject / 2.0) if subject > 2 else None


def test_the_worst_finding_is_told_with_its_place_and_all_are_counted() -> None:
    outcome = tried("is small", range(5), over, "number {}".format)
    assert (outcome.tried, outcome.failed, outcome.where) == (5, 2, "number 4")
    assert str(outcome).split() == "is small FAILED in 2 of 5, worst in number 4: size: 4, expected 2".split()


def test_what_holds_and_what_is_not_tried() -> None:
    assert str(tried("is small", range(3), over, str)).split() == ["is", "small", "passed", "in", "3"]
    assert str(tried("is small", [], over, str, "there is none")).endswith("not applicable: there is none")
