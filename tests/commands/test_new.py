"""`new` writes a plug-in of each kind that keeps the contract and the laws, and never over a file that exists."""

from pathlib import Path

import pytest

from bench import registry
from bench.commands.new import TEMPLATES
from bench.registry import KINDS
from tests.support.command import ONE_CELL, ONE_ROUND, TOP, Outcome, command, one_line, plugin_files

QUICK = ("sampler", "data", "executor", "figure")  # whose laws take seconds


def new(kind: str, folder: Path) -> Path:
    """The file of a new plug-in."""
    code, out, err = command("new", kind, "my_name", f"output={folder}")
    assert code == 0, err
    assert out == f"{folder / 'my_name.py'}\nnext: python -m bench check {folder / 'my_name.py'}\n"
    return folder / "my_name.py"


def test_every_kind_has_a_template() -> None:
    assert {path.stem for path in TEMPLATES.iterdir()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_a_plugin_of_the_kind(kind: str, tmp_path: Path) -> None:
    path = new(kind, tmp_path)
    loaded = registry.load([str(path)])
    assert loaded.files == {(kind, "my_name"): str(path)}
    assert loaded.summaries[kind, "my_name"].endswith("]")
    assert "NAME" not in path.read_text()
    assert max(map(len, path.read_text().splitlines())) <= 120


@pytest.mark.parametrize(
    "kind", [*QUICK, *(pytest.param(kind, marks=pytest.mark.slow) for kind in sorted({*KINDS} - {*QUICK}))]
)
def test_what_is_written_passes_check(kind: str, tmp_path: Path) -> None:
    code, out, err = command("check", str(new(kind, tmp_path)))
    assert code == 0, out + err
    assert out.splitlines()[-1].startswith("VERDICT ok: ")


@pytest.mark.slow
@pytest.mark.usefixtures("tables_alone")
def test_what_has_longer_laws_joins_a_sweep(tmp_path: Path) -> None:
    kinds = ("objective", "estimator", "family")
    for kind in kinds:
        (tmp_path / kind).mkdir()
    files = plugin_files(*(new(kind, tmp_path / kind) for kind in kinds))
    chosen = ("objective=[my_name]", "estimator=[score_function,my_name]", "family=[my_name]")
    code, out, err = command("sweep", "study=smoke", f"output={tmp_path}", *ONE_ROUND, *ONE_CELL, files, *chosen)
    assert code == 0, err
    assert out.startswith("VERDICT ok: 4 gradients and 4 variances ")


def test_a_figure_is_drawn(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    import shutil

    shutil.copytree(smoke[0], tmp_path / "run")
    words = (f"output={tmp_path}", "name=run", plugin_files(new("figure", tmp_path)), "figures=[my_name]")
    code, _, err = command("report", *words, "format=[png]")
    assert code == 0, err
    assert (tmp_path / "run" / "figures" / "my_name.png").stat().st_size > 5_000


def test_a_file_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("# mine\n")
    line = one_line(command("new", "estimator", "mine", f"output={tmp_path}"))
    assert line == f"{str(path)!r} exists already; allowed: another name, or another output"
    assert path.read_text() == "# mine\n"


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ((), "kind is not given; allowed: python -m bench new KIND NAME, KIND one of objective, estimator, "),
        (("sampler",), "name is not given; allowed: "),
        (("estimators", "mine"), "unknown kind 'estimators'; known: "),
        (("estimator", "pathwise"), "the estimator 'pathwise' exists already; give it another name"),
        (("estimator", "Pathwise"), "the estimator 'pathwise' exists already; give it another name"),
        (("estimator", "a b"), "name='a b' is not allowed; allowed: a name of ASCII letters"),
        (("estimator", "../mine"), "name='../mine' is not allowed; "),
        (("estimator", "mine", "yours"), "cannot read 'yours'; allowed: KEY=VALUE"),
        (("estimator", "mine", "output=absent/folder"), "output: cannot write 'absent/folder/mine.py': No such file"),
    ],
)
def test_bad_input_is_one_line(
    words: tuple[str, ...], start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert one_line(command("new", *words)).startswith(start)
    assert list(tmp_path.iterdir()) == []


def test_the_documents_show_the_command() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "docs/contract.md"):
        assert "python -m bench new " in (TOP / document).read_text()
