"""How a command ends: the exit codes, and the errors a user can cause or must see, each with its exit code."""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import IntEnum


class ExitCode(IntEnum):
    """The status of the process, each code with its meaning; they stand from the worst to the best."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> "ExitCode":
        """A number that carries its meaning."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    FAILED = 1, "anything else went wrong"
    INTERRUPTED = 130, "interrupted; a sweep or a fit resumes when it is run again"
    ORACLE_DISAGREES = 3, "the oracle disagrees"
    BAD_INPUT = 2, "bad input, one line says what is allowed"
    CHANGED = 4, "a comparison found a change, or runs to merge disagree"
    NOTHING_MEASURED = 5, "nothing was measured or comparable"
    DONE = 0, "done"


def worst(codes: Iterable[int]) -> ExitCode:
    """The exit code of several pieces of work: the one that stands first in ExitCode."""
    return min(map(ExitCode, codes), key=list(ExitCode).index)  # type: ignore[arg-type]


class BenchError(Exception):
    """One line for the user; `exit_code` is the status of the process."""

    exit_code = ExitCode.FAILED


class BadInput(BenchError):
    """What was received, what is allowed, what to do."""

    exit_code = ExitCode.BAD_INPUT


class Disagrees(BenchError):
    """The numbers that are asked for failed their verdict."""

    exit_code = ExitCode.ORACLE_DISAGREES


class Changed(BenchError):
    """Two results that should be the same number are not."""

    exit_code = ExitCode.CHANGED


class NothingMeasured(BenchError):
    """Every cell of the plan was skipped; the message holds the reasons."""

    exit_code = ExitCode.NOTHING_MEASURED


def unknown(kind: str, name: object, names: Iterable[object]) -> BadInput:
    """The one wording for a name that does not exist, with the names that do; at last the nearest, of several."""
    names = sorted(map(str, names))
    near = get_close_matches(str(name), names, 1) if len(names) > 1 else []
    return BadInput(
        f"unknown {kind} {name!r}; known: {', '.join(names)}{''.join(f'; did you mean {n}?' for n in near)}"
    )
