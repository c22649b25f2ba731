"""Runs that agree pass with the chance that is said; those that do not are named."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from bench.errors import BadInput, Changed
from bench.merge import agreement
from bench.merge.agreement import Pair
from bench.merge.parts import Part
from bench.spec import Floats

GROUPS = 64
FOLDERS = [Path("a"), Path("b"), Path("c")]


def part(rows: list[dict[str, Any]]) -> Part:
    """Rows of a key, in the runs a, b, ..."""
    fields = [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]
    first = {"exact_variance": 1.0} | rows[0]
    return Part("a row", FOLDERS[: len(rows)], fields, first)


def spread(values: list[float], half: float) -> Part:
    return part([{"v": v, "v_low": v * math.exp(-half), "v_high": v * math.exp(half)} for v in values])


def test_each_two_runs_are_compared() -> None:
    pairs = agreement.of_means(part([{}] * 3), np.array([1.0, 1.0, 1.5]), np.array([0.1, 0.1, 0.1]))
    assert [pair.folders for pair in pairs] == [(Path("a"), Path("b")), (Path("a"), Path("c")), (Path("b"), Path("c"))]
    assert [pair.size for pair in pairs] == pytest.approx([0, 0.5 / math.hypot(0.1, 0.1), 0.5 / math.hypot(0.1, 0.1)])


def test_a_logarithm_is_as_far_off_as_its_t_is_rare() -> None:
    """Half-widths h over t(0.975, 63) are errors; the normal quantile of the t of 63 degrees of freedom."""
    error = 0.02 / stats.t.ppf(0.975, GROUPS - 1)
    t = 0.1 / math.hypot(error, error)
    (pair,) = agreement.of_logarithms(spread([1.0, math.exp(0.1)], 0.02), "v", GROUPS)
    assert pair.size == pytest.approx(stats.norm.isf(stats.t.sf(t, GROUPS - 1)), rel=1e-6)
    assert pair.size < t


def test_what_has_no_interval_is_not_compared() -> None:
    rows = part([{"v": 0, "v_low": None, "v_high": None}, {"v": 2.0, "v_low": 1.9, "v_high": 2.1}])
    assert agreement.of_logarithms(rows, "v", GROUPS) == []
    assert not agreement.judged({"ok", "unconverged"})


def test_the_same_constant_agrees() -> None:
    (pair,) = agreement.of_means(part([{}] * 2), np.zeros(2), np.zeros(2))
    assert pair.size == 0


def test_the_worst_pair_is_named_with_both_numbers() -> None:
    pairs = [Pair("a row", "variance", (FOLDERS[0], FOLDERS[1]), (1.0, 2.0), size) for size in (1.0, 7.5, 9.25)]
    with pytest.raises(Changed) as error:
        agreement.require(pairs)
    assert error.value.exit_code == 4
    assert str(error.value) == (
        "runs: 2 of 3 comparisons disagree beyond joint intervals; the worst: a row: variance = 1 in 'a' and 2 in 'b', "
        "9.25 joint errors apart, allowed 5.1"
    )
    agreement.require(pairs[:1])
    agreement.require([])


def test_the_bound_is_that_of_the_family() -> None:
    """As many more comparisons are, so much rarer each alarm: 5.1 is beyond the bound of 2, within that of 1000."""
    pair = Pair("a row", "gradient", (FOLDERS[0], FOLDERS[1]), (1.0, 2.0), 5.1)
    with pytest.raises(Changed):
        agreement.require([pair] * 2)
    agreement.require([pair] * 1000)


def contract(**changes: Any) -> Part:
    row = {"evaluations": 10, "pilot_evaluations": 0, "exact_gradient": 2.0, "exact_variance": 4.0}
    return part([row, row | changes])


def test_exact_values_may_differ_by_round_off_alone() -> None:
    agreement.require_contract(contract())
    agreement.require_contract(contract(exact_gradient=2.0 * (1 + 1e-12), exact_variance=None))
    for changes in ({"evaluations": 11}, {"exact_gradient": 2.002}, {"exact_variance": 4.004}):
        with pytest.raises(
            BadInput, match=rf"conflicting {next(iter(changes))} of a row: .* in 'a', .* in 'b'; allowed"
        ):
            agreement.require_contract(contract(**changes))


def heavy(generator: np.random.Generator, size: int) -> Floats:
    """The fourth power of a normal, the square of y^2: of kurtosis 200."""
    return np.asarray(generator.standard_normal((GROUPS, size)) ** 4)


def test_heavy_tails_raise_no_false_alarm_and_a_wrong_run_does() -> None:
    """100 pairs of runs: none beyond the bound of as many; variances that differ by a factor of 1.5 are."""
    generator, sizes = np.random.default_rng(5), []
    for _ in range(100):
        halves = [variance_of(heavy(generator, 512)) for _ in range(2)]
        (pair,) = agreement.of_logarithms(part([*halves]), "v", GROUPS)
        sizes.append(pair.size)
    bound = stats.norm.isf(1e-6 / 2 / len(sizes))
    assert max(sizes) < bound
    large = variance_of(heavy(generator, 16384))
    wrong = variance_of(1.5**0.5 * heavy(generator, 16384))
    (pair,) = agreement.of_logarithms(part([large, wrong]), "v", GROUPS)
    assert pair.size > bound


def variance_of(draws: Floats) -> dict[str, float]:
    """The variance of draws[groups, n] with the interval of the jackknife."""
    n, sums, squares = draws.size, draws.sum(axis=1), (draws**2).sum(axis=1)
    rest, count = (sums.sum() - sums), n - draws.shape[1]
    without = np.log((squares.sum() - squares - rest**2 / count) / (count - 1))
    error = math.sqrt(((without - without.mean()) ** 2).sum() * (GROUPS - 1) / GROUPS)
    half, value = stats.t.ppf(0.975, GROUPS - 1) * error, draws.var(ddof=1)
    return {"v": value, "v_low": value * math.exp(-half), "v_high": value * math.exp(half)}
