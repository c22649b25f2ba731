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
    assert block.text.startswith(
        "The oracle agrees with 4 gradients and 4 variances; it integrates and does not sample. "
    )
    assert (
        "No abs(z) exceeds 2.1 for a gradient or 3.2 for a variance. A right program exceeds 5.5 in one of "
        in block.text
    )
    assert "in one of 1 million sweeps. 95.0 %" in block.text
    assert "95.0 % of the ratios' 95 % intervals hold the exact ratio" in block.text
    (_, unbound) = verdict({"verdict": {**MANIFEST["verdict"], "level": None, "worst_bias": 5e-5}})
    assert isinstance(unbound, Paragraph)
    assert "in place of draws the same code gives the exact gradients" in unbound.text
    assert "A right program" not in unbound.text
    assert alarm(MANIFEST) == []


def test_what_was_not_checked_stands_out() -> None:
    _, block = verdict({"verdict": {"ok": True, "checks": 12, "unchecked": 3}})
    assert isinstance(block, Paragraph)
    strong, text = block.text
    assert strong == Strong("3 gradients are not finite and were not checked.")
    assert text == " The oracle agrees with 12; it integrates and does not sample."


def test_what_has_no_exact_value_is_counted_with_its_reasons() -> None:
    reasons = {"f has kinks": 3, "5 components that do not separate": 2}
    judged = {"ok": True, "checks": 12, "gradients": 4, "no_gradient": 2, "no_variance": 5, "reasons": reasons}
    _, block = verdict({"verdict": judged})
    assert isinstance(block, Paragraph)
    unknown = "Not compared: 5 variances (3: f has kinks; 2: 5 components that do not separate)"
    assert block.text == (
        f"The oracle agrees with 4 gradients; it integrates and does not sample. {unknown}; nothing is said of "
        "these. 2 gradients have no oracle."
    )


def test_estimators_that_agree_without_an_oracle_are_said_to_agree_and_no_more() -> None:
    judged = {"ok": True, "checks": 0, "no_gradient": 4, "agreements": 2, "worst_agreement_z": 1.5}
    _, block = verdict({"verdict": judged})
    assert block == Paragraph(
        "None: nothing was compared with an oracle. 4 gradients have no oracle. 2 of them agree with another "
        "estimator of the same gradient, with abs(z) of at most 1.5: that is agreement, no proof that they are right."
    )


def test_declared_biases_are_told_with_their_sizes() -> None:
    judged = {"ok": True, "checks": 12, "gradients": 4, "biased": ["a d/dmu: bias -1, gradient 1", "b: bias 2"]}
    _, block = verdict({"verdict": judged})
    assert isinstance(block, Paragraph)
    assert isinstance(block.text, str)
    assert block.text.endswith(
        " Biased, as declared, with the largest bias of each: a d/dmu: bias -1, gradient 1; b: bias 2."
    )


def test_a_failure_names_three_rows_first_and_all_of_them_below() -> None:
    failures = ["row one: z = 9", "row two", "row three", "row four"]
    named = "row one: z = 9; row two; row three; and 1 more, below"
    assert alarm(FAILED) == [Paragraph((Strong(f"FAILED: 4 checks disagree: {named}."),))]
    assert verdict(FAILED) == [TITLE, Paragraph("Numbers disagree; do not use these."), Bullets(failures)]


def test_nothing_checked_is_no_agreement() -> None:
    unchecked = {"verdict": {"ok": True, "checks": 0}}
    assert verdict(unchecked) == [TITLE, Paragraph("None: no row holds a finite number that could be checked.")]
    assert alarm(unchecked) == []


def test_a_claim_that_the_oracle_does_without_is_said() -> None:
    _, block = verdict({"verdict": {"ok": True, "checks": 2, "gradients": 2, "claims": ["pilot: no U-statistic"]}})
    assert isinstance(block, Paragraph)
    assert isinstance(block.text, str)
    assert block.text.endswith("The oracle does without a claim that is not so: pilot: no U-statistic.")


def test_a_merged_run_says_first_of_what_it_is_pooled() -> None:
    _, block = verdict(MANIFEST | {"merged": [{"name": "a", "seed": 1}, {"name": "b", "seed": 2}]})
    assert isinstance(block, Paragraph)
    assert str(block.text).startswith("Pooled from 2 sweeps: a (seed 1) and b (seed 2). ")
