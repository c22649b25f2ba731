"""The command table: the only module that knows Hydra and OmegaConf.

`python -m bench COMMAND [overrides]`: a command is a primary config (conf/COMMAND.yaml) and a function. Configs are
composed, never instantiated, so no config can run code; only the files named in `plugins` do.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import checks, interrupt

if TYPE_CHECKING:
    from bench.registry import Registry

COMMANDS = {
    "sweep": ("bench.sweep", "run a sweep: sample, check against the oracle, time, write tables, figures and report"),
    "report": ("bench.report", "redraw the figures and the report of a run from its tables"),
    "compare": ("bench.compare.command", "compare two results: has a statistic changed, has a time regressed?"),
    "export": ("bench.export", "print a run's variance ratios and times as the JSON that dashboards read"),
    "catalogue": ("bench.catalogue", "list every estimator, objective, sampler, dataset, figure, study and style"),
}
GROUPS = {
    "objective": "[NAME,...]",
    "estimator": "[NAME,...]",
    "sampler": "[NAME,...]",
    "data": "NAME",
    "executor": "NAME",
    "study": "NAME",
    "style": "NAME",
}
WRITING = "allowed: key=value, lists in brackets as sigma=[1,2], text with commas or spaces in quotes"
PACKAGE = Path(__file__).parent


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


def config_folder() -> Path:
    """The configs beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / "conf"
    return inside if inside.is_dir() else PACKAGE.parent / "conf"


def _run(command: str, arguments: list[str]) -> int:
    from bench import registry
    from bench.errors import unknown

    options = [one for one in arguments if one.startswith("-")]
    overrides = [one for one in arguments if not one.startswith("-")]
    if strange := [one for one in options if one not in ("-h", "--help", "-m", "--multirun")]:
        raise unknown("option", strange[0], ["--help", "--multirun"])
    files = _plugin_files(overrides)
    plugins = registry.load(files)
    store(plugins)
    plugins.summaries.update(presets())
    if {"-h", "--help"} & set(options):
        print(help_text(command, plugins))
        return 0
    run: Callable[..., int] = import_module(COMMANDS[command][0]).run
    if not {"-m", "--multirun"} & set(options):
        return run(compose(command, overrides, files), overrides, plugins)
    runs = [(one, compose(command, one, files)) for one in _multirun(overrides)]
    codes = []
    for number, (one, config) in enumerate(runs):
        names = {override for override in one if override.startswith("name=")} - set(overrides)
        named = names or "name" not in config
        codes.append(run(config if named else config | {"name": f"{config['name']}-{number}"}, one, plugins))
    return max(codes)


def _multirun(overrides: Sequence[str]) -> Iterator[list[str]]:
    """The overrides of each run, where a value may be a sweep: seed=0,1 or seed=range(0,5)."""
    return map(list, product(*([text for text, _ in _parsed(one)] for one in overrides)))


def _parsed(override: str) -> list[tuple[str, Any]]:
    """Each (override, value) that an override stands for: one, or those of a sweep."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    from bench.errors import BadInput

    try:
        one = OverridesParser.create().parse_override(override)
        if not one.is_sweep_override():
            return [(override, one.value())]
        return [(f"{one.get_key_element()}={value}", value) for value in one.sweep_string_iterator()]
    except (HydraException, AssertionError) as error:
        raise BadInput(f"cannot read {override!r}; {WRITING}") from error


def _plugin_files(overrides: Sequence[str]) -> list[str]:
    """The value of plugins=[...]: it must be read before the configs are composed."""
    given = [one for one in overrides if one.partition("=")[0].lstrip("+") == "plugins"]
    if not given:
        return []
    _, files = _parsed(given[-1])[0]
    if not isinstance(files, list):
        raise checks.bad("plugins", files, "a list of Python files, for instance plugins=[my_estimator.py]")
    return [str(getattr(file, "text", file)) for file in files]


def store(plugins: "Registry") -> None:
    """Fill Hydra's store from the plug-ins: groups of which several are chosen, and groups of which one is."""
    from hydra.core.config_store import ConfigStore

    configs = ConfigStore.instance()
    for kind in ("objective", "estimator", "sampler"):
        for name, plugin in plugins.plugins[kind].items():
            parameters = {key: list(values) for key, values in getattr(plugin, "parameters", {}).items()}
            configs.store(group=kind, name=name, node={kind: {name: parameters}}, package="_global_")
    for kind in ("data", "executor"):
        for name, plugin in plugins.plugins[kind].items():
            configs.store(group=kind, name=name, node={"name": name, **plugin.parameters})


