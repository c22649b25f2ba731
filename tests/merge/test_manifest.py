"""The manifest of a merged run: what its sources share, and what each of them was."""

from pathlib import Path

import pytest

from bench.merge import sources
from bench.merge.manifest import machines, manifest, united
from bench.merge.sources import Source
from tests.support import compared, merging


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Source]:
    """Two runs on like machines, one on another."""
    monkeypatch.chdir(tmp_path)
    cpus = compared.CPU, compared.CPU | {"model": "Another"}, compared.CPU
    for seed, cpu in enumerate(cpus):
        merging.run(Path("reports", f"run{seed}"), seed, cpu=cpu, phases={"sampling": 1.5})
    return sources.read([f"reports/run{seed}" for seed in (2, 0, 1)], force=False)


def test_like_machines_are_told_apart_by_the_names_of_runs_or_by_numbers(runs: list[Source]) -> None:
    assert machines(runs) == [
        "A CPU, 2 cores (2 allowed), run run0",
        "Another, 2 cores (2 allowed)",
        "A CPU, 2 cores (2 allowed), run run2",
    ]
    runs[2].manifest["name"] = "run0"  # type: ignore[index]
    assert [name.rpartition(", ")[2] for name in machines(runs)[::2]] == ["source 1", "source 3"]


def test_it_names_its_sources_and_how_it_is_made_again(runs: list[Source]) -> None:
    record = manifest("all", "reports", runs, {"ok": True})
    words = record["command"].replace("'", "").replace('"', "").replace("\\", "")
    assert words == "python -m bench merge runs=[reports/run0,reports/run1,reports/run2] name=all"
    assert record["seed"] == [0, 1, 2]
    assert record["cpu"] == {"model": "A CPU and Another"}
    assert record["phases"] == {"sampling": 4.5}
    assert [(told["name"], told["seed"], told["machine"]) for told in record["merged"]] == [
        (f"run{seed}", seed, machine) for seed, machine in enumerate(machines(runs))
    ]
    assert {told["commit"] for told in record["merged"]} == {"0123456789abcdef"}
    assert record["merged"][0]["replicates"] == 100_000 * len(runs[0].tables["statistics"])


def test_configurations_are_united() -> None:
    first = {"seed": 1, "sigma": [1.0, 2.0], "estimator": {"a": {}, "b": {"h": [1]}}, "precision": 0.1, "at": None}
    second = {"seed": 2, "sigma": [2.0, 3.0], "estimator": {"b": {"h": [2]}, "c": {}}, "precision": 0.1, "at": None}
    assert united([first, second]) == {
        "seed": None,
        "sigma": [1.0, 2.0, 3.0],
        "estimator": {"a": {}, "b": {"h": [1, 2]}, "c": {}},
        "precision": 0.1,
        "at": None,
    }
