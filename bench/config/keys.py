"""The dotted keys of a config: which there are, and what is set to what."""

from collections.abc import Collection, Mapping
from typing import Any

from bench.errors import BadInput, unknown


def place(
    config: dict[str, Any], key: str, value: Any, open_keys: Collection[str] = (), groups: Collection[str] = ()
) -> None:
    """Set the value of a dotted key; BadInput where the config lacks it, with the keys beside it.

    Below `open_keys` any name is allowed; `groups` are keys that have made the config, and need not be in it.
    """
    node = _holder(config, key, groups)
    name = key.rpartition(".")[2]
    if name not in node and not any(key.startswith(f"{above}.") for above in open_keys):
        raise _unknown(key, node, groups)
    node[name] = value


def delete(config: dict[str, Any], key: str, groups: Collection[str] = ()) -> None:
    """Take a dotted key out; BadInput where the config lacks it."""
    node = _holder(config, key, groups)
    if key.rpartition(".")[2] not in node:
        raise _unknown(key, node, groups)
    del node[key.rpartition(".")[2]]


def _holder(config: dict[str, Any], key: str, groups: Collection[str]) -> dict[str, Any]:
    """The part of a config that holds the last name of a dotted key."""
    node, depth = config, 0
    for depth, name in enumerate(key.split(".")[:-1]):
        if not isinstance(node.get(name), dict):
            raise _unknown(key, node, groups, depth)
        node = node[name]
    return node


def _unknown(key: str, node: Mapping[str, Any], groups: Collection[str], depth: int | None = None) -> BadInput:
    """The line about a key that does not exist, as deep as its beginning does."""
    names = key.split(".")
    prefix = "".join(f"{name}." for name in names[: len(names) - 1 if depth is None else depth])
    beside = {f"{prefix}{name}" for name in node} | (set() if prefix else set(groups))
    return unknown("key", key, beside or ["none"])


def dotted(config: Any, prefix: str = "") -> list[str]:
    """The dotted keys of all values of a config."""
    if not isinstance(config, dict) or not config:
        return [prefix]
    return [key for name, value in config.items() for key in dotted(value, f"{prefix}.{name}".lstrip("."))]
