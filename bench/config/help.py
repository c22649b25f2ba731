"""The help of a command: its groups with their choices, its keys with their values and what they are for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bench.config.checks import literal
from bench.config.compose import choices, compose
from bench.config.folder import config_folder
from bench.config.keys import dotted
from bench.config.overrides import SEVERAL, groups

KEY = re.compile(r"(\w+):[^#]*(?:\s# (.+))?$")  # of the first column, and the comment behind its value
MORE = re.compile(r"\s+# (.+)$")


def help_text(command: str, purpose: str, summaries: Mapping[tuple[str, str], str], words: Sequence[str] = ()) -> str:
    """What a command does and takes, with these words; `summaries` are lines about the choices, by group and name."""
    config = compose(command, words)
    lines = [f"usage: python -m bench {command} [key=value ...]", purpose]
    for group in groups(command):
        lines += ["", f"{group}={'[NAME,...]' if group in SEVERAL else 'NAME'}"]
        lines += [f"  {name:22} {summaries.get((group, name), '')}" for name in choices(group, command)]
    lines += ["", "keys and their values"]
    said = comments((config_folder() / f"{command}.yaml").read_text(encoding="utf-8"))
    for key in dotted(config):
        lines += [
            f"  {key}={_value(config, key)}",
            f"      {said.get(key.partition('.')[0]) or _of_choice(key, config)}",
        ]
    if command == "sweep":
        lines += [
            "",
            "--multirun (-m) makes each combination of values in commas a run, under the name NAME-KEY=VALUE",
        ]
    return "\n".join(lines)


def _of_choice(key: str, config: Mapping[str, Any]) -> str:
    """What a key below a group is for."""
    group, name, *below = key.split(".")
    if group in SEVERAL:
        return f"a parameter of {group}={name}; a list is an axis" if below else f"{group}={name} has no parameters"
    if name == "name":
        return f"what is chosen of {group}"
    file = config_folder() / group / "web.yaml"
    told = comments(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return told.get(name) or f"a parameter of {group}={config[group]['name']}"


def comments(text: str) -> dict[str, str]:
    """What a config file says of each key in the comment beside it, which lines of comment alone continue."""
    said: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if beside := KEY.match(line):
            key = beside[1] if beside[2] else ""
            said |= {key: beside[2]} if key else {}
        elif key and (more := MORE.match(line)):
            said[key] += f" {more[1]}"
        else:
            key = ""
    return said


def _value(config: Any, key: str) -> str:
    for name in key.split("."):
        config = config[name]
    return literal(config).replace("'", "")
