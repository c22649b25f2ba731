"""`python -m bench compare`: from two results to a table, a page, a file and an exit code that gates a change.

0 nothing changed, nothing regressed; 4 statistics changed, or a time regressed; 5 nothing was comparable, or the runs
are of different data; 3 a run failed its verdict; 2 bad input.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.compare import sources
from bench.compare.page import to_markdown
from bench.compare.record import to_json
from bench.compare.sources import Result
from bench.compare.text import to_text
from bench.compare.verdict import judge
from bench.config.checks import axis, bad, flag, positive, text
from bench.errors import BadInput
from bench.registry import Registry
from bench.tables.files import write
from bench.tables.run import require_agreement

CONFIG_KEYS = ("base", "head", "threshold", "same_machine", "force", "markdown", "json", "plugins")


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Compare, write what was asked for, print the verdict, worst row first."""
    config = dict.fromkeys(CONFIG_KEYS) | dict(config)  # a key that was deleted is checked as null
    bases, heads = (_results(key, config[key]) for key in ("base", "head"))
    if len(bases) != len(heads):
        raise BadInput(f"base has {len(bases)} results, head {len(heads)}; allowed: as many, measured in turn")
    if len(kinds := sorted({result.kind for result in (*bases, *heads)})) > 1:
        raise BadInput(f"base and head are of different kinds: {' and '.join(kinds)}; allowed: one kind")
    for result in (*bases, *heads):
        require_agreement(result.name, result.manifest, config["force"])
    threshold = positive("threshold", config["threshold"])
    one_machine = "same_machine=true says so" if flag("same_machine", config["same_machine"]) else ""
    base, head = ([Path(name).resolve() for name in _names(key, config[key])] for key in ("base", "head"))
    if base == head:
        one_machine = one_machine or "both sides are the same files"
    inputs = {*base, *head}
    files = {key: _file(key, config[key], inputs) for key in ("markdown", "json") if config[key] is not None}
    if len({path.resolve() for path in files.values()}) < len(files):
        raise bad("json", config["json"], "another file than that of markdown")
    verdict = judge(bases, heads, threshold, one_machine)
    for key, path in files.items():
        try:
            write(path, to_markdown(verdict) if key == "markdown" else to_json(verdict))
        except OSError as error:
            raise BadInput(f"{key}: cannot write {str(path)!r}: {error.strerror}") from error
    print(to_text(verdict))
    return verdict.code


def _results(key: str, value: Any) -> list[Result]:
    """One result, or the rounds of an interleaved comparison."""
    if value is None:
        raise BadInput(f"{key} is not given; compare needs it: {key}=FOLDER or {key}=FILE.json, or a list of them")
    return [sources.read(key, Path(name)) for name in _names(key, value)]


def _names(key: str, value: Any) -> tuple[str, ...]:
    return axis(key, value, text) if isinstance(value, list) else (text(key, value),)


def _file(key: str, value: Any, inputs: Collection[Path]) -> Path:
    """The path of a file to write; BadInput where it is compared itself, or cannot be made."""
    path = Path(text(key, value))
    if any(path.resolve().is_relative_to(result) for result in inputs):
        raise bad(key, value, "a file that is no part of what is compared")
    if path.is_dir() or not path.parent.is_dir():
        raise bad(key, value, "a file in a folder that exists")
    return path
