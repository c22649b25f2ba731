"""The answer of a fit says what the tables say, also where they say that an interval misses or that steps disagree."""

from typing import Any

import pytest

from bench.markup.blocks import Bullets, Math, Paragraph, Table
from bench.report.sections.fit_answer import MOST, fit_answer
from tests.support import learned
from tests.support.signs import MU, SIGMA, SIGMA2

XBAR, S2 = 0.2, 0.36
MANIFEST = learned.MANIFEST | {"data": {"n": 100, "mean": XBAR, "variance": S2}, "config": {"fixed": []}}
TARGET: dict[str, Any] = {"objectives": ["gaussian_kl"], "samples": [1]}


def ended(mu: float = XBAR, sigma: float = S2**0.5, **grid: Any) -> dict[str, Any]:
    """Tables of a fit whose learners all end at mu and sigma, with an interval of 1 % of either."""
    frames = learned.tables(**grid)
    curves = frames["curves"].copy()
    for name, value in (("mu", mu), ("sigma", sigma)):
        for end, factor in (("", 1.0), ("_median_low", 0.99), ("_median_high", 1.01)):
            curves.loc[curves["step"] == curves["step"].max(), f"{name}{end}"] = factor * value
    return frames | {"curves": curves}


def lines(tables: dict[str, Any], **manifest: Any) -> list[str]:
    blocks = fit_answer(tables, MANIFEST | manifest)
    table = max(i for i, block in enumerate(blocks) if isinstance(block, Table))
    told = [str(block.text) for block in blocks[table:] if isinstance(block, Paragraph)]
    return told + [str(line) for block in blocks if isinstance(block, Bullets) for line in block.items]


def test_intervals_that_hold_the_algebra_are_said_to() -> None:
    told = lines(ended(**TARGET))
    assert f"Gaussian KL, pathwise: the interval of {MU} holds 0.2; the interval of {SIGMA2} holds 0.36." in told
    assert told[0].startswith(f"Do they agree? Yes, for {MU} and for {SIGMA2}: 8 gradients")


def test_an_interval_that_misses_is_said_to() -> None:
    told = lines(ended(mu=0.5, **TARGET))
    missed = f"the interval of {MU} misses 0.2, which lies below it; the interval of {SIGMA2} holds"
    assert any(missed in line for line in told)


def test_sigma_of_a_squared_error_is_on_its_way_to_0_only_where_it_falls() -> None:
    falls, rises = (lines(ended(sigma=sigma, samples=[1])) for sigma in (0.01, 1e6))
    assert any("to 10\N{SUPERSCRIPT MINUS}\N{SUPERSCRIPT FOUR}, on its way to 0." in line for line in falls)
    assert any("and does not fall." in line for line in rises)
    assert any(line.startswith(f"Why does {SIGMA2} go to 0") for line in falls)


def test_a_ratio_whose_intervals_meet_is_not_called_lower() -> None:
    (told,) = [line for line in lines(ended(**TARGET)) if "variance of pathwise" in line]
    assert "In 0 of 1 settings" in told
    assert "Gaussian KL: 1 (their intervals meet) and" in told


def test_steps_that_disagree_are_not_called_right() -> None:
    told = lines(ended(**TARGET), verdict={"ok": False, "failures": ["x"]})
    assert told[0] == "Do they agree? Not all gradients that were stepped with are the exact ones: see the verdict."
    assert lines(ended(**TARGET), verdict={"ok": True, "checks": 0})[0].endswith("compared with exact gradients.")


def test_of_other_data_and_of_what_was_held_or_diverged_nothing_is_claimed() -> None:
    assert any("does not hold the mean" in line for line in lines(ended(**TARGET), data=None))
    assert any(
        f"{SIGMA} was held at its start." in line for line in lines(ended(**TARGET), config={"fixed": ["sigma"]})
    )
    told = lines(ended(**TARGET) | learned.tables(lost=["score_function"], **TARGET))
    assert "Gaussian KL, score function: 20 of 20 replicates diverged." in told


def test_learners_are_told_apart_by_what_differs_and_there_are_few() -> None:
    assert any(line.startswith("Gaussian KL, K = 10, pathwise: ") for line in lines(ended(objectives=["gaussian_kl"])))
    several = fit_answer(ended(learning_rate=[0.001 * i for i in range(1, 9)]), MANIFEST)
    tables = [block for block in several if isinstance(block, Table)]
    assert len(tables[-1].rows) == MOST
    assert tables[-1].caption.endswith(f"the first {MOST} of 32 learners")


@pytest.mark.parametrize("key", [{"objectives": ["cosine"]}, {"estimators": ["spsa"]}])
def test_without_algebra_there_is_no_answer(key: dict[str, Any]) -> None:
    assert fit_answer(learned.tables(**key), MANIFEST) == []


def test_f_of_a_target_is_told() -> None:
    frames = ended(**TARGET)
    frames["curves"] = frames["curves"].assign(entropy="monte_carlo")
    words = [
        block.text
        for block in fit_answer(frames, MANIFEST)
        if isinstance(block, Paragraph) and not isinstance(block.text, str)
    ]
    (told,) = [text for text in words if Math(r"\bar{x} = 0.2,\ v = 0.36,\ n = 100") in text]
    assert "with the entropy by Monte Carlo f = log q - log p" in str(told[-1])
