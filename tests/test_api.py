"""Runs in Python: frames in their types, the verdict, figures, errors as exceptions, and a process left as it was."""

import copy
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import bench
from bench import api
from bench.errors import BadInput, Disagrees, NothingMeasured
from bench.tables.contents import BY_KIND
from bench.tables.csv import read
from tests.support.command import TOP, Outcome, command

HEAVY = ("numba", "numpy", "scipy", "pandas", "matplotlib", "hydra")
CELL = {"latent": ["shared"], "sigma": [1.0], "dataset_size": [5], "samples": [1]}
QUICK: dict[str, Any] = {"study": "smoke", "precision": 10, "rounds": 0, **CELL}
Smoke = tuple[Path, Outcome]


def test_the_package_is_imported_without_what_it_offers() -> None:
    show = f"import sys, bench; print(*(set({HEAVY}) & set(sys.modules)), dir(bench))"
    done = subprocess.run([sys.executable, "-c", show], cwd=TOP, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[")
    assert all(f"'{name}'" in done.stdout for name in bench.__all__)
    with pytest.raises(AttributeError, match="no attribute 'swep'"):
        _ = bench.swep


def test_a_run_has_all_tables_and_its_verdict(smoke: Smoke) -> None:
    run = bench.load(smoke[0])
    frames = {field.name for field in fields(api.Run)} - {"folder", "manifest"}
    assert (
        frames
        == {field.name for field in fields(api.Runs)} - {"runs"}
        == {table.name for kind in api.HEADS for table in BY_KIND[kind]}
    )
    for name, raw in read(smoke[0]).items():
        assert len(getattr(run, name)) == len(raw)
        assert [*getattr(run, name)] == [*raw.columns[1:]]
    assert run.verdict["ok"]
    assert run.verdict["checks"] > 0
    assert repr(run) == f"<run {str(smoke[0])!r}: verdict ok, {len(run.ratios)} ratios>"


def test_a_figure_is_that_of_the_report_and_is_shown(smoke: Smoke) -> None:
    before = dict(matplotlib.rcParams)
    figure = bench.load(smoke[0]).figure("variance_ratio_sigma")
    assert isinstance(figure, Figure)
    assert figure._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert dict(matplotlib.rcParams) == before


def test_several_runs_are_below_each_other(smoke: Smoke, tmp_path: Path) -> None:
    for name in ("a", "b [1]"):
        shutil.copytree(smoke[0], tmp_path / name)
    (tmp_path / "unfinished").mkdir()
    (tmp_path / "peers").mkdir()
    (tmp_path / "peers" / "manifest.json").write_text('{"kind": "peers"}')  # no run: times of other frameworks
    with pytest.raises(BadInput, match=r"is no run but a folder of runs, as '.*/a'; all are '.*/\*'$"):
        bench.load(tmp_path)
    runs = bench.load(f"{tmp_path}/*")
    assert set(runs.runs) == {"a", "b [1]"}
    for name in ("verdict", "figure", "folder", "manifest"):
        with pytest.raises(AttributeError, match=f"several runs have no '{name}'; .* as .runs\\['a'\\].{name}$"):
            getattr(runs, name)
    assert not hasattr(runs, "nonsense")
    assert copy.deepcopy(runs).runs.keys() == runs.runs.keys()
    single = bench.load(tmp_path / "b [1]").ratios  # a folder, though it looks like a pattern
    below = runs.ratios[runs.ratios["run"] == "b [1]"]
    assert [*runs.ratios] == ["run", *single]
    pd.testing.assert_frame_equal(below.drop(columns="run").reset_index(drop=True), single)
    alike = bench.load([tmp_path / "a", smoke[0].parent / "run", str(smoke[0])[:-3] + "./run"])
    assert len(alike.runs) == 2
    assert runs.components is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bench.load("reports/nothing"), "unknown run 'nothing'; known: "),
        (lambda: bench.load("nowhere/*"), "there is no finished run"),
        (lambda: bench.load([]), "there is no finished run"),
        (lambda: bench.load(None), "load: None is not allowed; allowed: the folder of a run, a pattern such as"),  # type: ignore[arg-type]
        (lambda: bench.load(5), "load: 5 is not allowed"),  # type: ignore[arg-type]
        (lambda: bench.load(b"x"), "load: b'x' is not allowed"),  # type: ignore[arg-type]
        (lambda: bench.load(["a", 5]), "unknown run 'a'"),  # type: ignore[list-item]
        (lambda: bench.load([5]), "load: 5 is not allowed"),  # type: ignore[list-item]
        (lambda: bench.load(""), "load: '' is not allowed"),
        (lambda: bench.sweep(dry_run="yes"), "dry_run='yes' is not allowed"),
        (lambda: bench.sweep(name=b"x"), "name=b'x' is not allowed; allowed: numbers, text, "),
        (lambda: bench.sweep(sigma=[Fraction(1, 2)]), "sigma=Fraction(1, 2) is not allowed; allowed: numbers"),
        (lambda: bench.sweep(sigma=[10**400]), "sigma=10000000000000000000... is not allowed; allowed: a finite"),
        (lambda: bench.sweep(sigma=[10**5000]), "sigma="),
        (lambda: bench.sweep(sigma=[np.datetime64("2020-01-01")]), "sigma=datetime.date(2020, 1, 1) is not allowed"),
        (lambda: bench.sweep(sigma=[[{}]]), "sigma={} is not allowed; allowed: numbers"),
        (lambda: bench.sweep(sigma=[-1]), "sigma=-1 is not allowed; allowed: a finite number > 0"),
        (lambda: bench.sweep(sigm=[1]), "unknown key 'sigm'"),
        (lambda: bench.sweep(study="tiny"), "unknown study 'tiny'"),
        (lambda: bench.sweep(dry_run=True), "dry_run=true is not allowed"),
        (lambda: bench.sweep(sigma=object), "sigma=<class 'object'> is not allowed"),
        (lambda: bench.sweep(plugins=["nowhere.py"]), "plugins: 'nowhere.py' is not a file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_an_exception(call: Callable[[], Any], words: str) -> None:
    with pytest.raises(bench.BenchError) as error:
        call()
    assert words in str(error.value)
    assert isinstance(error.value, BadInput)


def test_a_figure_that_there_is_not_is_an_exception(smoke: Smoke) -> None:
    with pytest.raises(BadInput, match="unknown figure 'variance'; known: efficiency_map"):
        bench.load(smoke[0]).figure("variance")
    with pytest.raises(NothingMeasured, match="nothing that the figure 'variance_ratio_theta' could show"):
        bench.load(smoke[0]).figure("variance_ratio_theta")


def test_a_run_that_failed_its_verdict_is_refused(smoke: Smoke, tmp_path: Path) -> None:
    folder = shutil.copytree(smoke[0], tmp_path / "run")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["verdict"] |= {"ok": False, "failures": ["this row"]}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Disagrees, match="the first is this row; force=true"):
        bench.load(folder)
    assert not bench.load(folder, force=True).verdict["ok"]


def test_a_sweep_is_that_of_the_command_line(tmp_path: Path) -> None:
    keys = QUICK | {"sigma": np.array([0.5, 1.0]), "derived": {"both": (1, 2)}, "output": tmp_path / "données (1)"}
    run = bench.sweep(**keys, name="a [1]")
    assert run.folder == tmp_path / "données (1)" / "a [1]"
    assert set(run.statistics["sigma"]) == {0.5, 1.0}
    assert "both" in set(run.statistics["parameter"])
    assert run.manifest["config"]["derived"] == {"both": [1, 2]}


def state() -> dict[str, Any]:
    """What of a process others would notice."""
    return {
        "signals": {number: signal.getsignal(number) for number in signal.valid_signals()},
        "environment": dict(os.environ),
        "settings of matplotlib": dict(matplotlib.rcParams),
        "arguments": list(sys.argv),
        "path": list(sys.path),
        "folder": os.getcwd(),
        "filters": list(warnings.filters),
        "errors of numpy": np.geterr(),
        "loggers": [*logging.root.handlers, logging.root.level],
        "streams": [sys.stdout, sys.stderr, sys.__stdout__, sys.unraisablehook, sys.excepthook],
        "threads": {thread for thread in threading.enumerate() if not thread.daemon},
        "open": {os.readlink(f"/proc/self/fd/{name}") for name in ("0", "1", "2")},
        "random": np.random.get_state()[1].tolist(),  # noqa: NPY002  # of a user, whom a seed set here would surprise
    }


@pytest.mark.parametrize("where", ["main thread", "another thread"])
def test_the_process_is_left_as_it_was(where: str, tmp_path: Path) -> None:
    outcomes: list[Any] = []

    def work() -> None:
        outcomes.append(bench.sweep(**QUICK, output=tmp_path, name="run", plugins=[TOP / "tests/plugins/cubic.py"]))
        outcomes.append(command("sweep", "sigma=[-1]"))

    before = state()
    if where == "main thread":
        work()
    else:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    after = state()
    assert {key for key in before if before[key] != after[key]} == set()
    assert outcomes[0].verdict["ok"]
    assert outcomes[1].code == 2


def test_a_plugin_that_was_edited_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "power.py"
    text = "from bench.wrap import objective\nPLUGIN = objective('power', lambda y: ({}).sum(axis=0))\n"
    gradients = []
    for body in ("y**2", "100 * y**2"):
        file.write_text(text.format(body))
        run = bench.sweep(
            **QUICK, output=tmp_path, name="run", plugins=[file], objective=["power"], estimator=["score_function"]
        )
        gradients.append(run.statistics.query("parameter == 'mu'")["exact_gradient"].item())
    assert gradients == pytest.approx([2.0, 200.0], rel=1e-6)


def test_the_notebook_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells in order in one namespace; a kernel would show what each of them ends with."""
    monkeypatch.chdir(tmp_path)
    notebook = json.loads((TOP / "examples" / "notebook.ipynb").read_text())
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        assert cell["id"]
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    assert names["run"].verdict["ok"]
    assert set(names["runs"].runs) == {"notebook"}
    assert set(names["mu"]["sigma"]) == {0.3, 1.0, 3.0}


def test_a_fit_has_its_tables_and_those_of_a_sweep_are_none(descended: Smoke, smoke: Smoke) -> None:
    run, sweep = bench.load(descended[0]), bench.load(smoke[0])
    for name, raw in read(descended[0]).items():
        assert [*getattr(run, name)] == [*raw.columns[1:]]
    assert run.kind == "fit"
    assert run.curves["step"].dtype == "Int64"
    assert run.paths["mu"].dtype == "float64"
    assert {len(run.curves), len(run.paths)} == {11 * 2}
    assert run.statistics is run.ratios is sweep.curves is sweep.paths is None
    assert repr(run) == f"<run {str(descended[0])!r}: verdict ok, 22 curves>"
    both = bench.load([smoke[0], descended[0]])
    assert len(both.curves) == 22
    assert set(both.ratios["run"]) == {str(smoke[0])}


def test_a_figure_is_of_the_kind_of_its_run(descended: Smoke, smoke: Smoke) -> None:
    assert isinstance(bench.load(descended[0]).figure("loss_steps"), Figure)
    with pytest.raises(BadInput, match="a figure for a sweep; this is for a fit"):
        bench.load(smoke[0]).figure("loss_steps")
