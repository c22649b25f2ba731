"""From overrides to a resolved config as plain data: the only module that knows Hydra and OmegaConf.

Configs are composed, never instantiated, so no config can run code; only the files named in `plugins` do.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra.core.config_store import ConfigStore
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.errors import HydraException
from omegaconf import OmegaConf

from bench.config.checks import bad
from bench.config.folder import config_folder
from bench.config.keys import require_key
from bench.errors import BadInput, unknown
from bench.registry import Registry, axes_of

SEVERAL = ("objective", "family", "estimator", "sampler")  # groups of which several are chosen
SINGLE = ("data", "executor")  # groups of which one is
WRITING = "allowed: key=value, lists in brackets as sigma=[1,2], text with commas or spaces in quotes"

OPEN = {"sweep": ("derived",)}  # keys below which any name is allowed
# Text that looks like something else: HEAD~1, a hash such as 12e4567, or finite_difference(h=0.1).
VERBATIM = {"track": ("base",), "sweep": ("reference",)}


def store(registry: Registry) -> None:
    """Let Hydra's store hold the plug-ins of a registry, and no others, in groups."""
    configs = ConfigStore.instance()
    for kind in (*SEVERAL, *SINGLE):
        configs.repo.pop(kind, None)
    for kind in SEVERAL:
        for name, plugin in registry.plugins[kind].items():
            axes = {key: list(values) for key, values in axes_of(plugin).items()}
            configs.store(group=kind, name=name, node={kind: {name: axes}}, package="_global_")
    for kind in SINGLE:
        for name, plugin in registry.plugins[kind].items():
            configs.store(group=kind, name=name, node={"name": name, **plugin.parameters})


def groups(command: str) -> list[str]:
    """The groups of a command: those that its config has defaults for."""
    defaults = OmegaConf.select(OmegaConf.load(config_folder() / f"{command}.yaml"), "defaults") or []
    return [group for default in defaults if default != "_self_" for group in default]


def choices(group: str) -> list[str]:
    """The names that a group can take: from Hydra's store and the config folder."""
    stored = ConfigStore.instance().repo.get(group, {})
    files = (config_folder() / group).glob("*.yaml")
    return sorted({name.removesuffix(".yaml") for name in stored} | {file.stem for file in files})


def multirun(overrides: Sequence[str]) -> Iterator[list[str]]:
    """The overrides of each run, where a value may be a sweep: seed=0,1 or seed=range(0,5)."""
    return map(list, product(*([text for text, _ in _runs(override)] for override in overrides)))


def plugin_files(overrides: Sequence[str]) -> list[str]:
    """The value of plugins=[...]: it must be read before the configs are composed."""
    plugins = [override for override in overrides if _key(override) == "plugins"]
    if not plugins:
        return []
    _, files = _runs(plugins[-1])[0]
    if not isinstance(files, list):
        raise bad("plugins", files, "a list of Python files, for instance plugins=[my_estimator.py]")
    return [str(getattr(file, "text", file)) for file in files]


def compose(command: str, overrides: Sequence[str], files: Sequence[str] = ()) -> dict[str, Any]:
    """The resolved config of a command as plain data; what is wrong with an override is BadInput."""
    overrides = [_quoted(item) if _key(item) in VERBATIM.get(command, ()) else item for item in overrides]
    names = groups(command)
    chosen = [override for override in overrides if _key(override) in names]
    others = [override for override in overrides if _key(override) not in names]
    for override in overrides:
        _require_single(override)
    for override in chosen:
        _require_choices(override)
    config = _composed(command, chosen)
    for override in others:
        if not _is_new(command, override):
            require_key(_key(override), config)
    others = [f"++{item.lstrip('+')}" if _is_new(command, item) else item for item in others]
    if others:
        config = _composed(command, [*chosen, *others])
    if list(config.get("plugins") or ()) != list(files):
        raise bad("plugins", config["plugins"], "files named on the command line, for no config may run code")
    return config


def _quoted(override: str) -> str:
    """An override whose value Hydra takes as it is written."""
    key, equals, value = override.partition("=")
    if not value or value[0] in "'\"[{" or value == "null":
        return override
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{key}{equals}'{escaped}'"


def _is_new(command: str, override: str) -> bool:
    """Whether an override may add a key: derived.NAME=[a,b]."""
    return any(override.lstrip("+").startswith(f"{key}.") for key in OPEN.get(command, ()))


def _key(override: str) -> str:
    return override.partition("=")[0].lstrip("+~")


def _runs(override: str) -> list[tuple[str, Any]]:
    """The override of each run with its value: one, or those of a sweep."""
    try:
        parsed = OverridesParser.create().parse_override(override)
        if not parsed.is_sweep_override():
            return [(override, parsed.value())]
        return [(f"{parsed.get_key_element()}={value}", value) for value in parsed.sweep_string_iterator()]
    except (HydraException, AssertionError) as error:
        raise BadInput(f"cannot read {override!r}; {WRITING}") from error


def _require_single(override: str) -> None:
    """BadInput where an override cannot be read, or stands for several runs."""
    if len(_runs(override)) > 1:
        key, _, value = override.partition("=")
        raise bad(key, value, f"one value, or a list as {key}=[{value}]; --multirun takes each for a run of its own")


def _require_choices(override: str) -> None:
    """BadInput where a group has no such choice; a value that is no name is left to Hydra."""
    group, ((_, value),) = _key(override), _runs(override)
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str) and name not in choices(group):
            raise unknown(group, name, choices(group))


def _composed(command: str, overrides: Sequence[str]) -> dict[str, Any]:
    """What Hydra makes of a command line; BadInput names the first override that fails with those before it."""
    try:
        return _resolved(command, overrides)
    except Exception as error:
        if absent := re.search(r"Could not (?:find|load) '(\w+)/([^']*)'", str(error)):  # a study that names it
            raise unknown(absent[1], absent[2], choices(absent[1])) from error
        if overrides:
            _composed(command, overrides[:-1])
        subject = repr(overrides[-1]) if overrides else f"the configuration of {command!r}"
        raise BadInput(f"cannot use {subject}: {str(error).partition(chr(10))[0]}; {WRITING}") from error


def _resolved(command: str, overrides: Sequence[str]) -> dict[str, Any]:
    """The config as Hydra composes it; its errors are of many kinds."""
    with initialize_config_dir(str(config_folder().resolve()), version_base="1.3"):
        composed = hydra_compose(command, list(overrides))
        return dict(OmegaConf.to_container(composed, resolve=True, throw_on_missing=True))  # type: ignore[arg-type]
