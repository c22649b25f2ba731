"""The verdict, and the alarm before it."""

from bench.markup.blocks import Bullets, Heading, Paragraph, Strong
from bench.report.sections.verdict import alarm, verdict
from tests.support.reports import FAILED, MANIFEST

TITLE = Heading(2, "Verdict")


def test_agreement_has_its_numbers_and_no_alarm() -> None:
    title, block = verdict(MANIFEST)
    assert title == TITLE
    assert isinstance(block, Paragraph)
    assert isinstance(block.text, str)
    assert block.text.startswith("The oracle agrees: 12 checks ")
    assert "allowed is 5.5, which a right sweep exceeds with a chance of 1e-6" in block.text
    assert "at most unknown of their tolerance. 95.0 % of the ratios' 95 % intervals hold" in block.text
    assert alarm(MANIFEST) == []


def test_what_was_not_checked_stands_out() -> None:
    _, block = verdict({"verdict": {"ok": True, "checks": 12, "unchecked": 3}})
    assert isinstance(block, Paragraph)
    strong, text = block.text
    assert strong == Strong("3 gradients are not finite and were not checked.")
    assert str(text).startswith(" The oracle agrees: 12 checks ")
    assert str(text).endswith("of their tolerance.")


def test_what_has_no_exact_value_is_counted() -> None:
    _, block = verdict({"verdict": {"ok": True, "checks": 12, "no_gradient": 2, "no_variance": 5}})
    assert isinstance(block, Paragraph)
    unknown = "2 measured gradients and 5 measured variances have no exact value to be compared with"
    assert str(block.text).endswith(f" Not compared: {unknown}; nothing is said of these.")
    _, none = verdict({"verdict": {"ok": True, "checks": 0, "no_gradient": 0, "no_variance": 5}})
    assert none == Paragraph("None: 5 measured variances have no exact value to be compared with.")


def test_a_failure_names_three_rows_first_and_all_of_them_below() -> None:
    failures = ["row one: z = 9", "row two", "row three", "row four"]
    named = "row one: z = 9; row two; row three; and 1 more, below"
    assert alarm(FAILED) == [Paragraph((Strong(f"FAILED: the oracle disagrees in 4 checks: {named}."),))]
    assert verdict(FAILED) == [TITLE, Paragraph("The oracle disagrees; do not use these numbers."), Bullets(failures)]


def test_nothing_checked_is_no_agreement() -> None:
    unchecked = {"verdict": {"ok": True, "checks": 0}}
    assert verdict(unchecked) == [TITLE, Paragraph("None: no row holds a finite number that could be checked.")]
    assert alarm(unchecked) == []
