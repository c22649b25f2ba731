"""From overrides to a resolved config as plain data: the only module that knows Hydra and OmegaConf.

Configs are composed, never instantiated, so no config can run code; only the files named in `plugins` do.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import PACKAGE
from bench.config import checks

if TYPE_CHECKING:
    from bench.registry import Registry

CHOICES = {
    "objective": "[NAME,...]",
    "estimator": "[NAME,...]",
    "sampler": "[NAME,...]",
    "data": "NAME",
    "executor": "NAME",
    "study": "NAME",
    "style": "NAME",
}
WRITING = "allowed: key=value, lists in brackets as sigma=[1,2], text with commas or spaces in quotes"


def config_folder() -> Path:
    """The configs beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / "conf"
    return inside if inside.is_dir() else PACKAGE.parent / "conf"


def multirun(overrides: Sequence[str]) -> Iterator[list[str]]:
    """The overrides of each run, where a value may be a sweep: seed=0,1 or seed=range(0,5)."""
    return map(list, product(*([text for text, _ in _parsed(one)] for one in overrides)))


def _parsed(override: str) -> list[tuple[str, Any]]:
    """Each (override, value) that an override stands for: one, or those of a sweep."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    from bench.errors import BadInput

    try:
        one = OverridesParser.create().parse_override(override)
        if not one.is_sweep_override():
            return [(override, one.value())]
        return [(f"{one.get_key_element()}={value}", value) for value in one.sweep_string_iterator()]
    except (HydraException, AssertionError) as error:
        raise BadInput(f"cannot read {override!r}; {WRITING}") from error


def plugin_files(overrides: Sequence[str]) -> list[str]:
    """The value of plugins=[...]: it must be read before the configs are composed."""
    given = [one for one in overrides if one.partition("=")[0].lstrip("+") == "plugins"]
    if not given:
        return []
    _, files = _parsed(given[-1])[0]
    if not isinstance(files, list):
        raise checks.bad("plugins", files, "a list of Python files, for instance plugins=[my_estimator.py]")
    return [str(getattr(file, "text", file)) for file in files]


def store(plugins: "Registry") -> None:
    """Fill Hydra's store from the plug-ins: groups of which several are chosen, and groups of which one is."""
    from hydra.core.config_store import ConfigStore

    configs = ConfigStore.instance()
    for kind in ("objective", "estimator", "sampler"):
        for name, plugin in plugins.plugins[kind].items():
            parameters = {key: list(values) for key, values in getattr(plugin, "axes", {}).items()}
            configs.store(group=kind, name=name, node={kind: {name: parameters}}, package="_global_")
    for kind in ("data", "executor"):
        for name, plugin in plugins.plugins[kind].items():
            configs.store(group=kind, name=name, node={"name": name, **plugin.parameters})


def compose(command: str, overrides: Sequence[str], files: Sequence[str] = ()) -> dict[str, Any]:
    """The resolved config of a command as plain data; what is wrong with an override is BadInput."""
    from bench.config.checks import bad
    from bench.errors import unknown

    for override in overrides:
        key, _, value = override.partition("=")
        if len(_parsed(override)) > 1:
            raise bad(
                key, value, f"one value, or a list as {key}=[{value}]; --multirun takes each for a run of its own"
            )
        if key.lstrip("+~").partition(".")[0].partition("/")[0] == "hydra":
            raise unknown("key", key, _known(command, "", []))
    try:
        config = _composed(command, overrides)
    except Exception as error:
        raise _explained(error, command, overrides) from error
    if list(config.get("plugins") or ()) != list(files):
        raise bad("plugins", config["plugins"], "files named on the command line, for no config may run code")
    return config


def _composed(command: str, overrides: Sequence[str]) -> dict[str, Any]:
    """What Hydra and OmegaConf make of a command line; they raise errors of many kinds."""
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from omegaconf import OmegaConf

    with initialize_config_dir(str(config_folder().resolve()), version_base="1.3"):
        composed = hydra_compose(command, list(overrides))
        return dict(OmegaConf.to_container(composed, resolve=True, throw_on_missing=True))  # type: ignore[arg-type]


def _explained(error: Exception, command: str, overrides: Sequence[str]) -> Exception:
    """Their many-line messages in the one line that this project promises."""
    from bench.errors import BadInput, unknown

    text = str(error)
    groups = [one for one in overrides if one.partition("=")[0] in CHOICES]
    if found := re.search(r"Could not (?:override|append to config)[^']*'([^']+)'", text):
        return unknown("key", found[1], _known(command, found[1], groups if groups != list(overrides) else []))
    if found := re.search(r"Could not (?:find|load) '(\w+)/([^']*)'", text):
        return unknown(found[1], found[2], choices(found[1]))
    ordered = sorted(overrides, key=lambda one: one not in groups)
    for count in range(len(ordered) + 1):
        try:
            _composed(command, ordered[:count])
        except Exception as cause:
            what = repr(ordered[count - 1]) if count else f"the configuration of {command!r}"
            return BadInput(f"cannot use {what}: {str(cause).partition(chr(10))[0]}; {WRITING}")
    raise error


def _known(command: str, key: str, groups: Sequence[str]) -> list[str]:
    """The keys that stand beside an unknown one: as deep as its beginning is known."""
    node, prefix = compose(command, groups), ""
    for part in key.split(".")[:-1]:
        if not isinstance(node.get(part), dict):
            break
        node, prefix = node[part], f"{prefix}{part}."
    return [prefix + name for name in node] or ["none"]


def choices(group: str) -> list[str]:
    """The names that a group can take: from the plug-ins' store and the config folder."""
    from hydra.core.config_store import ConfigStore

    stored = ConfigStore.instance().repo.get(group, {})
    files = (config_folder() / group).glob("*.yaml")
    return sorted({name.removesuffix(".yaml") for name in stored} | {file.stem for file in files})


def presets() -> Iterator[tuple[tuple[str, str], str]]:
    """Every study and style with the first comment of its file, after the package line."""
    for kind in ("study", "style"):
        for file in sorted((config_folder() / kind).glob("*.yaml")):
            comments = [line for line in file.read_text().splitlines() if line[:1] == "#" and "@package" not in line]
            yield (kind, file.stem), comments[0].lstrip("# ") if comments else ""
