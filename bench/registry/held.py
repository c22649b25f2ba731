"""The Python functions of a user's plug-in, each held to its word whenever it is called.

What raises, or gives another thing than the contract says, is one line: file, function, line, and what is allowed. The
package's own functions are held by its tests and are left as they are.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from bench import PACKAGE
from bench.errors import BadInput, BenchError
from bench.faults import file_of, is_interrupt, line_of, name_of, reason
from bench.registry.results import RESULTS
from bench.registry.rules import described, is_subclassed
from bench.spec import Executor, Form

OUTERMOST = (MemoryError, BenchError)  # no fault of the function, or a line of its own already


@dataclass(frozen=True, slots=True)
class Held:
    """The function of a plug-in's field. Two of one function are equal, as noise channels that share it must be."""

    function: Callable[..., Any]
    kind: type  # of the plug-in, or of its part
    field: str
    file: str  # of the plug-in

    @property
    def __wrapped__(self) -> Callable[..., Any]:
        """The function itself, for whoever asks for its name, its lines or its arguments."""
        return self.function

    @property
    def place(self) -> str:
        """File and name, with which a line about it begins."""
        name = name_of(self.function)
        return f"plugins: {file_of(self.function) or self.file}: {self.field if name == '<lambda>' else name}"

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """What the function gives, held in turn; BadInput where it fails, or gives what is not allowed."""
        try:
            result = self.function(*arguments, **named)
        except OUTERMOST:
            raise
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            if is_interrupt(error, self.function):
                raise
            raise self.slip(error) from error
        rule_of = RESULTS[self.kind].get(self.field.partition("[")[0])
        if rule_of and not (rule := rule_of(*arguments, **named)).allows(result):
            plain = "; no subclass of numpy.ndarray" if is_subclassed(result) else ""
            raise BadInput(f"{self.place} gives {described(result)}; allowed: {rule.allowed}{plain}")
        return held(result, self.file) if type(result) in RESULTS else result

    def slip(self, error: BaseException) -> BadInput:
        """The line about an error that the function raised."""
        line = line_of(error, file_of(self.function) or self.file)
        return BadInput(f"{self.place}: {line}raises {reason(error)}")


@dataclass(frozen=True, slots=True)
class HeldMap:
    """An executor's map: the result of every item once, in the order of the items."""

    map: Held

    def __call__(self, function: Callable[[Any], Any], items: Iterable[Any], **parameters: Any) -> Iterator[Any]:
        """function of each item; BadInput where a result is missing, comes twice or in another place."""
        numbered = list(enumerate(items))
        failures: list[BaseException] = []
        try:
            results = iter(self.map(_Numbered(function, failures), numbered, **parameters))
            for place in range(len(numbered) + 1):
                number, result = next(results, (None, None))
                if number != (place if place < len(numbered) else None):
                    what = "nothing" if number is None else f"the result of item {number}"
                    raise BadInput(
                        f"{self.map.place} gives {what} in place {place} of {len(numbered)} items; allowed: the "
                        "result of each item once, in their order"
                    )
                if number is not None:
                    yield result
        except OUTERMOST:
            raise
        except Exception as error:
            if error in failures or isinstance(error, OSError):
                raise
            raise self.map.slip(error) from error


@dataclass(frozen=True, slots=True)
class HeldOpened:
    """What an executor sets up: the map that it gives is held as its own is."""

    opened: Held

    @contextlib.contextmanager
    def __call__(self, registry: Any, **parameters: Any) -> Iterator[HeldMap]:
        """The map, between setting up and tidying up."""
        with contextlib.ExitStack() as stack:
            try:
                run = stack.enter_context(self.opened(registry, **parameters))
            except OUTERMOST:
                raise
            except Exception as error:
                raise self.opened.slip(error) from error
            yield HeldMap(replace(self.opened, function=run))


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A function of (number, item) that keeps the number beside its result, and notes what it raises itself."""

    function: Callable[[Any], Any]
    failures: list[BaseException]

    def __call__(self, numbered: tuple[int, Any]) -> tuple[int, Any]:
        try:
            return numbered[0], self.function(numbered[1])
        except BaseException as error:
            self.failures.append(error)
            raise


def held(plugin: Any, file: str) -> Any:
    """A plug-in of a user's file, or a part of one, with each of its functions held."""
    names = Form._fields if isinstance(plugin, Form) else [field.name for field in fields(plugin)]
    changes = {name: _held(getattr(plugin, name), type(plugin), name, file) for name in names}
    return plugin._replace(**changes) if isinstance(plugin, Form) else replace(plugin, **changes)


def _held(value: Any, kind: type, name: str, file: str) -> Any:
    """A field's value with the functions in it held."""
    if type(value) in RESULTS:
        return held(value, file)
    if isinstance(value, tuple):
        return tuple(_held(item, kind, name, file) for item in value)
    if isinstance(value, Mapping):
        return {key: _held(item, kind, f"{name}[{key}]", file) for key, item in value.items()}
    if not callable(value) or hasattr(value, "py_func") or _is_the_packages(value):
        return value
    function = Held(value, kind, name, file)
    return {"map": HeldMap, "opened": HeldOpened}[name](function) if kind is Executor else function


def _is_the_packages(function: Callable[..., Any]) -> bool:
    """Whether a function is of this package, and no user's."""
    return Path(file_of(function) or "").is_relative_to(PACKAGE)
