"""Discovery: every module of a plug-in folder offers one PLUGIN, named like its file."""

import importlib
import pkgutil
import sys
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import spec
from bench.errors import BadInput, unknown
from bench.registry import contract
from bench.registry.files import OPENED, belonging, digests, import_file
from bench.registry.held import held

KINDS: Mapping[str, type] = {
    "objective": spec.Objective,
    "estimator": spec.Estimator,
    "family": spec.Family,
    "sampler": spec.Sampler,
    "data": spec.Dataset,
    "executor": spec.Executor,
    "figure": spec.Figure,
}
FOLDERS = {"data": "data", "family": "families"}  # of the kinds whose plural is not regular
PACKAGES = {kind: f"bench.{FOLDERS.get(kind, f'{kind}s')}" for kind in KINDS}
Summaries = Mapping[tuple[str, str], str]


FRAMEWORKS: Mapping[str, tuple[str, ...]] = {"jax": ("jax", "jaxlib"), "torch": ("torch",)}  # with their packages


@dataclass(frozen=True)
class Registry:
    """All plug-ins by kind and name, and one line about each plug-in, study and style."""

    plugins: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    summaries: dict[tuple[str, str], str] = field(default_factory=dict)  # by kind and name
    files: dict[tuple[str, str], str] = field(default_factory=dict)  # of the user's plug-ins, by kind and name
    frameworks: set[str] = field(default_factory=set)  # of FRAMEWORKS, that numbers come from besides
    sources: set[str] = field(default_factory=set)  # SHA-256 of the user's files, what they hold and what they read
    read: set[Path] = field(default_factory=set)  # the user's files, what they import of the user's, and what they read

    def get(self, kind: str, name: str) -> Any:
        """The plug-in of that kind and name; BadInput names the known ones."""
        try:
            return self.plugins[kind][name]
        except (KeyError, TypeError):
            raise unknown(kind, name, self.plugins[kind]) from None

    def words(self, kinds: Mapping[str, Container[str]] | None = None) -> dict[str, str]:
        """What plug-ins are called in figures, and their parameters: of all, or of those of these kinds and names."""
        words: dict[str, str] = {}
        for plugin in self._of(kinds):
            words |= dict(getattr(plugin, "symbols", {}))
            words |= {plugin.name: plugin.label} if getattr(plugin, "label", "") else {}
        return words

    def formulas(self, kinds: Mapping[str, Container[str]] | None = None) -> dict[str, str]:
        """The formulas of plug-ins that have one, likewise."""
        return {plugin.name: plugin.formula for plugin in self._of(kinds) if getattr(plugin, "formula", "")}

    def _of(self, kinds: Mapping[str, Container[str]] | None) -> Iterator[Any]:
        for kind, plugins in self.plugins.items():
            yield from (plugin for name, plugin in plugins.items() if kinds is None or name in kinds.get(kind, ()))

    def add(self, plugin: Any, docstring: str | None, origin: str) -> str:
        """File a plug-in, with the first line of its docstring, and give its kind; BadInput of a broken contract."""
        kind = next((kind for kind, cls in KINDS.items() if type(plugin) is cls), None)
        if kind is None:
            classes = ", ".join(cls.__name__ for cls in KINDS.values())
            raise BadInput(f"{origin}: PLUGIN is a {type(plugin).__name__}; allowed: {classes} from bench.spec")
        if breach := contract.breach(plugin):
            raise BadInput(f"{origin}: {breach}")
        if alike := next((name for name in self.plugins[kind] if name.lower() == plugin.name.lower()), None):
            raise BadInput(f"{origin}: the {kind} {alike!r} exists already; give it another name")
        self.plugins[kind][plugin.name] = plugin
        self.summaries[kind, plugin.name] = (docstring or "").strip().partition("\n")[0]
        return kind

    def add_users(self, plugin: Any, docstring: str | None, file: str) -> None:
        """File the plug-in of a user's file, its functions held to what they must give."""
        kind = self.add(plugin, docstring, file)
        self.plugins[kind][plugin.name] = held(plugin, file)
        self.files[kind, plugin.name] = file

    def require_others(self, plugin: Any, origin: str) -> None:
        """BadInput where an estimator makes a rule for a family that breaks the contract, or an exact names none."""
        families = self.plugins["family"]
        if isinstance(plugin, spec.Estimator):
            for family in families.values():
                if breach := contract.breach_for(plugin, family):
                    raise BadInput(f"{origin}: {breach}")
        if isinstance(plugin, spec.Objective) and families:
            for name in plugin.exact:
                if name not in families:
                    raise BadInput(f"{origin}: exact[{name}]: {unknown('family', name, families)}")


def axes_of(plugin: Any) -> Mapping[str, Sequence[float]]:
    """The axes of a plug-in below its own name, with their default values; mu and sigma of the normal stand above."""
    if isinstance(plugin, spec.Family):
        named = {} if plugin.name == "normal" else plugin.parameters
        return {name: parameter.values for name, parameter in named.items()}
    return getattr(plugin, "axes", {})


def load(files: Sequence[str] = (), kinds: Iterable[str] = KINDS, presets: Summaries | None = None) -> Registry:
    """The package's plug-ins of these kinds, then those in the user's files, which run as Python code.

    `presets` are lines about what is no plug-in and stands beside them in the catalogue: studies and styles.
    """
    registry = Registry(summaries=dict(presets or {}))
    for kind in kinds:
        package = importlib.import_module(PACKAGES[kind])
        for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
            module = importlib.import_module(f"{PACKAGES[kind]}.{info.name}")
            registry.add(module.PLUGIN, module.__doc__, info.name)
    if not files:
        return registry
    before = set(sys.modules)
    texts = " ".join(Path(file).read_text(errors="replace") for file in files if Path(file).is_file())
    with OPENED.watched() as read:
        modules = [import_file(Path(file)) for file in files]
    for file, module in zip(files, modules, strict=True):
        registry.add_users(module.PLUGIN, module.__doc__, file)
    for file, module in zip(files, modules, strict=True):
        registry.require_others(module.PLUGIN, file)
    imported, plugins = set(sys.modules) - before, {module.__name__ for module in modules}
    registry.read.update(belonging(imported | plugins, read), (Path(file).absolute() for file in files))
    registry.frameworks.update(
        name for name in FRAMEWORKS if name in imported or (name in texts and name in sys.modules)
    )
    figures = {module.__name__ for module in modules if isinstance(module.PLUGIN, spec.Figure)}
    if len(figures) < len(modules):  # figures decide no number, but what they import others may share
        registry.sources.update(digests((imported | plugins) - figures, read))
    return registry
