"""Discovery: every module of a plug-in folder offers one PLUGIN, named like its file."""

import hashlib
import importlib
import importlib.util
import pkgutil
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import spec
from bench.errors import BadInput, unknown

KINDS: Mapping[str, type] = {
    "objective": spec.Objective,
    "estimator": spec.Estimator,
    "sampler": spec.Sampler,
    "data": spec.Dataset,
    "executor": spec.Executor,
    "figure": spec.Figure,
}
UNITS = (1, 2, 4, 8)  # of a sampler: they divide every strip of draws
PACKAGES = {"data": "bench.data"} | {kind: f"bench.{kind}s" for kind in KINDS if kind != "data"}


@dataclass(frozen=True)
class Registry:
    """All plug-ins by kind and name, each with its one-line summary (the first line of its module's docstring)."""

    plugins: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    summaries: dict[tuple[str, str], str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)  # SHA-256 of the user's files that decide on numbers, as imported

    def get(self, kind: str, name: str) -> Any:
        """The plug-in of that kind and name; BadInput names the known ones."""
        try:
            return self.plugins[kind][name]
        except (KeyError, TypeError):
            raise unknown(kind, name, self.plugins[kind]) from None

    def add(self, plugin: Any, docstring: str | None, origin: str) -> None:
        """File a plug-in under its kind; a name that is taken, or no plug-in at all, is BadInput."""
        kind = next((kind for kind, cls in KINDS.items() if isinstance(plugin, cls)), None)
        if kind is None:
            known = ", ".join(cls.__name__ for cls in KINDS.values())
            raise BadInput(f"{origin}: PLUGIN is a {type(plugin).__name__}; allowed: {known} from bench.spec")
        if kind == "estimator" and plugin.width < 2:
            raise BadInput(f"{origin}: width is {plugin.width}; allowed: 2 (d/dmu, d/dsigma) or more")
        if kind == "sampler" and plugin.coupled not in UNITS:
            raise BadInput(f"{origin}: coupled is {plugin.coupled}; allowed: {', '.join(map(str, UNITS))}")
        if plugin.name in self.plugins[kind]:
            raise BadInput(f"{origin}: the {kind} {plugin.name!r} exists already; give it another name")
        self.plugins[kind][plugin.name] = plugin
        self.summaries[kind, plugin.name] = (docstring or "").strip().partition("\n")[0]


def load(files: Iterable[str] = (), kinds: Iterable[str] = KINDS) -> Registry:
    """The package's plug-ins of the given kinds, then those in the user's files. Files run as Python code."""
    registry = Registry()
    for kind in kinds:
        package = importlib.import_module(PACKAGES[kind])
        for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
            module = importlib.import_module(f"{PACKAGES[kind]}.{info.name}")
            registry.add(module.PLUGIN, module.__doc__, info.name)
    for file in files:
        before = set(sys.modules)
        module = _import_file(Path(file))
        registry.add(module.PLUGIN, module.__doc__, file)
        if not isinstance(module.PLUGIN, spec.Figure):
            registry.sources.update(map(_digest, set(sys.modules) - before | {module.__name__}))
    registry.sources.discard("")
    return registry


def _digest(name: str) -> str:
    """SHA-256 of the file of a module, if it is the user's own: neither Python's, nor installed, nor this package's."""
    path = Path(getattr(sys.modules[name], "__file__", None) or sys.prefix)
    installed = [sysconfig.get_path(kind) for kind in ("stdlib", "platstdlib", "purelib", "platlib")]
    foreign = [sys.prefix, *installed, str(Path(spec.__file__).parent)]
    if path.suffix != ".py" or any(path.is_relative_to(folder) for folder in foreign):
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _import_file(path: Path) -> Any:
    """The module at `path`, with a PLUGIN; whatever keeps it from that is BadInput."""
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
