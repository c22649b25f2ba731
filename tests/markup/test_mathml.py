"""Formulas as MathML, and what is none."""

import pytest

from bench.markup.mathml import mathml


def test_a_formula_is_an_element() -> None:
    assert (
        mathml("y_j^2")
        == '<math display="inline"><mrow><msubsup><mi>y</mi><mi>j</mi><mn>2</mn></msubsup></mrow></math>'
    )


def test_a_law_has_the_sign_of_a_relation() -> None:
    assert "<mi>y</mi><mo>&#x0223C;</mo><mi>p</mi>" in mathml(r"y \sim p")


def test_a_prime_stands_at_its_letter() -> None:
    assert '<mi>f</mi><mo lspace="0" rspace="0">&#x02032;</mo><mo' in mathml("f'(y)")


@pytest.mark.parametrize("text", ["", r"\foo", r"\frac{a", "a}", "a^", r"\left(a", "$a$", r"\begin{matrix}a", "a & b"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no formula"):
        mathml(text)


def test_nothing_in_a_formula_is_markup() -> None:
    assert "<script" not in mathml("a <script> b")
