"""The command line: its help, its speed to start, its runs of several, its exit codes."""

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest

import bench
from bench import cli
from bench.commands import sweep
from bench.config import folder
from bench.errors import BadInput, ExitCode
from tests.support.command import ONE_CELL, TOP, Outcome, command

HEAVY = ("numba", "numpy", "scipy", "pandas", "matplotlib", "hydra", "omegaconf")


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_lists_the_commands(arguments: tuple[str, ...]) -> None:
    code, out, err = command(*arguments)
    assert (code, err) == (0, "")
    for name, what in cli.COMMANDS.items():
        assert f"  {name:10} {what}\n" in out


def test_help_lists_the_exit_codes() -> None:
    _, out, _ = command("--help")
    for code in ExitCode:
        assert f"\n  {code:<10} {code.meaning}\n" in out


def test_the_version_is_told() -> None:
    assert command("--version") == (0, f"mcgrad-bench {bench.__version__}\n", "")


def test_every_command_has_its_config_and_its_module() -> None:
    assert {file.stem for file in folder.config_folder().glob("*.yaml")} == set(cli.COMMANDS)
    for name in cli.COMMANDS:
        assert callable(import_module(f"bench.commands.{name}").run)


def test_help_starts_without_the_heavy_imports() -> None:
    show = f"print(*(set({HEAVY}) & set(sys.modules)), file=sys.stderr)"
    code = f"import sys; from bench import cli; cli.main(['--help']); {show}"
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("usage: python -m bench COMMAND")
    assert done.stderr == "\n"


def test_the_module_runs_and_gives_the_exit_code() -> None:
    for arguments, code in ((["--help"], 0), (["sweeep"], 2)):
        done = subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=TOP, capture_output=True, text=True)
        assert done.returncode == code
        assert "Traceback" not in done.stderr


def test_several_values_are_runs_of_their_own(sweep: Callable[..., Outcome], tmp_path: Path) -> None:
    code, out, _ = sweep("name=seeds", "-m", "seed=0,1", "executor=threads,serial", *ONE_CELL)
    assert code == 0
    assert out.count("VERDICT ok") == 4
    for seed, executor in product((0, 1), ("threads", "serial")):
        manifest = json.loads((tmp_path / f"seeds-seed={seed}-executor={executor}" / "manifest.json").read_text())
        assert (manifest["config"]["seed"], manifest["config"]["executor"]["name"]) == (seed, executor)


def test_several_runs_may_be_named(sweep: Callable[..., Outcome], tmp_path: Path) -> None:
    assert sweep("--multirun", "name=a,b", *ONE_CELL).code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}


def test_the_worst_of_several_exit_codes_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "run", lambda config, words, plugins: config["seed"])
    assert command("sweep", "-m", "seed=0,3,2").code == 3


@pytest.mark.parametrize(
    "override", ["estimator=[pathwise],[reinforce]", "study=smoke,tiny", "seed=glob(*)", "seed=range(a)", "seed=0,x"]
)
def test_no_run_starts_where_one_of_several_cannot(monkeypatch: pytest.MonkeyPatch, override: str) -> None:
    started = []
    monkeypatch.setattr(sweep, "run", lambda *arguments: started.append(arguments) or 0)
    code, _, err = command("sweep", "-m", override)
    assert code == 2
    assert err.count("\n") == 1
    assert started == []


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (MemoryError("no room"), "error: MemoryError: no room\n"),
        (OSError(28, "No space left on device"), "error: OSError: [Errno 28] No space left on device\n"),
        (BadInput("two\n  lines"), "error: two lines\n"),
    ],
)
def test_what_the_machine_lacks_is_one_line(monkeypatch: pytest.MonkeyPatch, error: Exception, line: str) -> None:
    def fail(*arguments: object) -> int:
        raise error

    monkeypatch.setattr(sweep, "run", fail)
    code, out, err = command("sweep", "study=smoke")
    assert (code, out, err) == (2 if isinstance(error, BadInput) else 1, "", line)
