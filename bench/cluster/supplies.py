"""What a worker needs before its first block: the user's plug-ins, with the files they import and read.

Where a worker finds the same files in the same places, as on the client's machine or a shared disk, it takes those.
Elsewhere they are written below a folder of its own, laid out as they lie on the client, and the plug-ins are loaded
from there: a file that is found beside the plug-in, or from the working folder, is found.
"""

import atexit
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import registry
from bench.deciding import deciding
from bench.registry import Registry

KINDS = ("objective", "estimator", "family", "sampler")  # that blocks are made of


@dataclass(frozen=True, slots=True)
class Supplies:
    """Everything as data."""

    plugins: tuple[str, ...]  # as they were named, in their order
    files: Mapping[str, bytes]  # by their absolute paths
    folder: str  # in which the client works
    modules: tuple[str, ...]  # folders of sys.path that the user's modules lie in
    deciding: Mapping[str, Any]


def supplies_of(plugins: Registry) -> Supplies:
    """Those of a registry, as they are on the disk now."""
    files = {str(file): file.read_bytes() for file in plugins.read}
    folders = [str(Path(folder).absolute()) for folder in sys.path]
    return Supplies(
        plugins=tuple(plugins.files.values()),
        files=files,
        folder=str(Path.cwd()),
        modules=tuple(folder for folder in folders if any(Path(file).is_relative_to(folder) for file in files)),
        deciding=deciding(plugins),
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """The plug-ins in a worker's process."""

    registry: Registry
    root: str  # below which the files were written; empty where they lie where the client has them
    differences: tuple[str, ...]  # in words: what decides digits and is not as on the client


class Loader:
    """Loads supplies into this process; modules of supplies before them make room."""

    def __init__(self) -> None:
        self.modules: set[str] = set()

    def load(self, supplies: Supplies) -> Loaded:
        """The package's plug-ins, and the user's from their files."""
        for name in self.modules:
            sys.modules.pop(name, None)
        root = _root(supplies)
        sys.path[:0] = [folder for folder in (root + name for name in supplies.modules) if folder not in sys.path]
        registry.load(kinds=KINDS)  # with all that it imports: what comes on top is the user's
        before = set(sys.modules)
        with contextlib.chdir(root + supplies.folder) if supplies.plugins else contextlib.nullcontext():
            loaded = registry.load(supplies.plugins, KINDS)
        self.modules = {name for name in set(sys.modules) - before if _lies_in(name, root, supplies)}
        here = deciding(loaded)
        return Loaded(loaded, root, tuple(_differences(supplies.deciding, here)))


def _root(supplies: Supplies) -> str:
    """What stands before the paths of the files: nothing if they are there already."""
    if all(Path(file).is_file() and Path(file).read_bytes() == text for file, text in supplies.files.items()):
        return ""
    root = tempfile.mkdtemp(prefix="bench-")
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    Path(root + supplies.folder).mkdir(parents=True, exist_ok=True)
    for file, content in supplies.files.items():
        Path(root + file).parent.mkdir(parents=True, exist_ok=True)
        Path(root + file).write_bytes(content)
    return root


def _lies_in(module: str, root: str, supplies: Supplies) -> bool:
    """Whether a module is one of the files that were sent."""
    file = getattr(sys.modules[module], "__file__", None)
    return file is not None and os.path.abspath(file) in {root + name for name in supplies.files}


def _differences(client: Mapping[str, Any], worker: Mapping[str, Any]) -> list[str]:
    """What is not the same, in words, the versions one by one."""
    told = []
    for name, value in client.items():
        other = worker[name]
        if isinstance(value, Mapping):
            names = sorted({*value, *other})
            told += [
                f"{n} {_short(value.get(n))} here, {_short(other.get(n))} there"
                for n in names
                if value.get(n) != other.get(n)
            ]
        elif value != other:
            more = " (a file of yours, or a global of it that each process computes anew)" if name == "plug-ins" else ""
            told.append(f"{name} {_short(value)} here, {_short(other)} there{more}")
    return told


def _short(value: Any) -> str:
    """A version, or the beginning of a hash."""
    text = ",".join(map(_short, value)) if isinstance(value, list) else str(value)
    return text if " " in text or len(text) < 40 else text[:12]
