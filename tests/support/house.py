"""The structure of the package as its imports show it: `python -m tests.support.house [PACKAGE]` prints a table.

A room is a folder of the package, or a module beside them. An arrow leads from a room to one that it imports, once for
each pair. Floors: the rooms on the longest chain of arrows; rooms in a circle count as one floor.
"""

import ast
import functools
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Arrows = Mapping[str, set[str]]


def files_of(package: Path) -> dict[str, Path]:
    """Every module of a package by its full name; a folder by that of its `__init__`."""
    return {
        ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(package.rglob("*.py"))
    }


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file, read once."""
    return ast.parse(path.read_text())


def imports(path: Path, modules: Mapping[str, Path]) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in it: of `from a import b`, a.b where it is one."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in modules else str(node.module)


def bound_names(path: Path) -> Iterator[str]:
    """Every name that a file gives to a value: variables, arguments, fields; not those of functions and classes."""
    for node in ast.walk(parsed(path)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.arg(arg=name) | ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name


def place_of_test(module: str) -> str:
    """Where the test of a module is: bench.engine.laps -> tests/engine/test_laps.py."""
    *rooms, name = module.split(".")[1:]
    return "/".join(["tests", *rooms, f"test_{name}.py"])


def module_of_test(test: Path, folder: Path, package: str) -> str:
    """The module that a test file mirrors; tests/registry/test_registry.py is that of the package in the folder."""
    *rooms, file = test.relative_to(folder).with_suffix("").parts
    name = file.removeprefix("test_")
    return ".".join([package, *rooms] if rooms[-1:] == [name] else [package, *rooms, name])


def mirrored(test: str, modules: Iterable[str]) -> bool:
    """Whether the tests of module_of_test are those of a module, or the part of them that is about a subject."""
    return any(test == module or test.startswith(f"{module}_") for module in modules)


def room(module: str) -> str:
    """bench.figures.x -> figures; bench.clock -> clock."""
    return module.split(".")[1]


def arrows_between_files(package: Path) -> dict[str, set[str]]:
    """Each module with those of the package that it imports."""
    files = files_of(package)
    inside = f"{package.name}."
    return {
        module: {name for name in imports(path, files) if name.startswith(inside) and name in files} - {module}
        for module, path in files.items()
        if module != package.name
    }


def arrows_between_rooms(package: Path) -> dict[str, set[str]]:
    """Each room with the other rooms that it imports."""
    rooms: dict[str, set[str]] = {}
    for module, others in arrows_between_files(package).items():
        rooms.setdefault(room(module), set()).update({room(name) for name in others} - {room(module)})
    return rooms


def circles(arrows: Arrows) -> list[set[str]]:
    """Sets of names that reach each other."""
    reach = {name: _reached(name, arrows) for name in arrows}
    groups = [{other for other in reach[name] if name in reach[other]} | {name} for name in arrows]
    return [group for i, group in enumerate(groups) if len(group) > 1 and group not in groups[:i]]


def _reached(start: str, arrows: Arrows) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        new = arrows.get(waiting.pop(), set()) - reached
        reached |= new
        waiting.extend(new)
    return reached


def floors(arrows: Arrows) -> int:
    """The length of the longest chain of arrows, in rooms."""
    together = {name: min([name, *(min(group) for group in circles(arrows) if name in group)]) for name in arrows}
    depth: dict[str, int] = {}

    def of(name: str) -> int:
        if name not in depth:
            members = [member for member in arrows if together[member] == name]
            below = {together[other] for member in members for other in arrows[member]} - {name}
            depth[name] = 1 + max(map(of, below), default=0)
        return depth[name]

    return max(map(of, set(together.values())), default=0)


def measures(package: Path) -> dict[str, str]:
    """What there is to say of a package's structure."""
    rooms, files = arrows_between_rooms(package), files_of(package)
    lengths = {path: len(path.read_text().splitlines()) for path in files.values()}
    longest = max(lengths, key=lambda path: lengths[path])
    return {
        "rooms": str(len(rooms)),
        "floors": str(floors(rooms)),
        "arrows between rooms": str(sum(map(len, rooms.values()))),
        "rooms in a circle": ", ".join(" ".join(sorted(group)) for group in circles(rooms)) or "none",
        "files in a circle": ", ".join(" ".join(sorted(g)) for g in circles(arrows_between_files(package))) or "none",
        "files": str(len(files)),
        "lines": str(sum(lengths.values())),
        "median lines of a file": str(sorted(lengths.values())[len(lengths) // 2]),
        "files over 120 lines": str(sum(length > 120 for length in lengths.values())),
        "largest file": f"{longest.relative_to(package.parent)}, {lengths[longest]} lines",
    }


if __name__ == "__main__":
    for name, value in measures(Path(sys.argv[1] if len(sys.argv) > 1 else "bench")).items():
        print(f"{name:24} {value}")
