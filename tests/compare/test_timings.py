"""Times: a planted slowdown is called, noise is not, other machines are not judged."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from bench.compare import timings
from bench.statistics.medians import median
from bench.statistics.significance import Effect, from_interval, from_rounds
from tests.support.compared import timed

ROWS, ROUNDS, NOISE = 20, 15, 0.05
MADE: dict[str, Callable[[np.ndarray], Effect]] = {
    "rounds": from_rounds,
    "interval": lambda values: from_interval(*median(values), values.size),
}


def side(random: np.random.Generator, made: str, files: int = 1, slower: float = 1.0) -> list:
    """So many results of ROWS benchmarks, the first of them so much slower."""
    logs = 10 + NOISE * random.normal(size=(files, ROWS, ROUNDS))
    logs[:, 0] += math.log(slower)
    return [timed([MADE[made](row) for row in file]) for file in logs]


def calls(base: list, head: list, threshold: float = 0.15) -> list[str]:
    return [row.call for row in timings.compare(base, head, threshold)]


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("files", [1, 6])
def test_a_slowdown_of_30_percent_is_called_and_worst_first(made: str, files: int) -> None:
    random = np.random.default_rng(0)
    base, head = side(random, made, files), side(random, made, files, slower=1.3)
    row, *others = timings.compare(base, head, 0.15)
    assert (row.key, row.call) == (("test_0",), "regressed")
    assert row.ratio == pytest.approx(1.3, rel=4 * NOISE / math.sqrt(ROUNDS * files) * 1.6)
    assert row.interval[0] < row.ratio < row.interval[1]
    assert {row.call for row in others} == {"unchanged"}
    assert timings.compare(head, base, 0.15)[0].call == "improved"
    assert "regressed" not in calls(base, head, threshold=0.5)


@pytest.mark.parametrize(("made", "files"), [("rounds", 1), ("rounds", 4), ("interval", 1)])
def test_noise_alone_is_called_no_more_often_than_stated(made: str, files: int) -> None:
    """Any call in a comparison, with no threshold to help: at most FALSE_ALARM_TIMES of them, less a chance of 1e-6."""
    random, comparisons = np.random.default_rng(files), 300
    quiet = {"unchanged", "uncertain"}
    loud = sum(
        not set(calls(side(random, made, files), side(random, made, files), threshold=1e-12)) <= quiet
        for _ in range(comparisons)
    )
    assert loud <= stats.binom.ppf(1 - 1e-6, comparisons, timings.FALSE_ALARM_TIMES)


def test_noise_would_be_called_without_holm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timings, "holm", lambda p: p)
    random, comparisons = np.random.default_rng(1), 100
    loud = sum(
        bool({"regressed", "improved"} & set(calls(side(random, "rounds"), side(random, "rounds"), 1e-12)))
        for _ in range(comparisons)
    )
    assert loud > stats.binom.ppf(1 - 1e-6, comparisons, timings.FALSE_ALARM_TIMES)


def test_a_large_ratio_without_evidence_is_uncertain() -> None:
    base, head = ([timed([Effect(value, 0.5, 14)])] for value in (1.0, 1.3))
    assert calls(base, head) == ["uncertain"]


def test_strong_evidence_of_a_small_ratio_is_no_regression() -> None:
    base, head = ([timed([Effect(value, 1e-6, 14)])] for value in (1.0, 1.1))
    (row,) = timings.compare(base, head, 0.15)
    assert row.p < 1e-6
    assert row.call == "unchanged"


@pytest.mark.parametrize("cpu", [("Another CPU", 2), ("A CPU", 4), (None, 2)])
def test_another_machine_is_reported_and_not_judged(cpu: tuple) -> None:
    base, head = (timed([Effect(value, 1e-6, 14)], cpu) for value in (1.0, 2.0))
    here = timed([Effect(1.0, 1e-6, 14)])
    (row,) = timings.compare([here], [head], 0.15)
    assert row.call == "not judged"
    assert row.ratio == pytest.approx(math.e)
    assert calls([base], [head]) == (["not judged"] if None in cpu else ["regressed"])


def test_a_row_without_an_error_is_not_judged_and_spares_the_others() -> None:
    base = [timed([Effect(1.0, math.nan, math.nan), Effect(1.0, 0.01, 14)])]
    head = [timed([Effect(2.0, math.nan, math.nan), Effect(2.0, 0.01, 14)])]
    assert calls(base, head) == ["regressed", "not judged"]
