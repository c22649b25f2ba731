"""What is below the ratios: how it is written, and in which cell it is looked for."""

from dataclasses import replace

import pytest

from bench.errors import BadInput
from bench.plan.references import DEFAULT, Reference, read
from bench.spec import Variant
from tests.support.streams import CELL

ESTIMATORS = {"pathwise": Variant("pathwise"), "fd(h=0.1)": Variant("fd", (0.1,), "h=0.1")}
CELLS = [CELL, replace(CELL, sampler="sobol"), replace(CELL, entropy="closed_form")]


def reference(text: str | None) -> Reference:
    """Of two estimators, two samplers and an entropy."""
    return read(text, ESTIMATORS, CELLS)


def test_without_a_word_it_is_pathwise_or_else_the_score_function() -> None:
    assert reference(None).estimators == DEFAULT == ("pathwise", "score_function")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pathwise", Reference(("pathwise",))),
        ("fd", Reference(("fd",))),
        ("fd(h=0.1)", Reference(("fd(h=0.1)",))),
        ("fd(h=0.1)@sobol", Reference(("fd(h=0.1)",), sampler="sobol")),
        ("pathwise@closed_form", Reference(("pathwise",), entropy="closed_form")),
    ],
)
def test_it_is_an_estimator_alone_or_at_a_sampler_or_an_entropy(text: str, expected: Reference) -> None:
    assert reference(text) == expected


@pytest.mark.parametrize("text", ["price", "fd(h=1)", "pathwise@halton", "pathwise@", "@iid", "", "pathwise@iid@iid"])
def test_what_the_sweep_does_not_have_is_named_with_what_it_has(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        reference(text)
    assert str(caught.value) == (
        f"reference={text!r} is not allowed; allowed: null, or one of the estimators of the sweep: pathwise, fd, "
        "fd(h=0.1); alone, or with @ and one of its samplers and entropies: iid, sobol, closed_form"
    )


def test_its_cell_differs_in_the_sampler_or_the_entropy_alone() -> None:
    assert Reference().cell(CELL) == CELL
    assert Reference(sampler="sobol").cell(CELL) == replace(CELL, sampler="sobol")
    assert Reference(entropy="closed_form").cell(CELL) == replace(CELL, entropy="closed_form")
