"""What the rules of the house see: imports, circles, floors, names of values, the places of tests."""

from pathlib import Path

import pytest

from tests.support.command import TOP
from tests.support.house import (
    arrows_between_files,
    arrows_between_rooms,
    bound_names,
    circles,
    floors,
    measures,
    mirrored,
    module_of_test,
    place_of_test,
)


def house(folder: Path, **files: str) -> Path:
    """A package made of these files; `__` in a name is a slash."""
    for name, text in files.items():
        path = folder / "house" / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        (path.parent / "__init__.py").touch()
    (folder / "house" / "__init__.py").touch()
    return folder / "house"


def test_an_import_inside_a_function_is_an_arrow(tmp_path: Path) -> None:
    inside = "def draw(tables):\n    from house import engine\n    import house.plan\n    from house.sweep import run\n"
    package = house(tmp_path, figures__curve=inside, engine="", plan="", sweep="run = 1\n")
    assert arrows_between_rooms(package)["figures"] == {"engine", "plan", "sweep"}


def test_circles_and_floors_are_counted(tmp_path: Path) -> None:
    package = house(
        tmp_path, a="from house import b\n", b="from house import c\n", c="from house import a, d\n", d="", e=""
    )
    rooms = arrows_between_rooms(package)
    assert circles(rooms) == [{"a", "b", "c"}]
    assert floors(rooms) == 2
    counts = measures(package)
    assert (counts["rooms"], counts["arrows between rooms"], counts["files"]) == ("5", "4", "6")


def test_a_straight_house_has_as_many_floors_as_its_longest_chain(tmp_path: Path) -> None:
    package = house(
        tmp_path, a="from house.b import x\n", b__x="from house import c\nx = 1\n", c="", d="import house.c\n"
    )
    assert circles(arrows_between_files(package)) == []
    assert floors(arrows_between_rooms(package)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "one = 1",
        "for one in (): pass",
        "x = [one for one in ()]",
        "def f(one): pass",
        "def f(*, one=1): pass",
        "f = lambda *one: 0",
        "class A:\n    one: int",
        "a.one = 1",
        "(one := 1)",
        "a, (b, *one) = 1, (2, 3)",
        "import a as one",
        "with a as one: pass",
        "try: pass\nexcept A as one: pass",
        "match a:\n    case [*one]: pass",
        "match a:\n    case {**one}: pass",
    ],
)
def test_every_way_to_name_a_value_is_seen(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.py").write_text(text)
    assert "one" in set(bound_names(tmp_path / "a.py"))


def test_names_of_functions_and_uses_of_names_are_none_of_values(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from a import one\ndef one(): pass\nclass one: pass\na.one\nf(one=1)\n")
    assert list(bound_names(tmp_path / "a.py")) == []


def test_a_test_and_its_module_mirror_each_other() -> None:
    for module, test in {
        "bench.cli": "tests/test_cli.py",
        "bench.engine.laps": "tests/engine/test_laps.py",
        "bench.report.page.data": "tests/report/page/test_data.py",
    }.items():
        assert place_of_test(module) == test
        assert module_of_test(TOP / test, TOP / "tests", "bench") == module
        assert mirrored(module, [module])
        assert mirrored(f"{module}_subject", [module])
        assert not mirrored(f"{module}s", [module])
        assert not mirrored(module, [f"{module}_subject"])
    assert module_of_test(TOP / "tests" / "registry" / "test_registry.py", TOP / "tests", "bench") == "bench.registry"
