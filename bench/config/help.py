"""The help of a command: its groups with their choices, its keys with their values."""

from collections.abc import Mapping
from typing import Any

from bench.config.checks import literal
from bench.config.compose import choices, compose
from bench.config.keys import dotted
from bench.config.overrides import SEVERAL, groups


def help_text(command: str, purpose: str, summaries: Mapping[tuple[str, str], str]) -> str:
    """What a command does and takes; `summaries` are lines about the choices, by group and name."""
    config = compose(command, [])
    lines = [f"usage: python -m bench {command} [key=value ...]", purpose]
    for group in groups(command):
        lines += ["", f"{group}={'[NAME,...]' if group in SEVERAL else 'NAME'}"]
        lines += [f"  {name:22} {summaries.get((group, name), '')}" for name in choices(group, command)]
    lines += ["", "keys and their values", *(f"  {key}={_value(config, key)}" for key in dotted(config))]
    if command == "sweep":
        lines += [
            "",
            "--multirun (-m) makes each combination of values in commas a run, under the name NAME-KEY=VALUE",
        ]
    return "\n".join(lines)


def _value(config: Any, key: str) -> str:
    for name in key.split("."):
        config = config[name]
    return literal(config).replace("'", "")
