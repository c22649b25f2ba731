"""The house: which room may know which, what every file must have, how plug-ins are named, that the tests mirror it.

A rule is held against all modules in one test, which names those that break it.
"""

import ast
from pathlib import Path

import pytest

import bench
from bench.kernels.cache import DIGITS
from bench.registry import KINDS, PACKAGES, Registry
from tests.support.command import TOP
from tests.support.house import (
    arrows_between_files,
    arrows_between_rooms,
    bound_names,
    circles,
    files_of,
    imports,
    mirrored,
    module_of_test,
    parsed,
    place_of_test,
    room,
)

PACKAGE = TOP / "bench"
FILES = files_of(PACKAGE)

# A room knows only rooms of the rows above its own; those of one row do not know each other.
ROWS = (
    "spec errors faults markup outlet progress",
    "registry kernels statistics interrupt textfile phi",
    "config deciding objectives estimators families samplers wrap",
    "cluster",
    "data executors plan tables cli rerun",
    "engine drawing compare",
    "oracle probe clock provenance figures report",
    "laws descent vae merge peers",
    "commands documents",
    "api",
    "__main__",
)
RANK = {name: rank for rank, row in enumerate(ROWS) for name in row.split()}
MEASURE = {"plan", "engine", "oracle", "clock", "descent", "laws", "provenance", "vae", "peers"}
SHOW = {"drawing", "figures", "report", "compare"}
PURE = {"statistics", "markup", "spec"}
HYDRA = {"hydra", "omegaconf", "yaml"}


@pytest.fixture(scope="module")
def arrows() -> dict[str, set[str]]:
    """Each module with those of the package that it imports."""
    return arrows_between_files(PACKAGE)


def top_level(module: str) -> set[str]:
    """The packages that a module imports, without their inner parts."""
    return {name.partition(".")[0] for name in imports(FILES[module], FILES)}


def test_every_room_has_its_place() -> None:
    assert set(arrows_between_rooms(PACKAGE)) == set(RANK)


def test_arrows_point_one_way(arrows: dict[str, set[str]]) -> None:
    pairs = [(module, name) for module, others in arrows.items() for name in others if room(name) != room(module)]
    assert [pair for pair in pairs if RANK[room(pair[1])] >= RANK[room(pair[0])]] == []


def test_no_files_import_each_other(arrows: dict[str, set[str]]) -> None:
    assert circles(arrows) == []


def test_what_measures_and_what_shows_do_not_know_each_other(arrows: dict[str, set[str]]) -> None:
    """They meet in the tables."""
    assert {room(module) for module in arrows} >= MEASURE | SHOW
    pairs = [(module, name) for module, others in arrows.items() for name in others]
    for rooms, other in ((MEASURE, SHOW), (SHOW, MEASURE)):
        assert [pair for pair in pairs if room(pair[0]) in rooms and room(pair[1]) in other] == []


def test_one_room_knows_hydra(arrows: dict[str, set[str]]) -> None:
    assert {room(module) for module in arrows if top_level(module) & HYDRA} == {"config"}


def decides_digits(module: str) -> bool:
    """Whether the hash of kernels and journals sees an edit of a module."""
    return any((PACKAGE / name) in (FILES[module], *FILES[module].parents) for name in DIGITS)


def test_compiled_code_and_what_it_hangs_on_decide_digits(arrows: dict[str, set[str]]) -> None:
    """What a room that decides digits imports decides them too, or only carries text, words, settings and tables."""
    deciding = {module for module in arrows if decides_digits(module)}
    assert {module for module, others in arrows.items() if "bench.kernels.jit" in others} <= deciding
    others = {name for module in deciding for name in arrows[module]} - deciding
    assert {room(name) for name in others} <= {"errors", "faults", "textfile", "config", "registry", "tables"}


def test_pure_functions_do_no_input_or_output(arrows: dict[str, set[str]]) -> None:
    pure = {module: top_level(module) for module in arrows if room(module) in PURE}
    assert pure
    forbidden = {"os", "sys", "subprocess", "tempfile", "csv", "json"}
    assert {module: known for module, known in pure.items() if known & forbidden} == {}


def test_no_test_file_is_longer_but_for_tables_of_cases() -> None:
    assert {path.name for path in TESTS if len(path.read_text().splitlines()) > 250} <= {"test_bad_input.py"}


def test_every_file_says_what_it_is_and_can_be_read_in_one_sitting() -> None:
    for module, path in FILES.items():
        docstring = ast.get_docstring(parsed(path))
        assert docstring, module
        assert docstring.partition("\n")[0].rstrip().endswith((".", "?", "`")), module
        assert len(path.read_text().splitlines()) <= 250, module


def test_plugins_have_the_names_of_their_files_and_a_line_about_them(plugins: Registry) -> None:
    for kind in KINDS:
        folder = TOP / PACKAGES[kind].replace(".", "/")
        assert set(plugins.plugins[kind]) == {path.stem for path in folder.glob("*.py")} - {"__init__"}
        for name in plugins.plugins[kind]:
            assert plugins.summaries[kind, name]


def test_the_package_imports_no_module_of_its_own() -> None:
    assert bench.__file__ is not None
    assert not [name for name in imports(Path(bench.__file__), FILES) if name.startswith("bench")]


PLUGINS = {package.split(".")[1] for package in PACKAGES.values()}  # which the laws test, all of a kind at once
FIELDS = {"spec", "bench.markup.blocks"}  # fields alone: what makes them and what reads them is tested
MODULES = [module for module in sorted(FILES) if FILES[module].stem not in ("__init__", "__main__")]
TESTS = sorted((TOP / "tests").rglob("test_*.py"))
FOLDERS = {room(module) for module in MODULES if module.count(".") > 1}  # rooms that are no single file


def test_every_module_has_a_test_in_its_place() -> None:
    tested = [name for name in MODULES if room(name) not in PLUGINS | FIELDS and name not in FIELDS]
    assert tested
    assert [name for name in tested if not (TOP / place_of_test(name)).is_file()] == []


def test_every_test_in_a_folder_named_like_a_room_is_that_of_a_module() -> None:
    """The other folders, and those of plug-ins, hold laws over many modules. test_MODULE_SUBJECT is a part."""
    mirrors = {
        path: module_of_test(path, TOP / "tests", "bench")
        for path in TESTS
        if path.relative_to(TOP / "tests").parts[0] in FOLDERS - PLUGINS
    }
    assert mirrors
    assert [path for path, name in mirrors.items() if not mirrored(name, FILES)] == []


def test_no_test_imports_a_test() -> None:
    inside = [(path, name) for path in TESTS for name in imports(path, {}) if name.startswith("tests.")]
    assert inside
    assert [pair for pair in inside if any(word.startswith("test_") for word in pair[1].split("."))] == []


PRONOUNS = {"one", "found", "part", "asked", "kept", "shown", "own", "each", "whole", "given", "known"}


def test_values_have_nouns_for_names() -> None:
    """A pronoun makes the reader look for what it stands for. A function may say what it is about: a whole number."""
    names = {module: PRONOUNS & set(bound_names(path)) for module, path in FILES.items()}
    assert {module: pronouns for module, pronouns in names.items() if pronouns} == {}
