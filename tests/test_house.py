"""The house: which room may know which, what every file must have, how plug-ins are named."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bench
from bench.registry import FOLDERS, PACKAGES, Registry
from tests.command import TOP

PACKAGE = TOP / "bench"
FILES = {path.relative_to(TOP).with_suffix("").as_posix().replace("/", "."): path for path in PACKAGE.rglob("*.py")}

# A room knows only rooms of the rows above its own; those of one row do not know each other, but for a folder's files.
ROOMS = (
    "spec errors style",
    "checks jit cumulants moments table slices interrupt journal progress halves",
    "ziggurat driver intact",
    "kernels folding registry panels render",
    "data estimators executors objectives samplers figures settings sections drawing",
    "page",
    "plan report compare",
    "blocks oracle",
    "laps",
    "engine forecast",
    "results readme export",
    "rows",
    "clock verdict",
    "manifest",
    "sweep catalogue configs",
    "cli",
    "__main__ track",
)
RANK = {room: rank for rank, row in enumerate(ROOMS) for room in row.split()}
DRAWING = {"figures", "sections", "page", "panels", "slices", "style", "drawing", "render", "report"}
PURE = {"moments", "cumulants", "checks", "style", "spec", "slices"}
NUMBERS = {
    "spec",
    "errors",
    "checks",
    "table",
    "halves",
    "intact",
    "registry",
    "settings",
}  # what those who draw may know besides


def room(module: str) -> str:
    """bench.figures.x -> figures; bench.engine -> engine."""
    return module.split(".")[1]


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in FILES or f"{whole}.__init__" in FILES else str(node.module)


def own(module: str) -> set[str]:
    """The rooms that a module of the package imports."""
    found = {name for name in imports(FILES[module]) if name.startswith("bench.")}
    return {room(name) for name in found}


def modules() -> list[str]:
    return sorted(set(FILES) - {"bench.__init__"})


def test_every_room_has_its_place() -> None:
    assert {room(module) for module in modules()} == set(RANK)


@pytest.mark.parametrize("module", modules())
def test_arrows_point_one_way(module: str) -> None:
    here = room(module)
    above = {other for other in RANK if RANK[other] < RANK[here]}
    inside = {here} if (PACKAGE / here).is_dir() else set()
    assert own(module) <= above | inside


@pytest.mark.parametrize("module", modules())
def test_only_the_configs_know_hydra(module: str) -> None:
    known = {name.partition(".")[0] for name in imports(FILES[module])} & {"hydra", "omegaconf", "yaml"}
    assert not known or module == "bench.config.compose"


@pytest.mark.parametrize("module", [module for module in modules() if room(module) in DRAWING])
def test_those_who_draw_know_tables_alone(module: str) -> None:
    assert own(module) <= DRAWING | NUMBERS


@pytest.mark.parametrize("module", [module for module in modules() if room(module) in PURE])
def test_pure_functions_do_no_input_or_output(module: str) -> None:
    names = {name.partition(".")[0] for name in imports(FILES[module])}
    assert not names & {"os", "sys", "subprocess", "tempfile", "csv", "json"}


@pytest.mark.parametrize("module", sorted(FILES))
def test_every_file_says_what_it_is_and_can_be_read_in_one_sitting(module: str) -> None:
    text = FILES[module].read_text()
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring
    assert docstring.partition("\n")[0].rstrip().endswith((".", "?", "`"))
    assert len(text.splitlines()) <= 250


def test_plugins_have_the_names_of_their_files_and_a_line_about_them(plugins: Registry) -> None:
    for kind in FOLDERS:
        folder = TOP / PACKAGES[kind].replace(".", "/")
        assert set(plugins.plugins[kind]) == {path.stem for path in folder.glob("*.py")} - {"__init__"}
        for name in plugins.plugins[kind]:
            assert plugins.summaries[kind, name]


def test_the_tests_mirror_the_package() -> None:
    tested = {path.stem.removeprefix("test_") for path in (TOP / "tests").rglob("test_*.py")}
    plain = {room(module) for module in modules() if not (PACKAGE / room(module)).is_dir()}
    elsewhere = {"__main__", "spec", "errors", "kernels", "panels", "readme"}  # shown by the tests of their users
    assert plain - tested <= elsewhere


def test_the_package_imports_no_module_of_its_own() -> None:
    assert bench.__file__ is not None
    assert not [name for name in imports(Path(bench.__file__)) if name.startswith("bench")]


def test_an_arrow_back_would_be_seen(tmp_path: Path) -> None:
    """`from bench import engine` inside a function of a figure."""
    file = tmp_path / "figure.py"
    lines = ("from bench import engine", "import bench.plan", "from bench.commands.sweep import run")
    file.write_text("def draw(tables):\n    " + "\n    ".join(lines))
    assert {room(name) for name in imports(file)} == {"engine", "plan", "sweep"}