def compose(command: str, overrides: Sequence[str], files: Sequence[str] = ()) -> dict[str, Any]:
    """The resolved config of a command as plain data; what is wrong with an override is BadInput."""
    from bench.checks import bad
    from bench.errors import unknown

    for override in overrides:
        key, _, value = override.partition("=")
        if len(_parsed(override)) > 1:
            raise bad(
                key, value, f"one value, or a list as {key}=[{value}]; --multirun takes each for a run of its own"
            )
        if key.lstrip("+~").partition(".")[0].partition("/")[0] == "hydra":
            raise unknown("key", key, _known(command, "", []))
    try:
        config = _composed(command, overrides)
    except Exception as error:
        raise _explained(error, command, overrides) from error
    if list(config.get("plugins") or ()) != list(files):
        raise bad("plugins", config["plugins"], "files named on the command line, for no config may run code")
    return config


def _composed(command: str, overrides: Sequence[str]) -> dict[str, Any]:
    """What Hydra and OmegaConf make of a command line; they raise errors of many kinds."""
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from omegaconf import OmegaConf

    with initialize_config_dir(str(config_folder().resolve()), version_base="1.3"):
        composed = hydra_compose(command, list(overrides))
        return dict(OmegaConf.to_container(composed, resolve=True, throw_on_missing=True))  # type: ignore[arg-type]


def _explained(error: Exception, command: str, overrides: Sequence[str]) -> Exception:
    """Their many-line messages in the one line that this project promises."""
    from bench.errors import BadInput, unknown

    text = str(error)
    groups = [one for one in overrides if one.partition("=")[0] in GROUPS]
    if found := re.search(r"Could not (?:override|append to config)[^']*'([^']+)'", text):
        return unknown("key", found[1], _known(command, found[1], groups if groups != list(overrides) else []))
    if found := re.search(r"Could not (?:find|load) '(\w+)/([^']*)'", text):
        return unknown(found[1], found[2], choices(found[1]))
    ordered = sorted(overrides, key=lambda one: one not in groups)
    for count in range(len(ordered) + 1):
        try:
            _composed(command, ordered[:count])
        except Exception as cause:
            what = repr(ordered[count - 1]) if count else f"the configuration of {command!r}"
            return BadInput(f"cannot use {what}: {str(cause).partition(chr(10))[0]}; {WRITING}")
    raise error


def _known(command: str, key: str, groups: Sequence[str]) -> list[str]:
    """The keys that stand beside an unknown one: as deep as its beginning is known."""
    node, prefix = compose(command, groups), ""
    for part in key.split(".")[:-1]:
        if not isinstance(node.get(part), dict):
            break
        node, prefix = node[part], f"{prefix}{part}."
    return [prefix + name for name in node] or ["none"]


def _flat(config: Any, prefix: str = "") -> list[str]:
    """Dotted keys of a config."""
    if not isinstance(config, dict) or not config:
        return [prefix]
    return [key for name, value in config.items() for key in _flat(value, f"{prefix}.{name}".lstrip("."))]


def choices(group: str) -> list[str]:
    """The names that a group can take: from the plug-ins' store and the config folder."""
    from hydra.core.config_store import ConfigStore

    stored = ConfigStore.instance().repo.get(group, {})
    files = (config_folder() / group).glob("*.yaml")
    return sorted({name.removesuffix(".yaml") for name in stored} | {file.stem for file in files})


def presets() -> Iterator[tuple[tuple[str, str], str]]:
    """Every study and style with the first comment of its file, after the package line."""
    for kind in ("study", "style"):
        for file in sorted((config_folder() / kind).glob("*.yaml")):
            comments = [line for line in file.read_text().splitlines() if line[:1] == "#" and "@package" not in line]
            yield (kind, file.stem), comments[0].lstrip("# ") if comments else ""


def help_text(command: str, plugins: "Registry") -> str:
    """The groups of a command with their choices, and its keys with their values."""
    config = compose(command, [])
    groups = [group for group in GROUPS if group in config or (group, command) == ("study", "sweep")]
    lines = [f"usage: python -m bench {command} [key=value ...]", COMMANDS[command][1]]
    for group in groups:
        lines += ["", f"{group}={GROUPS[group]}"]
        lines += [f"  {name:22} {plugins.summaries.get((group, name), '')}" for name in choices(group)]
    lines += ["", "keys and their values", *(f"  {key}={_value(config, key)}" for key in _flat(config))]
    lines += ["", "--multirun (-m) runs every combination of comma-separated values as a whole run of its own"]
    return "\n".join(lines)


def _value(config: Any, key: str) -> str:
    for part in key.split("."):
        config = config[part]
    return checks.shown(config).replace("'", "")
