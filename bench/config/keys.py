"""Which keys a config has, so that an unknown one is named before Hydra reads it."""

from collections.abc import Mapping
from typing import Any

from bench.errors import unknown


def require_key(key: str, config: Mapping[str, Any]) -> None:
    """BadInput where a config lacks a dotted key; it names the keys beside it, as deep as its beginning exists."""
    node, prefix = config, ""
    for name in key.split("."):
        if name not in node:
            raise unknown("key", key, [prefix + beside for beside in node] or ["none"])
        if isinstance(node[name], list):
            return  # an item of a list, whose length another override may change
        if not isinstance(node[name], Mapping):
            if prefix + name == key:
                return
            raise unknown("key", key, [prefix + beside for beside in node])
        node, prefix = node[name], f"{prefix}{name}."


def dotted(config: Any, prefix: str = "") -> list[str]:
    """The dotted keys of all values of a config."""
    if not isinstance(config, dict) or not config:
        return [prefix]
    return [key for name, value in config.items() for key in dotted(value, f"{prefix}.{name}".lstrip("."))]
