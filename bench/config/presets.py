"""Studies, styles and papers in a folder of the user's own: plain values, which can run no code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from omegaconf import OmegaConf
from yaml import YAMLError

from bench.config.checks import bad
from bench.config.folder import PRESETS, config_folder
from bench.config.overrides import SEVERAL, SINGLE
from bench.config.studies import COMMANDS, KEY
from bench.errors import BadInput

Presets = Mapping[tuple[str, str], Mapping[str, Any]]  # what they hold, by kind and name
FILES = ("plugins", "config_dir")  # keys that name what is read before a preset is
CHOSEN = (*SEVERAL, *set(SINGLE).difference(PRESETS))  # the groups that a study may choose of


def read(folder: Path) -> Presets:
    """The studies, styles and papers of a folder; BadInput names the file that is wrong."""
    files = [(kind, file) for kind in PRESETS for file in sorted((folder / kind).glob("*.yaml"))]
    if not files:
        raise bad("config_dir", str(folder), "a folder with study/NAME.yaml, style/NAME.yaml or paper/NAME.yaml in it")
    for kind, file in files:
        if (config_folder() / kind / file.name).exists():
            raise BadInput(f"config_dir: {file}: the {kind} {file.stem!r} exists already; give it another name")
    return {(kind, file.stem): _content(kind, file) for kind, file in files}


def _content(kind: str, file: Path) -> Mapping[str, Any]:
    """What a preset holds: plain values by their keys. A style that names no other builds on that of a report."""
    origin = f"config_dir: {file}"
    try:
        content: Any = OmegaConf.to_container(OmegaConf.create(file.read_text(encoding="utf-8")))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{origin} line {mark.line + 1}" if mark else origin
        problem = getattr(error, "problem", None) or "is no YAML"
        raise BadInput(f"{place}: {problem}; allowed: keys with plain values, in YAML") from error
    except Exception as error:  # of the disk, of the encoding, of values that no config can hold
        raise BadInput(f"{origin} cannot be read; allowed: keys with plain values, in YAML and UTF-8") from error
    if not isinstance(content, dict):
        raise BadInput(f"{origin} holds a list; allowed: keys with plain values, in YAML")
    for key, value in content.items():
        if key in FILES:
            raise BadInput(f"{origin}: {bad(key, value, f'{key} on the command line, for no config may run code')}")
        if kind == "study" and key == KEY and value not in COMMANDS:
            raise BadInput(f"{origin}: {bad(key, value, ', '.join(COMMANDS))}")
        if "${" in str(value) or "???" in str(value):
            raise BadInput(f"{origin}: {bad(str(key), value, 'plain values, without ${{ and ???')}")
    _require_defaults(kind, content.get("defaults", []), origin)
    return {"defaults": ["web", "_self_"], **content} if kind == "style" else content


def _require_defaults(kind: str, defaults: Any, origin: str) -> None:
    """BadInput where what a preset builds on is neither a preset of its kind nor a choice that is open to it."""
    chosen = {"study": CHOSEN, "paper": ("style",)}.get(kind, ())
    groups = {f"override /{group}" for group in chosen}
    for default in defaults if isinstance(defaults, list) else [None]:
        choice = default if isinstance(default, dict) and len(default) == 1 and groups.issuperset(default) else {}
        names = [name for value in choice.values() for name in (value if isinstance(value, list) else [value])]
        if not all(isinstance(name, str) for name in names or [default]):
            ways = ", ".join(("NAME", "_self_", *(f"{group}: NAME" for group in sorted(groups))))
            raise BadInput(f"{origin}: {bad('defaults', defaults, f'a list of {ways}')}")
