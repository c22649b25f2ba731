"""Mathematics in a text, as characters where it cannot be typeset."""

import pytest

from bench.markup import mathematics


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"against $\sigma^2$", "against \u03c3\u00b2"),
        (r"$2.6\times10^{-4}$", "2.6\u00d710\u207b\u2074"),
        (r"$\hat g_{SF}$", "g_SF"),
        (r"$\log\,\sigma$", "log\N{NO-BREAK SPACE}\u03c3"),
        (r"$x^k=1$", "x^k = 1"),
        ("no mathematics, $5", "no mathematics, $5"),
    ],
)
def test_it_is_read_in_characters(text: str, read: str) -> None:
    assert mathematics.plain(text) == read


def test_a_symbol_is_one_letter_wide_and_pieces_are_told_apart() -> None:
    assert mathematics.letters("a $\\sigma$\nb") == 3
    assert mathematics.pieces(r"over $\mu$.") == [("over ", False), (r"\mu", True), (".", False)]
