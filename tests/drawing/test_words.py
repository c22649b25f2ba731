"""Words for names of the code: those of plug-ins, of the author of a figure, or as they are written."""

import pytest

from bench.drawing import choices, words
from bench.drawing.choices import Choices
from bench.registry import Registry


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("score_function", "score function"),
        ("my_own(a_b=1)", "my own (a b = 1)"),
        ("spsa(h=0.1)", "SPSA ($h=0.1$)"),
        ("spsa(h=1e-05)", r"SPSA ($h=10^{-5}$)"),
    ],
)
def test_what_nobody_has_named_is_read_as_it_is_written(name: str, read: str) -> None:
    assert words.label(name) == read


def test_plugins_name_themselves_and_the_author_of_a_figure_has_the_last_word(plugins: Registry) -> None:
    with words.context(plugins):
        assert words.label("score_function_loo") == "leave-one-out score function"
        assert words.told("sampler", "iid") == "independent draws"
        with choices.context(Choices(labels={"score_function": r"$\hat g$", "sigma": "s"})):
            assert words.label("score_function") == r"$\hat g$"
            assert words.assigned("sigma", 2.0) == "s = 2"
    assert words.told("sampler", "iid") == "iid draws"


def test_a_run_has_the_words_of_plugins_that_are_not_at_hand(plugins: Registry) -> None:
    """Those at hand come first; what is no label in a manifest that was changed is left out."""
    labels = {"mine": r"$\hat g_0$", "score_function_loo": "another", "bad": "a\nb"}
    manifest = {"words": labels, "formulas": {"mine": "y^2", "bad": "{"}}
    with words.context(plugins, manifest):
        assert words.label("mine(h=1)") == r"$\hat g_0$ ($h=1$)"
        assert words.label("score_function_loo") == "leave-one-out score function"
        assert words.label("bad") == "bad"
        assert words.formula("mine(h=1)") == "y^2"
        assert words.formula("bad") == ""


@pytest.mark.parametrize(
    ("value", "read"), [(0.5, "0.5"), (1e4, "$10^{4}$"), (-1e4, "$-10^{4}$"), (26000, r"$2.6\times10^{4}$"), (0, "0")]
)
def test_numbers_have_their_power_of_ten(value: float, read: str) -> None:
    assert words.number(value) == read


def test_axes_have_words_and_a_symbol() -> None:
    assert words.axis("sigma") == r"standard deviation $\sigma$"
    assert words.axis("alpha") == r"$\alpha$"
    assert words.symbol("sigma2") == r"$\sigma^2$"
    assert words.symbol("logit") == "logit"


def test_values_of_columns_are_told_and_empty_ones_are_not() -> None:
    assert words.told("variant", "k=5,dimension=2") == "$k=5$, $d=2$"
    assert words.told("theta", "mu=[0,1]") == r"$\mu$ = [0, 1]"
    assert words.told("latent", "per_datum") == "draw per datum"
    assert [words.told("entropy", empty) for empty in ("", None, float("nan"))] == ["", "", ""]


def test_lines_are_filled_by_what_is_read_and_no_mathematics_is_cut() -> None:
    assert words.fill(r"at $\sigma=1$ and $\mu=1$", 11) == "at $\\sigma=1$\nand $\\mu=1$"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(["a"]) == "a"
