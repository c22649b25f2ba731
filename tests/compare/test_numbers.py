"""Statistics: to the byte where that is promised, else within joint intervals; noise is not called, a change is."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from bench.compare import numbers, sources
from bench.compare.sources import Result
from bench.tables.components import COMPONENTS
from bench.tables.ratios import RATIOS
from bench.tables.statistics import STATISTICS
from tests.support import compared

Frames = dict[str, pd.DataFrame]
ROWS, GROUPS = 25, 64


@pytest.fixture
def changed(frames: Frames, tmp_path: Path) -> Callable[..., list[numbers.Row]]:
    """The rows that changed from the frames to others, whose manifest may differ."""

    def run(other: Frames, **manifest: Any) -> list[numbers.Row]:
        base = sources.read("base", compared.run(tmp_path / "base", frames))
        head = sources.read("head", compared.run(tmp_path / "head", other, **manifest))
        return [row for row in numbers.compare([base], [head]) if row.changed]

    return run


def nudged(frames: Frames, table: str, column: str, by: Callable[[float], float]) -> Frames:
    """The frames with one number changed."""
    frame = frames[table].copy()
    frame.loc[3, column] = by(frame.loc[3, column])
    return frames | {table: frame}


def next_float(value: float) -> float:
    return math.nextafter(value, math.inf)


BYTES = [("statistics", "gradient"), ("statistics", "kurtosis"), ("ratios", "variance_ratio"), ("ratios", "replicates")]


@pytest.mark.parametrize(("table", "column"), BYTES)
def test_a_last_digit_changes_what_must_be_the_same_bytes(
    frames: Frames, changed: Callable[..., list[numbers.Row]], table: str, column: str
) -> None:
    step = (lambda value: value + 1) if column == "replicates" else next_float
    (row,) = changed(nudged(frames, table, column, step))
    assert (row.table, row.to_the_byte, row.same_bytes) == (table, True, False)


@pytest.mark.parametrize(
    "manifest",
    [
        compared.OTHER_NUMPY,
        {"versions": compared.MANIFEST["versions"] | {"bench": "0.2.0"}},
        {"cpu": compared.CPU | {"model": "Another CPU"}},
        {"seed": 1},
        {"block": {"draws": 1, "groups": 64}},
    ],
)
def test_a_last_digit_is_no_change_where_bytes_may_differ(
    frames: Frames, changed: Callable[..., list[numbers.Row]], manifest: dict[str, Any]
) -> None:
    assert changed(nudged(frames, "statistics", "gradient", next_float), **manifest) == []


def test_neither_order_nor_status_nor_another_grid_is_a_change(
    frames: Frames, changed: Callable[..., list[numbers.Row]]
) -> None:
    other = frames | {"statistics": frames["statistics"][::-1].assign(status="budget").iloc[2:]}
    assert changed(other, config=compared.MANIFEST["config"] | {"precision": 1}) == []


def test_more_replicates_are_compared_by_their_intervals(
    frames: Frames, changed: Callable[..., list[numbers.Row]]
) -> None:
    more = frames | {"statistics": frames["statistics"].assign(replicates=200_000)}
    more = nudged(more, "statistics", "gradient", next_float)
    assert changed(more, config=compared.MANIFEST["config"] | {"precision": 1}) == []
    assert len(changed(more)) == len(frames["statistics"])


@pytest.mark.parametrize(("table", "column"), [("statistics", "gradient"), ("ratios", "variance_ratio")])
def test_a_changed_value_is_called_across_versions(
    frames: Frames, changed: Callable[..., list[numbers.Row]], table: str, column: str
) -> None:
    def wrong(frames: Frames, factor: float) -> Frames:
        for end in ("", "_low", "_high") if table == "ratios" else ("",):
            frames = nudged(frames, table, column + end, lambda value: value * factor)
        return frames

    (row,) = changed(wrong(frames, 1.5), **compared.OTHER_NUMPY)
    assert row.base * 1.5 == pytest.approx(row.head)
    assert row.p < numbers.FALSE_ALARM_STATISTICS
    assert changed(wrong(frames, 1.0001), **compared.OTHER_NUMPY) == []


def test_an_unconverged_ratio_is_not_judged(frames: Frames, changed: Callable[..., list[numbers.Row]]) -> None:
    ratios = frames["ratios"].assign(status="unconverged")
    names = ["variance_ratio", "variance_ratio_low", "variance_ratio_high"]
    ratios[names] *= 3
    assert changed(frames | {"ratios": ratios}, **compared.OTHER_NUMPY) == []


def test_a_value_that_is_gone_must_be_the_same_bytes_or_is_not_judged(
    frames: Frames, changed: Callable[..., list[numbers.Row]]
) -> None:
    gone = nudged(frames, "statistics", "gradient", lambda value: math.nan)
    (row,) = changed(gone)
    assert math.isnan(row.head)
    assert changed(gone, **compared.OTHER_NUMPY) == []


def test_a_constant_gradient_may_differ_by_round_off_alone(
    frames: Frames, changed: Callable[..., list[numbers.Row]]
) -> None:
    frames["statistics"].loc[3, "gradient_se"] = 0.0  # on both sides
    off = nudged(frames, "statistics", "gradient", lambda gradient: gradient + 1e-6)
    assert changed(nudged(frames, "statistics", "gradient", next_float), **compared.OTHER_NUMPY) == []
    assert len(changed(off, **compared.OTHER_NUMPY)) == 1


def test_other_data_are_another_question(frames: Frames, changed: Callable[..., list[numbers.Row]]) -> None:
    wrong = nudged(frames, "statistics", "gradient", lambda value: value * 2)
    assert len(changed(wrong)) == 1
    assert changed(wrong, data={"n": 10, "sha256": "bad"}) == []
    newcomb = compared.MANIFEST["config"] | {"data": {"name": "newcomb"}}
    assert changed(wrong, config=newcomb, data={"n": 20, "sha256": "bad"}) == []
    assert len(changed(wrong, config=newcomb)) == 1  # the same numbers from another file
    assert len(changed(wrong, data={"n": 20, "sha256": "bad"})) == 1  # the first data of more


def noisy(random: np.random.Generator, seed: int, shift: float = 0.0) -> Result:
    """A run with ROWS gradients and ratios, their errors estimated from GROUPS groups; the first gradient is off."""
    gradients, ratios = {}, {}
    for i in range(ROWS):
        groups = random.normal(size=(2, GROUPS))
        values, errors = groups.mean(axis=1), groups.std(axis=1, ddof=1) / math.sqrt(GROUPS)
        half = stats.t.ppf(0.975, GROUPS - 1) * errors[1]
        ends = {"": values[1], "_low": values[1] - half, "_high": values[1] + half}
        shared = dict.fromkeys((*STATISTICS.columns, *RATIOS.columns), "") | {"replicates": "64", "status": "ok"}
        gradient = {"gradient": str(values[0] + (shift if i == 0 else 0.0)), "gradient_se": str(1 / math.sqrt(GROUPS))}
        gradients[(str(i),) * len(STATISTICS.keys)] = shared | gradient
        ratios[(str(i),) * len(RATIOS.keys)] = shared | {
            f"variance_ratio{end}": str(math.exp(value)) for end, value in ends.items()
        }
    tables = {"statistics": gradients, "ratios": ratios, "timings": {}}
    return Result("x", "run", None, ("A CPU", 2), {}, tables, compared.MANIFEST | {"seed": seed})


def called(pairs: int, level: float, monkeypatch: pytest.MonkeyPatch, **shift: float) -> int:
    """In how many comparisons of two seeds a row is called at a level."""
    monkeypatch.setattr(numbers, "FALSE_ALARM_STATISTICS", level)
    random = np.random.default_rng(0)
    return sum(
        any(row.changed for row in numbers.compare([noisy(random, 0)], [noisy(random, 1, **shift)]))
        for _ in range(pairs)
    )


def test_noise_alone_is_called_no_more_often_than_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 5 % instead of its own level, where few comparisons tell; at most a chance of 1e-6 of failing by luck."""
    assert called(200, 0.05, monkeypatch) <= stats.binom.ppf(1 - 1e-6, 200, 0.05)


