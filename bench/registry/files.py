"""The user's own files: imported as Python code, and hashed, for they decide on numbers."""

import hashlib
import importlib.util
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench import PACKAGE
from bench.errors import BadInput


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
    except (Exception, SystemExit) as error:
        raise BadInput(f"plugins: {str(path)!r} does not import: {type(error).__name__}: {error}") from error
    if not hasattr(module, "PLUGIN"):
        raise BadInput(f"plugins: {str(path)!r} has no PLUGIN; end it with PLUGIN = Estimator(...) or the like")
    return module


def digests(modules: Iterable[str]) -> set[str]:
    """The SHA-256 of the user's files among some imported modules."""
    paths = map(_path_of, modules)
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if _is_users(path)}


def _path_of(module: str) -> Path:
    """The file of an imported module; Python's own folder for a module without one."""
    return Path(getattr(sys.modules[module], "__file__", None) or sys.prefix)


def _is_users(path: Path) -> bool:
    """Whether a file is Python source of the user: neither Python's, nor installed, nor this package's."""
    installed = [sysconfig.get_path(kind) for kind in ("stdlib", "platstdlib", "purelib", "platlib")]
    foreign = [sys.prefix, str(PACKAGE), *installed]
    return path.suffix == ".py" and not any(path.is_relative_to(folder) for folder in foreign)
