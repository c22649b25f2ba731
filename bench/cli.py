"""The command table: `python -m bench COMMAND [overrides]`.

A command is a primary config (conf/COMMAND.yaml) and a function. What a process of its own needs besides is in
`bench.__main__`: here nothing of the process is changed for good, so a notebook may call `main`.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from bench import __version__, interrupt, progress
from bench.errors import BenchError, ExitCode, unknown, worst

COMMANDS = {
    "sweep": "run a sweep: sample, check against the oracle, time, write tables, figures and report",
    "fit": "descend with every estimator: learning curves, paths, and what theory says of them",
    "check": "hold plug-ins to the laws of their kind: python -m bench check my_plugin.py ...",
    "new": "write a plug-in to begin with, which passes check: python -m bench new estimator my_name",
    "report": "redraw the figures and the report of a run from its tables",
    "merge": "put sweeps of several seeds or machines into one report: statistics pooled, times by machine",
    "compare": "compare two results: has a statistic changed, has a time regressed?",
    "track": "measure HEAD and another commit in turn: has a statistic changed, has a time regressed?",
    "peers": "time the same gradient estimates in NumPy, PyTorch and JAX, each held against the oracle first",
    "export": "print a run's variance ratios and times as the JSON that dashboards read",
    "studies": "run all studies, one after the other, and write the index of their runs",
    "index": "write a page that lists all runs of a folder, with links to comparisons of any two that share rows",
    "catalogue": "list every estimator, objective, sampler, dataset, figure, study and style",
}
OF_FILES = {"check"}  # commands whose words without a key are files of plug-ins
IN_ORDER = {"new": ("kind", "name")}  # the keys of a command's words without one, from left to right
HELP = {"-h", "--help"}
MULTIRUN = {"-m", "--multirun"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code; what a user can cause is one line on standard error."""
    command, *rest = (sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        if command in HELP:
            print(_usage())
            return ExitCode.DONE
        if command == "--version":
            print(f"mcgrad-bench {__version__}")
            return ExitCode.DONE
        if command not in COMMANDS:
            raise unknown("command", command, COMMANDS)
        return interrupt.raised(lambda: _run(command, rest))
    except BenchError as error:
        print(f"error: {' '.join(str(error).split())}", file=sys.stderr)
        return error.exit_code
    except (MemoryError, OSError) as error:
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr)
        return ExitCode.FAILED


def _usage() -> str:
    """The commands, the options and the exit codes."""
    return "\n".join(
        (
            "usage: python -m bench COMMAND [key=value ...]",
            *(f"  {name:10} {purpose}" for name, purpose in COMMANDS.items()),
            "python -m bench COMMAND --help lists the keys and the choices of a command; --version tells the version",
            "exit codes",
            *(f"  {code:<10} {code.meaning}" for code in sorted(ExitCode)),
        )
    )


def _run(command: str, arguments: Sequence[str]) -> int:
    """Split options from overrides, find the plug-ins, and do what is asked."""
    # With Hydra, Numba and all plug-ins these take a second: too long for a usage line or a misspelt command.
    from bench.config import help, runs
    from bench.config.gathered import gathered

    options = [argument for argument in arguments if argument.startswith("-")]
    words = [argument for argument in arguments if not argument.startswith("-")]
    for option in options:
        if option not in HELP | MULTIRUN:
            raise unknown("option", option, [*sorted(HELP), *sorted(MULTIRUN)])
    paths = [word for word in words if command in OF_FILES and "=" not in word]
    words = [word for word in words if word not in paths]
    words = _keyed(words, IN_ORDER.get(command, ()))
    plugins = gathered(command, words, paths)
    if HELP & set(options):
        print(help.help_text(command, COMMANDS[command], plugins.summaries, words))
        return ExitCode.DONE
    run: Callable[..., int] = import_module(f"bench.commands.{command}").run
    several = MULTIRUN & set(options)
    wishes = runs.several(command, words, plugins) if several else [runs.single(command, words)]
    with progress.never_silent(command):
        return worst([run(wish.config, wish.words, plugins) for wish in wishes])


def _keyed(words: Sequence[str], keys: Sequence[str]) -> list[str]:
    """The words, the first of those without a key as values of `keys`."""
    left = iter(keys)
    return [word if "=" in word or (key := next(left, None)) is None else f"{key}={word}" for word in words]
