"""Functions, with all that they are made of, as bytes for a process that has loaded the same plug-ins.

A plug-in goes by its name and a kernel by where it stands in its module: machine code is never sent, and a kernel that
calls back into Python knows its function by a place that another process has given to another one.
"""

import io
import operator
import pickle
from importlib import import_module
from typing import Any

import cloudpickle
from numba.core.dispatcher import Dispatcher

from bench.errors import BadInput
from bench.faults import place
from bench.registry import Registry


class Packer(cloudpickle.Pickler):  # type: ignore[misc]
    """Writes a plug-in of the registry as its kind and name."""

    def __init__(self, file: io.BytesIO, registry: Registry) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        several = registry.plugins.items()
        self.names = {id(plugin): (kind, name) for kind, plugins in several for name, plugin in plugins.items()}

    def persistent_id(self, value: Any) -> tuple[str, str] | None:
        """The name of what is not written itself."""
        return self.names.get(id(value))

    def reducer_override(self, value: Any) -> Any:
        """A kernel by its name, all else as cloudpickle has it."""
        if not isinstance(value, Dispatcher):
            return super().reducer_override(value)
        name = value.py_func.__module__, value.py_func.__qualname__
        try:
            there = named(*name)
        except (ImportError, AttributeError):
            there = None
        if there is not value:
            raise BadInput(f"{place(value)} is made inside a function; on a cluster allowed: at the top of its module")
        return named, name


class Unpacker(pickle.Unpickler):
    """Reads it with the plug-ins of another registry."""

    def __init__(self, file: io.BytesIO, registry: Registry) -> None:
        super().__init__(file)
        self.registry = registry

    def persistent_load(self, name: tuple[str, str]) -> Any:
        """The plug-in of a kind and name."""
        return self.registry.get(*name)


def named(module: str, name: str) -> Any:
    """What has a name in a module."""
    return operator.attrgetter(name)(import_module(module))


def packed(value: Any, registry: Registry) -> bytes:
    """Anything as bytes; the same bytes for the same thing, as far as pickle can tell."""
    file = io.BytesIO()
    Packer(file, registry).dump(value)
    return file.getvalue()


def unpacked(content: bytes, registry: Registry) -> Any:
    """What the bytes hold."""
    return Unpacker(io.BytesIO(content), registry).load()
