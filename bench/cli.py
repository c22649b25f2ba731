"""The command table: the only module that knows Hydra and OmegaConf.

`python -m bench COMMAND [overrides]`: a command is a primary config (conf/COMMAND.yaml) and a function. Configs are
composed, never instantiated, so no config can run code; only the files named in `plugins` do.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.registry import Registry

COMMANDS = {
    "sweep": ("bench.sweep", "run a sweep: sample, check against the oracle, time, write tables, figures and report"),
    "report": ("bench.report", "redraw the figures and the report of a run from its tables"),
    "catalogue": ("bench.catalogue", "list every estimator, objective, sampler, dataset, study and figure"),
}
GROUPS = {
    "objective": "[NAME,...]",
    "estimator": "[NAME,...]",
    "sampler": "[NAME,...]",
    "data": "NAME",
    "executor": "NAME",
    "study": "NAME",
}
USAGE = "usage: python -m bench COMMAND [key=value ...]"
PACKAGE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code; what a user can cause is one line on standard error."""
    command, *rest = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if command in ("--help", "-h"):
        print(USAGE, *(f"  {name:10} {what}" for name, (_, what) in COMMANDS.items()), sep="\n")
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
    except KeyboardInterrupt:
        print("interrupted: nothing of this run was written", file=sys.stderr)
        sys.stderr.flush()
        os._exit(130)  # running blocks would hold up an ordinary exit


def config_folder() -> Path:
    """The configs beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / "conf"
    return inside if inside.is_dir() else PACKAGE.parent / "conf"


def _run(command: str, arguments: list[str]) -> int:
    from bench import registry
    from bench.errors import unknown

    options = [one for one in arguments if one.startswith("-")]
    overrides = [one for one in arguments if not one.startswith("-")]
    for option in options:
        if option not in ("-h", "--help", "-m", "--multirun"):
            raise unknown("option", option, ["--help", "--multirun"])
    files = _plugin_files(overrides)
    plugins = registry.load(files)
    store(plugins)
    if {"-h", "--help"} & set(options):
        print(help_text(command, plugins))
        return 0
    run: Callable[..., int] = import_module(COMMANDS[command][0]).run
    if not {"-m", "--multirun"} & set(options):
        return run(compose(command, overrides, files), overrides, plugins)
    codes = []
    for number, one in enumerate(_multirun(overrides)):
        config = compose(command, one, files)
        names = {override for override in one if override.startswith("name=")} - set(overrides)
        codes.append(run(config if names else config | {"name": f"{config['name']}-{number}"}, one, plugins))
    return max(codes)


def _multirun(overrides: Sequence[str]) -> Iterator[list[str]]:
    """The overrides of each run, where a value may be a sweep: seed=0,1 or seed=range(5)."""
    parsed = [_parsed(one) for one in overrides]
    several = [
        [f"{one.get_key_element()}={value}" for value in one.sweep_string_iterator()] if one.is_sweep_override() else [text]
        for one, text in zip(parsed, overrides, strict=True)
    ]
    return map(list, product(*several))


def _parsed(override: str) -> Any:
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    from bench.errors import BadInput

    try:
        return OverridesParser.create().parse_override(override)
    except HydraException as error:
        raise BadInput(f"cannot read {override!r}; allowed: key=value, lists as key=[1,2]") from error


def _plugin_files(overrides: Sequence[str]) -> list[str]:
    """The value of plugins=[...]: it must be read before the configs are composed."""
    from bench.checks import bad

    given = [one for one in overrides if one.partition("=")[0].lstrip("+") == "plugins"]
    if not given:
        return []
    files = _parsed(given[-1]).value()
    if not isinstance(files, list):
        raise bad("plugins", files, "a list of Python files, for instance plugins=[my_estimator.py]")
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
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    from bench.checks import bad

    try:
        with initialize_config_dir(str(config_folder().resolve()), version_base="1.3"):
            plain = OmegaConf.to_container(hydra_compose(command, list(overrides)), resolve=True, throw_on_missing=True)
    except (HydraException, OmegaConfBaseException, YAMLError, ValueError) as error:
        raise _explained(error, command, overrides) from error
    config = {str(key): value for key, value in dict(plain).items()}  # type: ignore[arg-type]
    if list(config["plugins"]) != list(files):
        raise bad("plugins", config["plugins"], "files named on the command line, for no config may run code")
    return config


def _explained(error: Exception, command: str, overrides: Sequence[str]) -> Exception:
    """Hydra's many-line messages in the one line that this project promises."""
    from bench.errors import BadInput, unknown

    text = str(error)
    if found := re.search(r"Could not (?:override|append to config)[^']*'([^']+)'", text):
        choices_only = [one for one in overrides if one.partition("=")[0] in GROUPS]
        known = _flat(compose(command, choices_only)) if choices_only != list(overrides) else []
        prefix = found[1].rpartition(".")[0]
        return unknown("key", found[1], [key for key in known if key.rpartition(".")[0] == prefix] or known)
    if found := re.search(r"Could not find '(\w+)/([^']*)'", text):
        return unknown(found[1], found[2], choices(found[1]))
    return BadInput(f"{text.partition('Config search path')[0]}; allowed: key=value, lists as key=[1,2]")


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


def study_summary(name: str) -> str:
    """The first comment of a study's file, after the package line."""
    lines = (config_folder() / "study" / f"{name}.yaml").read_text().splitlines()
    return next((line.lstrip("# ") for line in lines if line.startswith("#") and "@package" not in line), "")


def help_text(command: str, plugins: "Registry") -> str:
    """The groups of a command with their choices, and its keys with their values."""
    config = compose(command, [])
    groups = [group for group in GROUPS if group in config or command == "sweep"]
    lines = [f"usage: python -m bench {command} [key=value ...]", COMMANDS[command][1]]
    for group in groups:
        lines += ["", f"{group}={GROUPS[group]}"]
        for name in choices(group):
            lines.append(f"  {name:22} {plugins.summaries.get((group, name)) or study_summary(name)}")
    lines += ["", "keys and their values"]
    lines += [f"  {key}={_value(config, key)}" for key in _flat(config)]
    lines += ["", "--multirun (-m) runs every combination of comma-separated values as a whole run of its own"]
    return "\n".join(lines)


def _value(config: Any, key: str) -> str:
    for part in key.split("."):
        config = config[part]
    return str(config).replace(" ", "").replace("'", "").replace("None", "null")
