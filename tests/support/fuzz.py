"""What a command line must keep whatever it is given: a documented end, one line for bad input, and nothing lost."""

from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

from bench.errors import ExitCode
from tests.support.command import Outcome, command, contents, one_line

SAME = settings(
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEW = settings(SAME, max_examples=25)  # in ordinary tests
MANY = settings(SAME, max_examples=3_300)  # in the slow ones
ENDS = set(ExitCode) - {ExitCode.FAILED, ExitCode.INTERRUPTED}  # what input alone can lead to


def hold(*arguments: str) -> Outcome:
    """What a command line gives, held to its promises. The files and folders that its values name are watched.

    Bad input changes none of them; any other end keeps every file, though a run may be made anew.
    """
    watched = [path for path in map(_path, arguments) if path]
    before = _files(watched)
    outcome = command(*arguments)
    after = _files(watched)
    assert outcome.code in ENDS, outcome.err
    assert "Traceback" not in outcome.err
    if outcome.code == ExitCode.BAD_INPUT:
        one_line(outcome)
        assert after == before
    assert before.keys() <= after.keys()
    return outcome


def _path(argument: str) -> Path | None:
    """The file or folder that a value names, if it is there, and not around all that other processes change."""
    try:
        path = Path(argument.partition("=")[2] or "\0")
        around = Path.cwd().is_relative_to(path.resolve())
        return path if path.is_file() or (path.is_dir() and not around) else None
    except (ValueError, OSError):  # a name that no file can have
        return None


def _files(watched: list[Path]) -> dict[Path, object]:
    """What is in every file watched, by its path."""
    return {path: contents(path) if path.is_dir() else path.read_bytes() for path in watched}
