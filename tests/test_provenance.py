"""Provenance: enough to repeat a run, nothing about who ran it and where."""

import getpass
import hashlib
import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import llvmlite.binding
import numpy as np
import pytest

import bench
from bench import deciding, provenance
from bench.data import normal
from bench.kernels import cache
from tests.support.command import TOP, Outcome


@pytest.fixture(scope="module")
def record(smoke: tuple[Path, Outcome]) -> dict[str, Any]:
    return json.loads((smoke[0] / "manifest.json").read_text())


def test_it_holds_what_makes_the_run_again(record: dict[str, Any], smoke: tuple[Path, Outcome]) -> None:
    assert record["config"]["sigma"] == [0.5, 2.0]
    assert record["config"]["executor"] == {"name": "serial"}
    assert record["seed"] == 0
    assert record["versions"]["python"] == platform.python_version()
    assert record["versions"]["numpy"] == np.__version__
    assert record["versions"]["bench"] == bench.__version__
    assert record["sources_sha256"] == cache.source_hash()
    assert set(record["phases"]) == {"sampling", "oracle", "timing", "exact curves", "writing"}
    assert record["verdict"]["ok"]
    assert record["block"]["tile"] > 0
    assert record["cpu"]["affinity"]
    assert record["command"].startswith("python -m bench sweep study=smoke output=smoke")


def test_the_words_of_its_plugins_are_kept_and_of_no_others(record: dict[str, Any]) -> None:
    assert record["words"]["score_function_local"] == "local score function"
    assert "score_function_loo" not in record["words"]
    assert record["formulas"]["pathwise"]
    assert "score_function_loo" not in record["formulas"]


def test_the_data_are_hashed(record: dict[str, Any]) -> None:
    x = normal.load(5, 0.0, 1.0, 0)
    data = record["data"]
    assert data["sha256"] == hashlib.sha256(x.astype("<f8").tobytes()).hexdigest()
    assert (data["n"], data["mean"], data["variance"]) == (5, x.mean(), x.var())
    assert data["description"].startswith("Synthetic data")


def test_it_says_nothing_about_who_and_where(record: dict[str, Any], smoke: tuple[Path, Outcome]) -> None:
    text = json.dumps(record)
    for secret in (str(TOP), str(smoke[0].parent.parent), str(Path.home()), f"/{getpass.getuser()}/", sys.prefix):
        assert secret not in text
    words = {word.strip('",[]{}:') for word in text.split()}
    assert platform.node() not in words


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_commit_and_whether_the_sources_differ_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "PACKAGE", tmp_path / "bench")
    assert provenance._git("rev-parse", "HEAD") is None
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "a.py").write_text("")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "a")
    assert provenance._git("rev-parse", "HEAD") == git(tmp_path, "rev-parse", "HEAD").strip()
    (tmp_path / "notes.txt").write_text("")
    assert provenance._git("status", "--porcelain", "--", "bench", "conf") == ""
    (tmp_path / "bench" / "a.py").write_text("a = 1")
    assert provenance._git("status", "--porcelain", "--", "bench", "conf") == "M bench/a.py"


def test_the_processor_has_a_name() -> None:
    assert provenance.cpu_model().strip()


def test_the_compilers_target_is_recorded(record: dict[str, Any]) -> None:
    assert record["cpu"]["target"] == deciding.compiler_target()
    assert deciding.compiler_target().startswith(f"{llvmlite.binding.get_host_cpu_name()} ")
