"""The user's own files: imported as Python code, and hashed with all that they read, for they decide on numbers."""

import contextlib
import hashlib
import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import PACKAGE
from bench.errors import BadInput
from bench.faults import line_of, reason
from bench.registry.state import state_sha256


def import_file(path: Path) -> Any:
    """The module at `path`, which has a PLUGIN; whatever keeps it from that is BadInput."""
    if not path.is_file():
        raise BadInput(f"plugins: {str(path)!r} is not a file; give the path of a Python file with a PLUGIN")
    name = f"bench_plugin_{path.stem}"
    module_spec = importlib.util.spec_from_file_location(name, path)
    if module_spec is None or module_spec.loader is None:
        raise BadInput(f"plugins: {str(path)!r} is not a Python file; allowed: a file that ends in .py")
    module = importlib.util.module_from_spec(module_spec)
    sys.modules[name] = module
    try:
        module_spec.loader.exec_module(module)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BadInput as error:
        raise BadInput(f"plugins: {str(path)!r} does not import: {error}") from error
    except BaseException as error:  # SystemExit and what else is no Exception
        line = line_of(error, module_spec.origin)
        raise BadInput(f"plugins: {str(path)!r} does not import: {line}{reason(error)}") from error
    if not hasattr(module, "PLUGIN"):
        raise BadInput(f"plugins: {str(path)!r} has no PLUGIN; end it with PLUGIN = Estimator(...) or the like")
    return module


class Opened:
    """The files that were opened for reading while `watched`: an audit hook stays for good, so there is one of it."""

    def __init__(self) -> None:
        self.paths: set[Path] | None = None
        self.hooked = False

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and self.paths is not None and isinstance(arguments[0], str | bytes | os.PathLike):
            self.paths.add(Path(os.fsdecode(arguments[0])).absolute())

    @contextlib.contextmanager
    def watched(self) -> Iterator[set[Path]]:
        """The files that are opened inside, the user's own: neither Python's, nor installed, nor this package's."""
        if not self.hooked:
            sys.addaudithook(self._audit)
            self.hooked = True
        self.paths, read = set(), set[Path]()
        try:
            yield read
        finally:
            opened, self.paths = self.paths, None
            data = {path for path in opened if path.suffix not in (".py", ".pyc")}  # modules are told by `digests`
            read.update(path for path in data if path.is_file() and not _is_foreign(path))


OPENED = Opened()


def digests(modules: Iterable[str], read: Iterable[Path] = ()) -> set[str]:
    """The SHA-256 of the user's files among some imported modules, of what these hold, and of the files `read`."""
    modules = set(modules)
    states = {state_sha256(sys.modules[name]) for name in modules if _is_users(_path_of(name))}
    return states | {hashlib.sha256(path.read_bytes()).hexdigest() for path in belonging(modules, read)}


def belonging(modules: Iterable[str], read: Iterable[Path] = ()) -> set[Path]:
    """The user's files among some imported modules, and the files `read`."""
    return {path for path in map(_path_of, modules) if _is_users(path)} | set(read)


def _path_of(module: str) -> Path:
    """The file of an imported module; Python's own folder for a module without one."""
    return Path(getattr(sys.modules[module], "__file__", None) or sys.prefix)


def _is_users(path: Path) -> bool:
    """Whether a file is Python source of the user."""
    return path.suffix == ".py" and not _is_foreign(path)


def _is_foreign(path: Path) -> bool:
    """Whether a file is Python's, installed, this package's, or the machine's own."""
    installed = [sysconfig.get_path(kind) for kind in ("stdlib", "platstdlib", "purelib", "platlib")]
    return any(
        path.is_relative_to(folder) for folder in (sys.prefix, str(PACKAGE), "/proc", "/sys", "/dev", *installed)
    )
