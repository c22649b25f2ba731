"""The command that a report prints makes the run again: typed in a shell, the same bytes."""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench import rerun
from tests.support.command import TOP, command


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["study=smoke", "sigma=[0.1,1]"], "study=smoke 'sigma=[0.1,1]'"),
        (["+seed=2"], "seed=2"),
        (["output=here/there"], "output=here/there"),
        (["data.path=/a/b.csv"], "data.path=b.csv"),
        (["plugins=[/a/mine.py,other.py]"], "'plugins=[mine.py,other.py]'"),
        (["output=/a/b c/"], shlex.quote("output='b c'")),
        (["output=d'or"], shlex.quote("output='d\\'or'")),
        (["name=007", "~mu"], shlex.join(["name='007'", "~mu"])),
        (["executor.address='tcp://10.0.0.1:8786'"], shlex.quote("executor.address='tcp://HOST:PORT'")),
        (["output=/"], shlex.quote("output='.'")),
    ],
)
def test_it_is_quoted_for_a_shell_and_says_nothing_of_the_machine(words: list[str], expected: str) -> None:
    assert rerun.command(words) == f"python -m bench sweep {expected}"


def test_paths_start_at_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/people/ann")
    assert rerun.without_private(f"{tmp_path}/a/b.csv") == "a/b.csv"
    assert rerun.without_private("../a.csv") == "../a.csv"
    assert rerun.without_private("../../people/ann/a.csv") == "a.csv"
    config = {"plugins": [f"{tmp_path}/mine.py", "/b.py"], "data": {"path": "/etc/a.csv", "n": 3}}
    assert rerun.without_private(config) == {"plugins": ["mine.py", "b.py"], "data": {"path": "a.csv", "n": 3}}


def test_files_are_hashed_and_folders_that_are_left_out_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for file in ("a.csv", "../b.csv", "mine.py"):
        Path(file).write_text(file)
    (tmp_path / "my" / "study").mkdir(parents=True)
    (tmp_path / "my" / "study" / "night.yaml").write_text("a: 1")

    def sha256(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    words = [
        "executor.address='tcp://10.0.0.1:8786'",  # no file, and none that is left out
        "data.path=a.csv",
        f"plugins=[mine.py,{tmp_path}/b.csv]",
        f"output={tmp_path}",
        f"config_dir={tmp_path}/my",
    ]
    fields = ("key", "name", "sha256", "left_out")
    assert rerun.inputs(words) == [
        dict(zip(fields, entry, strict=True))
        for entry in (
            ("data.path", "a.csv", sha256("a.csv"), False),
            ("plugins", "mine.py", sha256("mine.py"), False),
            ("plugins", "b.csv", sha256("../b.csv"), True),
            ("output", tmp_path.name, None, True),
            ("config_dir", "night.yaml", sha256("a: 1"), True),
        )
    ]


DATASET = '''"""One value a line, under a first line of text."""

from pathlib import Path

import numpy as np

from bench.spec import Dataset

PLUGIN = Dataset(
    name="mine",
    load=lambda dataset_size, path: np.array(Path(path).read_text().split("\\n")[1:4], dtype=float)[:dataset_size],
    parameters={"path": None},
)
'''
STUDY = "# Mine.\ndefaults: [smoke, _self_]\nname: night\nsigma: [0.75]\nrounds: 0\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A working folder with a dataset, a plug-in and a study of the user's, under odd names."""
    desk = tmp_path / "a (1)"
    (desk / "my configs" / "study").mkdir(parents=True)
    (desk / "my configs" / "study" / "nuit d'été.yaml").write_text(STUDY)
    (desk / "mes données, 1.csv").write_text("le temps\n1.5\n-0.25\n0.5\n")
    (desk / "my data.py").write_text(DATASET)
    return desk


def test_what_the_report_prints_makes_the_same_bytes(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words leave the name to --multirun and name files from the root on; the copy lies elsewhere."""
    monkeypatch.chdir(desk)
    copy = shutil.copytree(desk, desk.parent / "copy")
    words = [
        *("study=nuit d'été", f"config_dir={desk}/my configs", f"plugins=['{desk}/my data.py']", "data=mine"),
        *("data.path='mes données, 1.csv'", "dataset_size=[3]", "latent=[shared]", "precision=10", "samples=[1]"),
        *("estimator=[pathwise,score_function]", "output=out $x", "-m", "seed=range(1,2)"),
    ]
    assert command("sweep", *words).code == 0
    first = desk / "out $x" / "night-seed=1"
    printed = re.search(r"^    (python -m bench .*)$", (first / "report.md").read_text(), re.MULTILINE)
    manifest = json.loads((first / "manifest.json").read_text())
    assert printed is not None
    assert printed[1] == manifest["command"]
    assert str(desk.parent) not in (first / "report.md").read_text()
    shell = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(TOP)}
    done = subprocess.run(printed[1], shell=True, cwd=copy, env=os.environ | shell, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for table in ("statistics", "ratios"):
        made = copy / "out $x" / "night-seed=1" / f"{table}.csv"
        assert made.read_bytes() == (first / f"{table}.csv").read_bytes()
