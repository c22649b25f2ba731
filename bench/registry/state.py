"""What a user's plug-in holds beside its source: numbers and arrays that were read or computed when it was imported.

A kernel takes the numbers of its module as constants, and a wrapped function keeps what it was made in, so the same
source may give other draws: whatever can be reached from a plug-in by name, field, default or closure is hashed.
"""

import dataclasses
import hashlib
import inspect
import types
from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np

PLAIN = (bool, int, float, complex, str, bytes, np.generic, type(None))


def state_sha256(module: types.ModuleType) -> str:
    """The SHA-256 of the numbers, texts and arrays that a module's names lead to; functions count by their code."""
    digest, seen = hashlib.sha256(), dict[int, Any]()
    names = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    _add(digest, names, module.__name__, seen)
    return digest.hexdigest()


def _add(digest: Any, value: Any, module: str, seen: dict[int, Any]) -> None:
    """Hash a value and what it leads to; what is seen a second time is told by its kind.

    `seen` keeps what it has by id, or another value could come to lie there.
    """
    digest.update(type(value).__name__.encode())
    if isinstance(value, PLAIN):
        digest.update(repr(value).encode())
        return
    if id(value) in seen:
        return
    seen[id(value)] = value
    if hasattr(value, "__array__") and not isinstance(value, type | types.GenericAlias):  # no name of a type
        array = np.asarray(value)
        digest.update(repr((array.dtype, array.shape)).encode())
        digest.update(np.ascontiguousarray(array).tobytes() if array.dtype != object else repr(value).encode())
    for inner in _inside(value, module):
        _add(digest, inner, module, seen)


def _inside(value: Any, module: str) -> Sequence[Any]:
    """What a value is made of, in an order that does not depend on the process."""
    if isinstance(value, Mapping):
        return [inner for item in sorted(value.items(), key=lambda item: repr(item[0])) for inner in item]
    if isinstance(value, Set):
        return sorted(value, key=repr)
    if isinstance(value, list | tuple):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in dataclasses.fields(value)]
    function = getattr(value, "py_func", value)
    return _inside_function(function, module) if inspect.isfunction(function) else []


def _inside_function(function: types.FunctionType, module: str) -> Sequence[Any]:
    """The code, defaults and closure of a function, and what it takes from the names of its module.

    Of a Python function in a compiled call, those of that function; what belongs to the package or to a library counts
    by its version, which is in the key beside this.
    """
    if lifted := getattr(function, "lifts", None):
        return [lifted]
    code = function.__code__
    constants = [constant for constant in code.co_consts if not inspect.iscode(constant)]
    closure = [_content(cell) for cell in function.__closure__ or ()]
    names = code.co_names if function.__module__ == module else ()
    named = [function.__globals__[name] for name in names if name in function.__globals__]
    return [code.co_code, constants, function.__defaults__, function.__kwdefaults__, closure, named]


def _content(cell: Any) -> Any:
    """What a closure keeps; a name that is not bound yet keeps nothing."""
    try:
        return cell.cell_contents
    except ValueError:
        return None
