"""The errors a user can cause or must see, each with the exit code of the command line."""


class BenchError(Exception):
    """One line for the user; `exit_code` is the status of the process."""

    exit_code = 1


class BadInput(BenchError):
    """What was received, what is allowed, what to do."""

    exit_code = 2


class NothingMeasured(BenchError):
    """Every cell of the plan was skipped; the message holds the reasons."""

    exit_code = 5


def unknown(kind: str, name: object, known: object) -> BadInput:
    """The one wording for a name that does not exist: `known` is an iterable of the names that do."""
    return BadInput(f"unknown {kind} {name!r}; known: {', '.join(sorted(map(str, known)))}")  # type: ignore[call-overload]
