"""Slips in the user's plug-ins: each is one line that names file and slip, with exit code 2, and nothing is written."""

import shutil
from pathlib import Path

import pytest

from tests.support import slips
from tests.support.command import Outcome, command, contents, one_line
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
            return command("report", f"plugins=[{file}]", f"output={tmp_path / 'out'}", "name=run", "figures=[mine]")
        output = f"output={tmp_path / 'out'}"
        return command("sweep", "study=smoke", "dry_run=true", output, *ONE_CELL, f"plugins=[{file}]", *CHOSEN[right])

    return attempt


@pytest.mark.parametrize("right", [*CHOSEN, slips.FIGURE], ids=lambda text: text.partition(".")[0].strip('"'))
def test_the_right_plugins_pass(tried, right: str) -> None:
    assert tried(right, right).code == 0


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_line(tried, tmp_path: Path, smoke: tuple[Path, Outcome], name: str) -> None:
    slip = SLIPS[name]
    assert slip.right.count(slip.before) >= 1
    line = one_line(tried(slip.right, slip.right.replace(slip.before, slip.after, 1)))
    _, found, told = line.partition(str(tmp_path / "my.py"))
    print(f"{name} | my.py{told}")
    assert found
    assert told.removeprefix("'").removeprefix(":").strip().startswith(slip.line)
    if slip.right == slips.FIGURE:
        assert contents(tmp_path / "out" / "run") == contents(smoke[0])
    else:
        assert not (tmp_path / "out").exists()