def test_nine_joint_errors_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """And noise is, without Holm's correction."""
    assert called(20, numbers.FALSE_ALARM_STATISTICS, monkeypatch, shift=9 * math.sqrt(2 / GROUPS)) == 20
    monkeypatch.setattr(numbers, "holm", lambda p: p)
    assert called(50, 0.05, monkeypatch) > stats.binom.ppf(1 - 1e-6, 50, 0.05)


@pytest.mark.parametrize(
    ("targets", "to_the_byte"),
    [(("zen4 01", "zen4 01"), True), (("zen3 02", "zen4 01"), False), ((None, "zen4 01"), True), ((None, None), True)],
)
def test_another_target_of_the_compiler_ends_the_promise_of_bytes(
    frames: Frames, tmp_path: Path, targets: tuple[str | None, str | None], to_the_byte: bool
) -> None:
    """Processors of one model name may differ in it; an older manifest does not hold it."""
    results = []
    for name, target in zip(("base", "head"), targets, strict=True):
        cpu = compared.CPU | ({"target": target} if target else {})
        results.append(sources.read(name, compared.run(tmp_path / name, frames, cpu=cpu)))
    assert {row.to_the_byte for row in numbers.compare(results[:1], results[1:])} == {to_the_byte}


def components(frames: Frames) -> Frames:
    """The frames with a table of components: two for each row of the statistics."""
    rows = frames["statistics"].loc[frames["statistics"].index.repeat(2)].reset_index(drop=True)
    return frames | {"components": rows.assign(component=rows.index % 2)[[*COMPONENTS.columns]]}


def test_a_component_is_compared_as_the_row_that_it_is_part_of(
    frames: Frames, changed: Callable[..., list[numbers.Row]]
) -> None:
    frames |= components(frames)
    (row,) = changed(nudged(frames, "components", "gradient", next_float))
    assert (row.table, row.key[-1], row.to_the_byte) == ("components", "1", True)
    assert changed(nudged(frames, "components", "gradient", next_float), **compared.OTHER_NUMPY) == []
    config = compared.MANIFEST["config"] | {"precision": 1}
    more = frames | {"statistics": frames["statistics"].assign(replicates=200_000)}
    assert changed(nudged(more, "components", "gradient", next_float), config=config) == []
    assert (
        len(changed(nudged(frames, "components", "gradient", lambda value: value * 1.5), **compared.OTHER_NUMPY)) == 1
    )


def test_components_of_one_run_alone_are_no_change(frames: Frames, changed: Callable[..., list[numbers.Row]]) -> None:
    assert changed(components(frames)) == []
