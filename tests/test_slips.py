"""Slips in the user's plug-ins: each is one line that names file and slip, with exit code 2, and nothing is written."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.probe import apart
from bench.report import fork, write
from tests.support import slips
from tests.support.command import TOP, Outcome, command, contents, instead, one_line, plugin_files
from tests.support.slips import SLIPS

CHOSEN = {
    slips.ESTIMATOR: ("estimator=[mine]",),
    slips.WEIGHT: ("estimator=[mine]",),
    slips.OBJECTIVE: ("objective=[mine]", "estimator=[pathwise]"),
    slips.FAMILY: ("family=[mine]", "estimator=[score_function]"),
    slips.SAMPLER: ("sampler=[mine]", "samples=[2]", "estimator=[pathwise]"),
    slips.DATA: ("data=mine", "estimator=[pathwise]"),
    slips.EXECUTOR: ("executor=mine", "estimator=[pathwise]"),
}
ONE_CELL = ("sigma=[1.0]", "dataset_size=[5]", "samples=[1]", "latent=[shared]", "rounds=0")


@pytest.fixture
def tried(tmp_path: Path, smoke: tuple[Path, Outcome]):
    """A function that tries a plug-in: a figure on a finished run, all others in a sweep that is only planned."""

    def attempt(right: str, text: str) -> Outcome:
        file = tmp_path / "my.py"
        file.write_text(text)
        if right == slips.FIGURE:
            shutil.copytree(smoke[0], tmp_path / "out" / "run")
            return command("report", plugin_files(file), f"output={tmp_path / 'out'}", "name=run", "figures=[mine]")
        output = f"output={tmp_path / 'out'}"
        return command("sweep", "study=smoke", "dry_run=true", output, *ONE_CELL, plugin_files(file), *CHOSEN[right])

    return attempt


@pytest.mark.parametrize("right", [*CHOSEN, slips.FIGURE], ids=lambda text: text.partition(".")[0].strip('"'))
@pytest.mark.thinned(2)
def test_the_right_plugins_pass(tried, right: str) -> None:
    assert tried(right, right).code == 0


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.thinned(6)
def test_a_slip_is_one_line(tried, tmp_path: Path, smoke: tuple[Path, Outcome], name: str) -> None:
    slip = SLIPS[name]
    assert slip.right.count(slip.before) >= 1
    line = one_line(tried(slip.right, slip.right.replace(slip.before, slip.after, 1)))
    _, found, told = line.partition(str(tmp_path / "my.py"))
    assert found
    assert told.removeprefix("'").removeprefix(":").strip().startswith(slip.line)
    if slip.right == slips.FIGURE:
        assert contents(tmp_path / "out" / "run") == contents(smoke[0])
    else:
        assert not (tmp_path / "out").exists()


FIELD = {
    "undecorated": "rule.combine is the function combine(noise, j, theta, phi, f, first, out); allowed: a function (",
    "wrongfield": "rule.combine reads f.slope, which rule.needs=('value',) does not name",
    "outofbounds": "combine: line 12: index 2 is out of bounds for axis 0 with size 2; allowed: within noise (1, 1, 8)",
}


@pytest.mark.parametrize("name", FIELD)
@pytest.mark.parametrize("others", ["", ",pathwise"], ids=["alone", "beside a sound one"])
@pytest.mark.thinned(2)
def test_a_file_that_went_wrong_is_one_line(tmp_path: Path, name: str, others: str) -> None:
    file = TOP / "tests" / "plugins" / "slips" / f"{name}.py"
    chosen = plugin_files(file), f"estimator=[{name}{others}]"
    line = one_line(command("sweep", "study=smoke", f"output={tmp_path / 'out'}", *ONE_CELL, *chosen))
    assert line.removeprefix("plugins: ").startswith(f"{file}: {FIELD[name]}")
    assert not (tmp_path / "out").exists()


def alone(folder: Path, text: str, *overrides: str) -> Outcome:
    """A sweep of one cell in a process of its own, with the plug-in my.py."""
    (folder / "my.py").write_text(text)
    words = "sweep", "study=smoke", f"output={folder / 'out'}", "name=run", *ONE_CELL, plugin_files(folder / "my.py")
    program = [sys.executable, "-m", "bench", *instead(*words, *overrides)]
    made = subprocess.run(program, cwd=TOP, capture_output=True, text=True, timeout=300)
    return Outcome(made.returncode, made.stdout, made.stderr)


HEAD = "@kernel\ndef combine(noise, j, theta, phi, f, first, out):\n"
FAR = "@kernel\ndef far(out):\n    out[10**9, 0] = 0.0\n\n\n"


def test_a_kernel_that_crashes_is_one_line(tmp_path: Path) -> None:
    """In a subroutine, which is compiled where its caller is interpreted."""
    assert HEAD in slips.ESTIMATOR
    line = one_line(alone(tmp_path, slips.ESTIMATOR.replace(HEAD, f"{FAR}{HEAD}    far(out)\n"), "estimator=[mine]"))
    assert line == f"plugins: {tmp_path / 'my.py'}: combine: ends the process (SIGSEGV); allowed: to return"
    assert not (tmp_path / "out").exists()


LONG = {
    "calls itself": (
        slips.WEIGHT,
        ("phi[0]\n\n", "phi[0]\n    if out.shape[1] > 100:\n        weigh(noise, y, theta, phi, f, out)\n\n"),
        "estimator=[mine]",
        "weigh",
    ),
    "reads address 0": (
        "import ctypes\n\nfrom bench.wrap import objective\n\n\n"
        "def value(y):\n    return y[0] ** 2\n\n\nPLUGIN = objective('mine', value)\n",
        ("    return y[0]", "    if y.shape[1] > 300:\n        ctypes.string_at(0)\n    return y[0]"),
        "objective=[mine]",
        "value",
    ),
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.thinned(2)
def test_what_crashes_on_many_draws_alone_is_one_line(tmp_path: Path, name: str) -> None:
    right, slip, chosen, function = LONG[name]
    assert slip[0] in right
    line = one_line(alone(tmp_path, right.replace(*slip), chosen, "estimator=[score_function]", "dry_run=true", chosen))
    place = f"plugins: {tmp_path / 'my.py'}: {function} on 640 draws"
    assert line == f"{place}: ends the process (SIGSEGV); allowed: to return"


def test_a_kernel_that_hangs_is_one_line(tried, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE_S", 1)
    monkeypatch.setattr(apart, "UNFORKABLE", set())  # what other tests have imported is not used here
    hangs = slips.ESTIMATOR.replace(HEAD, f"{HEAD}    while theta[1] < 1e300:\n        out[0, 0] += 1.0\n")
    line = one_line(tried(slips.ESTIMATOR, hangs))
    assert line == f"plugins: {tmp_path / 'my.py'}: combine: does not return within 1 s; allowed: to return"


def test_an_executor_that_waits_behind_its_last_result_is_one_line(
    tried, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "PATIENCE_S", 1)
    monkeypatch.setattr(apart, "UNFORKABLE", set())
    waits = slips.EXECUTOR.replace(
        "        yield function(item)\n",
        "        yield function(item)\n    import threading\n\n    threading.Event().wait()\n",
    )
    line = one_line(tried(slips.EXECUTOR, waits))
    assert line == f"plugins: {tmp_path / 'my.py'}: map: does not return within 1 s; allowed: to return"


@pytest.mark.parametrize("end", ["os._exit(0)", "signal.pause()"])
def test_a_figure_that_ends_the_process_or_does_not_end_is_one_line(
    tried, tmp_path: Path, smoke: tuple[Path, Outcome], monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr(write, "PATIENCE_S", 1)
    monkeypatch.setattr(fork, "UNFORKABLE", set())
    ends = slips.FIGURE.replace("    return canvas", f"    import os, signal\n\n    {end}\n    return canvas")
    line = one_line(tried(slips.FIGURE, ends))
    place = f"plugins: {tmp_path / 'my.py'}: the figure mine"
    assert line == f"{place} ends the process, or takes more than 1 s; allowed: to return"
    assert contents(tmp_path / "out" / "run") == contents(smoke[0])


@pytest.mark.slow
def test_what_plugins_print_is_on_standard_error(tmp_path: Path) -> None:
    """At import, by another program, and in a function: standard output is the result alone."""
    noisy = slips.OBJECTIVE.replace(
        "\n\n@kernel\ndef value", "\nimport os\n\nprint('a word')\nos.system('echo two')\n\n\n@kernel\ndef value"
    ).replace("    return 2 * phi", "    print('three')\n    return 2 * phi")
    code, out, err = alone(tmp_path, noisy, "objective=[mine]", "estimator=[pathwise]", "precision=10")
    assert code == 0, err
    assert out.startswith("VERDICT ok")
    assert {"a word", "two", "three"} <= set(err.splitlines())


def test_an_estimator_without_a_finite_value_ends_with_5_beside_a_sound_one(tmp_path: Path, sweep) -> None:
    (tmp_path / "my.py").write_text(
        slips.ESTIMATOR.replace("d_mu = f", "d_mu = np.nan * f").replace("d_sigma = f", "d_sigma = np.inf * f")
    )
    code, out, err = sweep(*ONE_CELL[:4], plugin_files(tmp_path / "my.py"), "estimator=[pathwise,mine]", "name=run")
    assert code == 5, err
    assert out.startswith("VERDICT ok: ")
    assert "without one finite value: mine" in out
