"""From the words of a command line to a resolved config as plain data, composed by Hydra from defaults and choices.

Configs are composed, never instantiated, so no config can run code; only the files named in `plugins` do. Hydra sees
the choices of groups alone, each of them checked; the other values are set in what it makes of them.
"""

import copy
import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra.core.config_store import ConfigStore
from omegaconf import OmegaConf

from bench.config import networks
from bench.config.checks import axis, bad
from bench.config.folder import PRESETS, config_folder
from bench.config.keys import delete, place
from bench.config.overrides import OPEN, SEVERAL, SINGLE, Override, by_key, groups, single
from bench.config.presets import Presets
from bench.config.studies import COMMANDS, KEY, command_of, require_command
from bench.errors import BadInput, unknown
from bench.registry import Registry, axes_of

_stored: list[str] = []  # what Hydra's store holds of ours, in one text


def store(registry: Registry, presets: Presets | None = None) -> None:
    """Let Hydra's store hold the plug-ins of a registry and the user's own presets, and no others, in groups."""
    nodes = [*_nodes(registry), *_own(presets or {})]
    told = [repr((config_folder(), nodes))]
    if told == _stored:
        return
    configs = ConfigStore.instance()
    _stored.clear()  # of what fails below half is there
    _composed.cache_clear()
    for kind in (*SEVERAL, *SINGLE):
        configs.repo.pop(kind, None)
    for node in nodes:
        configs.store(**node)
    _stored[:] = told


def _nodes(registry: Registry) -> Iterator[dict[str, Any]]:
    """The plug-ins: those that can be several with their axes, the others with their parameters."""
    several = {kind: {name: axes_of(plugin) for name, plugin in registry.plugins[kind].items()} for kind in SEVERAL}
    several["objective"] |= networks.AXES
    for kind, plugins in several.items():
        for name, axes in plugins.items():
            node = {kind: {name: {key: list(values) for key, values in axes.items()}}}
            yield {"group": kind, "name": name, "node": node, "package": "_global_"}
    for kind in set(SINGLE).difference(PRESETS):
        for name, plugin in registry.plugins[kind].items():
            yield {"group": kind, "name": name, "node": {"name": name, **plugin.parameters}}


def _own(presets: Presets) -> Iterator[dict[str, Any]]:
    """The user's presets."""
    for (kind, name), content in presets.items():
        package = None if kind == "style" else "_global_"
        yield {"group": kind, "name": name, "node": dict(content), "package": package}


def choices(group: str, command: str = "sweep") -> list[str]:
    """The names that a group can take in a command: from Hydra's store and the config folder."""
    stored = ConfigStore.instance().repo.get(group, {})
    files = (config_folder() / group).glob("*.yaml")
    names = sorted({name.removesuffix(".yaml") for name in stored} | {file.stem for file in files})
    if group == "study":
        return [name for name in names if command_of(name) == command]
    return [name for name in names if group != "objective" or command == "fit" or name not in networks.AXES]


def plugin_files(command: str, words: Sequence[str]) -> list[str]:
    """The value of plugins=[...]: it must be read before the configs are composed."""
    override = _last(command, words, "plugins")
    files = override.values[0] if override else None
    if (override and override.sweeps) or not isinstance(files, list | None):
        raise bad("plugins", override and override.value, "one list of Python files, as plugins=[FILE.py]")
    return [str(file) for file in files or ()]


def config_dir(command: str, words: Sequence[str]) -> Path | None:
    """The value of config_dir=FOLDER: it must be read before the configs are composed."""
    override = _last(command, words, "config_dir")
    folder = override.values[0] if override else None
    if (override and override.sweeps) or not isinstance(folder, str | None) or folder == "":
        raise bad(
            "config_dir",
            override and override.value,
            "one folder with study/NAME.yaml, style/NAME.yaml or paper/NAME.yaml in it",
        )
    return Path(folder) if folder else None


def compose(command: str, words: Sequence[str]) -> dict[str, Any]:
    """The resolved config of a command as plain data; what is wrong with a word is BadInput."""
    overrides = by_key(command, words)
    names = groups(command)
    if command == "fit" and "study" not in overrides and (name := networks.chosen(overrides.get("objective"))):
        overrides["study"] = Override(f"study={name}", "study", (name,))
    chosen = [_choice(command, overrides.pop(group)) for group in names if group in overrides]
    config = copy.deepcopy(_composed(command, tuple(chosen)))
    config.pop(KEY, None)  # of its study
    for key, override in overrides.items():
        if override.deletes:
            delete(config, key, names)
        else:
            place(config, key, single(command, override), OPEN.get(command, ()), names)
    return config


def _last(command: str, words: Sequence[str], key: str) -> Override | None:
    return by_key(command, [word for word in words if word.partition("=")[0].lstrip("+") == key]).get(key)


def _choice(command: str, override: Override) -> str:
    """The word that tells Hydra what is chosen of a group."""
    group = override.key
    if override.deletes:
        return override.word(None)
    several = group in SEVERAL
    for value in override.values:
        if (isinstance(value, list) and not several) or not isinstance(value, str | list):
            raise bad(group, value, f"one{' or more' * several} of: {', '.join(choices(group, command))}")
        for name in value if isinstance(value, list) else [value]:
            if name not in choices(group, command):
                if group == "study" and any(name in choices(group, other) for other in COMMANDS):
                    require_command(command, name)
                if group == "objective" and name in [*networks.AXES]:  # a list has no hash
                    raise bad(group, name, f"{', '.join(choices(group, command))}; a network is for fit")
                raise unknown(group, name, choices(group, command))
    value = single(command, override)
    return override.word(list(axis(group, value, lambda _, name: name)) if isinstance(value, list) else value)


@functools.cache
def _composed(command: str, chosen: tuple[str, ...]) -> dict[str, Any]:
    """The config as Hydra composes it from choices, once until others are stored; a line for what a preset gets wrong.

    Not to be written to.
    """
    try:
        with initialize_config_dir(str(config_folder().resolve()), version_base="1.3"):
            composed = hydra_compose(command, list(chosen))
            return dict(OmegaConf.to_container(composed, resolve=True, throw_on_missing=True))  # type: ignore[arg-type]
    except Exception as error:  # of many kinds
        if absent := re.search(r"Could not (?:find|load) '(\w+)/([^']*)'", str(error)):  # a preset that names it
            raise unknown(absent[1], absent[2], choices(absent[1], command)) from error
        presets = " ".join(item for item in chosen if item.partition("=")[0] in PRESETS) or command
        allowed = f"the keys that {command} --help lists, each with a value of the kind that it has there"
        raise BadInput(f"cannot compose {presets}; allowed: {allowed}") from error
