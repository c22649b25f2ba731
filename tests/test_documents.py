"""What the documents show runs as it stands there: every command, every plug-in, every link.

Sweeps and fits are planned with `dry_run=true`, where no plug-in of the documents is in them; `make` tells what it
would do.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bench
from bench import cli
from bench.config import settings
from bench.config.compose import compose
from bench.config.gathered import gathered
from bench.tables.contents import TABLES
from tests.support import merging
from tests.support.command import ONE_CELL, ONE_ROUND, TOP, Outcome, command, plugin_files, rows
from tests.support.shown import ALL, blocks, commands, named, plugins

MOST_LINES, FIRST_PICTURE = 120, 12
PYTHON = [".venv/bin/python", "-m", "bench"]
SHOWN = {(document, " ".join(words)): words for document in ALL for words in commands(document)}
OF_BENCH = {key: words[3:] for key, words in SHOWN.items() if words[:3] == PYTHON}
DRY = [words for words in OF_BENCH.values() if words[0] in ("sweep", "fit")]
ON_RUNS = ("compare", "report", "export", "index")
PLUGINS = {name: block for document in ALL for name, block in plugins(document).items()}


def test_the_readme_is_short_and_its_first_picture_is_near() -> None:
    lines = (TOP / "README.md").read_text().splitlines()
    assert len(lines) < MOST_LINES
    assert next(number for number, line in enumerate(lines) if line.startswith("![")) < FIRST_PICTURE
    first = commands("README.md")[:2]
    assert first == [["make", "sweep"], ["make", "test"]]


def test_every_document_in_docs_is_linked_by_the_readme() -> None:
    links = set(re.findall(r"\]\((docs/\w+\.md)\)", (TOP / "README.md").read_text()))
    assert links == {f"docs/{path.name}" for path in (TOP / "docs").glob("*.md")}


@pytest.mark.parametrize("document", ALL)
def test_every_link_and_picture_is_there(document: str) -> None:
    text = (TOP / document).read_text()
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if not (TOP / document).parent.joinpath(link).exists()] == []


def test_every_command_is_of_a_kind_that_is_run() -> None:
    assert {words[0] for words in SHOWN.values() if words[:3] != PYTHON} == {"make"}
    assert {words[0] for words in OF_BENCH.values()} <= set(cli.COMMANDS)
    assert len(OF_BENCH) > 20


DASK = [line.split() for block in blocks("docs/scale.md", "sh") for line in block.splitlines()]


@pytest.mark.parametrize("words", DASK, ids=" ".join)
def test_dask_knows_what_is_shown(words: list[str]) -> None:
    """These commands with these options, as tests/support/clusters.py starts processes by them."""
    done = subprocess.run([sys.executable, "-m", *words, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    wrong = subprocess.run([sys.executable, "-m", *words, "--nohelp"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2


@pytest.mark.parametrize("words", [words for words in SHOWN.values() if words[0] == "make"], ids=" ".join)
def test_make_knows_what_is_shown(words: list[str]) -> None:
    done = subprocess.run([*words, "--dry-run"], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smoke: tuple[Path, Outcome]) -> Path:
    """A working folder with what the commands name: runs, plug-ins, data."""
    for name in ("default", "before", "after"):
        shutil.copytree(smoke[0], tmp_path / "reports" / name)
    for name, block in PLUGINS.items():
        (tmp_path / f"{name}.py").write_text(block)
    (tmp_path / "tests").symlink_to(TOP / "tests")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def understood(name: str, words: list[str]) -> None:
    """Every word is a choice that there is, or a key with a value that is allowed."""
    plugins = gathered(name, words)
    config = compose(name, words)
    if name == "sweep":
        settings.check(config, plugins)


@pytest.mark.parametrize("document", ALL)
def test_commands_in_the_text_are_understood(document: str, folder: Path) -> None:
    """Words in capitals stand for a reader's own."""
    for name, *words in named(document):
        if name not in ("check", "new"):
            understood(name, [word for word in words if not word.partition("=")[2].isupper()])


@pytest.mark.parametrize("words", DRY, ids=" ".join)
def test_sweeps_and_fits_are_planned(words: list[str], folder: Path) -> None:
    """Without drawing anything; those of the documents' plug-ins are sampled by another test."""
    words = [word for word in words if not word.startswith("at=")]  # of a fit that no test descends
    if "plugins=[my_well.py]" in words:
        assert command("new", "objective", "my_well").code == 0
    if any(word.startswith("plugins=") for word in words):
        understood(words[0], words[1:])
    else:
        outcome = command(*words, *([] if "--help" in words else ["dry_run=true"]))
        assert outcome.code == 0, outcome.err
        assert outcome.out


