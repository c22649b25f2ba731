"""A small run: its rows are those of the tables, its bytes its own, and a missing JAX one line."""

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.engine.journal import Journal
from bench.errors import BadInput
from bench.progress import Progress
from bench.tables.csv import to_csv
from bench.vae.settings import VaeSettings
from bench.vae.training import VaeRun, run

SMALL = VaeSettings(
    estimator=("score_function_loo", "pathwise"),
    entropy=("closed_form",),
    dimension=(2,),
    samples=(2,),
    steps=6,
    checkpoints=3,
    batch=20,
    replicates=2,
    gradients=8,
    groups=4,
    rounds=2,
    workers=1,
)
TABLES = ("encoder", "reconstructions", "latents")


def ran(settings: VaeSettings, folder: Path | None = None) -> VaeRun:
    with Progress("vae", "steps") as progress, Journal(folder) as journal:
        result = run(settings, progress, journal)
    steps = len(list(settings.fits)) * settings.replicates * settings.steps
    assert progress.done == steps + len(settings.marks) * settings.gradients
    return result


@pytest.fixture(scope="module")
def small() -> VaeRun:
    return ran(SMALL)


def without_time(rows: Any) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "seconds"} for row in rows]


def test_the_rows_are_those_of_the_tables(small: VaeRun) -> None:
    for name in TABLES:
        text = to_csv(name, getattr(small, name))
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len({tuple(row.values()) for row in rows}) == len(rows)
    assert len(small.encoder) == 3 * 2 * 2  # checkpoints, methods, per what
    assert len(small.reconstructions) == 10 * (1 + 2)
    assert len(small.latents) == 297 * 2


def test_a_curve_has_a_row_for_each_checkpoint(small: VaeRun) -> None:
    assert [row["step"] for row in small.curves] == [*SMALL.marks] * 2
    first, *_, last = small.curves[: len(SMALL.marks)]
    assert first["loss"] == small.curves[len(SMALL.marks)]["loss"]  # the same weights before the first step
    assert last["loss"] < first["loss"]
    assert (first["seconds"], first["evaluations"]) == (0, 0)
    assert last["evaluations"] == 6 * 20 * 2
    assert last["seconds"] > 0
    assert all(row["loss_low"] <= row["loss"] <= row["loss_high"] for row in small.curves)
    assert last["variant"] == "L=2"
    assert last["dataset_size"] == 1500


def test_ratios_are_to_pathwise(small: VaeRun) -> None:
    for row in small.encoder:
        ends = [row[f"variance_ratio{end}"] for end in ("", "_low", "_high")]
        assert ends == [1, 1, 1] if row["estimator"] == "pathwise" else ends[1] < ends[0] < ends[2]


def test_the_same_settings_are_the_same_bytes_however_many_work_and_whatever_else_is_fitted(small: VaeRun) -> None:
    again = ran(replace(SMALL, workers=2, rounds=0))
    assert without_time(again.curves) == without_time(small.curves)
    assert [to_csv(name, getattr(again, name)) for name in TABLES] == [
        to_csv(name, getattr(small, name)) for name in TABLES
    ]
    assert all(row["seconds"] is None for row in again.curves)
    alone = ran(replace(SMALL, estimator=("pathwise",), rounds=0))
    assert without_time(alone.curves) == [r for r in without_time(small.curves) if r["estimator"] == "pathwise"]


def test_another_seed_is_another_run(small: VaeRun) -> None:
    other = ran(replace(SMALL, seed=1, rounds=0))
    assert not {row["loss"] for row in other.curves} & {row["loss"] for row in small.curves}


def test_a_fit_that_diverges_has_no_loss_there() -> None:
    """Weights grow by the learning rate with each step, until exp(log sigma) overflows."""
    settings = replace(SMALL, estimator=("pathwise",), learning_rate=1e6, rounds=0)
    losses = [row["loss"] for row in ran(settings).curves]
    assert losses[0] is not None
    assert np.isfinite(losses[0])
    assert losses[-1] is None


def test_without_jax_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jax", None)
    with pytest.raises(BadInput, match=r"^objective=vae needs JAX, which is not installed; pip install 'mcgrad-ben"):
        run(SMALL, Progress("vae", "steps"), Journal(None))


def test_what_the_journal_holds_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ran(replace(SMALL, rounds=0), tmp_path)

    def never(*_: Any) -> Any:
        raise AssertionError("a fit was made again")

    from bench.vae import fitting, variance

    monkeypatch.setattr(fitting, "trace", never)
    monkeypatch.setattr(variance, "measured", never)
    assert ran(replace(SMALL, rounds=0, workers=2), tmp_path) == first
