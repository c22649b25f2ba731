"""The command table: `python -m bench COMMAND [overrides]`.

A command is a primary config (conf/COMMAND.yaml) and a function.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bench import interrupt
from bench.config import checks
from bench.config.compose import CHOICES, choices, compose, multirun, plugin_files, presets, store

if TYPE_CHECKING:
    from bench.registry import Registry

COMMANDS = {
    "sweep": (
        "bench.commands.sweep",
        "run a sweep: sample, check against the oracle, time, write tables, figures and report",
    ),
    "report": ("bench.commands.report", "redraw the figures and the report of a run from its tables"),
    "compare": ("bench.commands.compare", "compare two results: has a statistic changed, has a time regressed?"),
    "export": ("bench.commands.export", "print a run's variance ratios and times as the JSON that dashboards read"),
    "catalogue": (
        "bench.commands.catalogue",
        "list every estimator, objective, sampler, dataset, figure, study and style",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code. An interrupt ends the process."""
    return interrupt.guard(lambda: _main(arguments))


def _main(arguments: Sequence[str] | None) -> int:
    """What a user can cause is one line on standard error."""
    command, *rest = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if command in ("--help", "-h"):
        print("usage: python -m bench COMMAND [key=value ...]")
        print(*(f"  {name:10} {what}" for name, (_, what) in COMMANDS.items()), sep="\n")
        print("python -m bench COMMAND --help lists the keys and the choices of a command")
        return 0
    from bench.errors import BenchError, unknown

    try:
        if command not in COMMANDS:
            raise unknown("command", command, COMMANDS)
        return _run(command, rest)
    except BenchError as error:
        print(f"error: {' '.join(str(error).split())}", file=sys.stderr)
        return error.exit_code
    except (MemoryError, OSError) as error:
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr)
        return 1


def _run(command: str, arguments: list[str]) -> int:
    from bench import registry
    from bench.errors import unknown

    options = [one for one in arguments if one.startswith("-")]
    overrides = [one for one in arguments if not one.startswith("-")]
    if strange := [one for one in options if one not in ("-h", "--help", "-m", "--multirun")]:
        raise unknown("option", strange[0], ["--help", "--multirun"])
    files = plugin_files(overrides)
    plugins = registry.load(files)
    store(plugins)
    plugins.summaries.update(presets())
    if {"-h", "--help"} & set(options):
        print(help_text(command, plugins))
        return 0
    run: Callable[..., int] = import_module(COMMANDS[command][0]).run
    if not {"-m", "--multirun"} & set(options):
        return run(compose(command, overrides, files), overrides, plugins)
    runs = [(one, compose(command, one, files)) for one in multirun(overrides)]
    codes = []
    for number, (one, config) in enumerate(runs):
        names = {override for override in one if override.startswith("name=")} - set(overrides)
        named = names or "name" not in config
        codes.append(run(config if named else config | {"name": f"{config['name']}-{number}"}, one, plugins))
    return max(codes)


def _flat(config: Any, prefix: str = "") -> list[str]:
    """Dotted keys of a config."""
    if not isinstance(config, dict) or not config:
        return [prefix]
    return [key for name, value in config.items() for key in _flat(value, f"{prefix}.{name}".lstrip("."))]


def help_text(command: str, plugins: "Registry") -> str:
    """The groups of a command with their choices, and its keys with their values."""
    config = compose(command, [])
    groups = [group for group in CHOICES if group in config or (group, command) == ("study", "sweep")]
    lines = [f"usage: python -m bench {command} [key=value ...]", COMMANDS[command][1]]
    for group in groups:
        lines += ["", f"{group}={CHOICES[group]}"]
        lines += [f"  {name:22} {plugins.summaries.get((group, name), '')}" for name in choices(group)]
    lines += ["", "keys and their values", *(f"  {key}={_value(config, key)}" for key in _flat(config))]
    lines += ["", "--multirun (-m) runs every combination of comma-separated values as a whole run of its own"]
    return "\n".join(lines)


def _value(config: Any, key: str) -> str:
    for part in key.split("."):
        config = config[part]
    return checks.shown(config).replace("'", "")