@pytest.mark.parametrize(
    "words",
    [words for words in OF_BENCH.values() if words[0] in ("compare", "report", "export", "index")],
    ids=" ".join,
)
def test_commands_on_runs_do_what_is_said(words: list[str], folder: Path) -> None:
    if any("a1.json" in word for word in words):
        for name in ("a1", "a2", "a3", "b1", "b2", "b3"):
            shutil.copy(TOP / "tests" / "support" / "benchmarks" / "arm-base.json", folder / f"{name}.json")
    outcome = command(*words)
    assert outcome.code == 0, outcome.out + outcome.err
    assert outcome.out


@pytest.mark.parametrize("words", [words for words in OF_BENCH.values() if words[0] == "merge"], ids=" ".join)
def test_runs_are_merged(words: list[str], folder: Path) -> None:
    for seed, name in enumerate(re.findall(r"reports/(\w+)", " ".join(words))):
        merging.run(folder / "reports" / name, seed)
    outcome = command(*words)
    assert outcome.code == 0, outcome.err


def test_new_and_check_are_run_in_turn(folder: Path) -> None:
    """One after the other, as a reader types them; the laws of estimators take long, and are held elsewhere."""
    made = {words[2] for words in OF_BENCH.values() if words[0] == "new"}
    for words in {tuple(words) for words in OF_BENCH.values() if words[0] == "new"}:
        assert command(*words).code == 0
    files = {words[1] for words in OF_BENCH.values() if words[0] == "check"}
    assert {Path(file).stem for file in files} <= made | set(PLUGINS) | {"centred"}
    assert all((folder / file).is_file() for file in files)


@pytest.mark.slow
@pytest.mark.parametrize("name", PLUGINS)
def test_plugins_of_the_documents_keep_the_laws(name: str, folder: Path) -> None:
    assert command("check", f"{name}.py").code == 0


def test_the_documents_show_objectives_and_estimators() -> None:
    assert set(plugins("README.md")) == {"ripples", "shifted"}
    assert set(plugins("docs/contract.md")) == {"well", "second_order"}


@pytest.mark.usefixtures("tables_alone")
def test_plugins_of_the_documents_join_a_sweep(folder: Path) -> None:
    estimators = ("second_order", "shifted")
    objectives = ["squared_error", *(name for name in PLUGINS if name not in estimators)]
    outcome = command(
        *("sweep", "study=smoke", f"output={folder}", "name=run", *ONE_ROUND, *ONE_CELL),
        plugin_files(*(folder / f"{name}.py" for name in PLUGINS)),
        f"objective=[{','.join(objectives)}]",
        f"estimator=[score_function,pathwise,{','.join(estimators)}]",
    )
    assert outcome.code == 0, outcome.err
    sound = [row for row in rows(folder / "run") if row["status"] == "ok"]
    measured = {(row["objective"], row["estimator"].partition("(")[0]) for row in sound}
    assert {(name, "score_function") for name in objectives} <= measured
    assert {("squared_error", name) for name in estimators} <= measured
    assert all(row["exact_variance"] for row in sound), "f of one component is integrated"


def test_the_python_of_a_notebook_is_run(
    smoke: tuple[Path, Outcome], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (block,) = [block for block in blocks("docs/sweeps.md", "python") if "bench.sweep" in block]

    monkeypatch.setattr(bench, "sweep", lambda **keys: bench.load("reports/default"))
    exec(compile(block, "docs/sweeps.md", "exec"), {})


def test_the_contract_names_every_worked_example() -> None:
    linked = set(re.findall(r"\]\(\.\./(examples/\w+\.py)\)", (TOP / "docs" / "contract.md").read_text()))
    assert linked == {f"examples/{path.name}" for path in (TOP / "examples").glob("*.py")}


def test_files_tells_every_column_of_a_sweep() -> None:
    text = (TOP / "docs" / "files.md").read_text()
    columns = {column for name in ("statistics", "ratios", "timings", "efficiency") for column in TABLES[name].columns}
    assert {column for column in columns if f"`{column}`" not in text} == set()


def test_the_workflow_of_pages_publishes_what_the_index_is_written_into() -> None:
    text = (TOP / ".github" / "workflows" / "pages.yml").read_text()
    assert "python -m bench studies" in text
    assert "python -m bench index" in text
    assert "path: reports\n" in text
