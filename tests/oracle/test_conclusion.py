"""The verdict in words: what was compared, what was not and why; never that something agrees that was not compared."""

import math
from dataclasses import replace

from bench.oracle.conclusion import conclusion
from bench.oracle.verdict import Verdict

WORST = {f"worst_{name}": math.nan for name in ("gradient_z", "variance_z", "agreement_z", "bias")}
NOTHING = Verdict(
    ok=True,
    **dict.fromkeys(
        ("checks", "gradients", "variances", "agreements", "unchecked", "no_gradient", "no_variance", "vague"), 0
    ),
    nowhere_finite=(),
    reasons={},
    bound=5.0,
    level=1e-6,
    **WORST,
    coverage=math.nan,
    failures=(),
    blind=(),
    biased=(),
)
RIGHT = replace(NOTHING, checks=12, gradients=4, variances=4, worst_gradient_z=1.5, worst_variance_z=2.5)


def test_agreement_says_what_was_compared() -> None:
    expected = "VERDICT ok: 4 gradients and 4 variances are what the oracle says; worst |z| 2.50, allowed 5.00"
    assert conclusion(RIGHT) == expected
    holes = replace(RIGHT, no_variance=3, reasons={"f has kinks": 2, "no path": 1}, no_gradient=1, unchecked=2)
    assert conclusion(holes) == (
        f"{expected}; 2 gradients are not finite, not checked; not compared: 3 variances (2: f has kinks, 1: no path); "
        "no oracle for 1 gradients"
    )


def test_without_an_oracle_agreement_is_no_proof() -> None:
    assert conclusion(NOTHING) == "VERDICT none: no row holds a finite number that could be checked"
    alone = replace(NOTHING, no_gradient=2)
    assert conclusion(alone) == "VERDICT none: no oracle for any of 2 gradients; nothing was checked"
    pair = replace(NOTHING, no_gradient=4, agreements=2, worst_agreement_z=1.25)
    assert conclusion(pair) == (
        "VERDICT none: nothing was compared with an oracle; no oracle for 4 gradients: 2 agree with another "
        "estimator, which is no proof, worst |z| 1.25; 2 stand alone"
    )


def test_who_gave_nothing_is_named_whatever_the_verdict() -> None:
    for verdict in (RIGHT, NOTHING, replace(RIGHT, ok=False, failures=("row one",))):
        lines = conclusion(replace(verdict, nowhere_finite=("mine", "yours"))).splitlines()
        assert lines == [*conclusion(verdict).splitlines(), "without one finite value: mine, yours"]


def test_biases_are_named_whatever_the_verdict() -> None:
    for verdict in (RIGHT, replace(RIGHT, ok=False, failures=("row one",))):
        lines = conclusion(replace(verdict, biased=("a: bias 1", "b: bias 2", "c: bias 3")), most=2).splitlines()
        named = ["biased, as declared: a: bias 1", "biased, as declared: b: bias 2"]
        assert lines == [*conclusion(verdict).splitlines(), *named, "  ... and 1 more, all in manifest.json"]


def test_failures_are_named_and_the_rest_counted() -> None:
    wrong = replace(RIGHT, ok=False, failures=("row one", "row two", "row three"))
    assert conclusion(wrong, most=2).splitlines() == [
        "VERDICT FAILED: 3 of 12 checks disagree",
        "  row one",
        "  row two",
        "  ... and 1 more, all in manifest.json",
    ]


def test_what_no_cell_could_show_is_small_print() -> None:
    words = conclusion(replace(RIGHT, blind=("sigma is 1 in every cell", "d/dmu is 0 in every cell")))
    assert words.splitlines()[1:] == ["(could hide an error: sigma is 1 in every cell; d/dmu is 0 in every cell)"]
