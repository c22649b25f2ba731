"""Which command a study is for: its file says `command: fit`, or the study that it builds on does; else sweep."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hydra.core.config_store import ConfigStore
from omegaconf import OmegaConf

from bench.config.folder import config_folder
from bench.errors import BadInput

KEY = "command"
COMMANDS = ("fit", "sweep")


def command_of(study: str, seen: tuple[str, ...] = ()) -> str:
    """The command that a study is for."""
    content = _content(study)
    if KEY in content:
        return str(content[KEY])
    defaults = content.get("defaults") or ()
    bases = [name for name in defaults if isinstance(name, str) and name != "_self_" and name not in (*seen, study)]
    return next((command_of(base, (*seen, study)) for base in bases), "sweep")


def require_command(command: str, study: str) -> None:
    """BadInput where a study is for another command."""
    if (right := command_of(study)) != command:
        raise BadInput(f"study {study!r} is for {right}: python -m bench {right} study={study}")


def _content(study: str) -> Mapping[str, Any]:
    """What a study holds: one of the user's from Hydra's store, else that of the config folder; nothing of neither."""
    stored: Mapping[str, Any] = ConfigStore.instance().repo.get("study", {})
    if node := stored.get(f"{study}.yaml"):
        return dict(OmegaConf.to_container(node.node))  # type: ignore[arg-type]
    return _of_package(config_folder() / "study" / f"{study}.yaml")


@functools.cache
def _of_package(file: Path) -> Mapping[str, Any]:
    """What a file of the package holds, read once; nothing where there is none."""
    return dict(OmegaConf.to_container(OmegaConf.load(file)) or {}) if file.is_file() else {}  # type: ignore[arg-type]
