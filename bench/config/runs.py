"""The runs that a command line asks for: one, or with --multirun one for each combination of the values in commas."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from bench.config.checks import bad, written
from bench.config.compose import compose
from bench.config.overrides import by_key
from bench.config.settings import check
from bench.errors import BadInput
from bench.registry import Registry

MOST_RUNS = 1_000
MOST_LETTERS = 40  # of a value in the name of a folder
NO_LETTERS = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its config, and the words that ask for it alone."""

    config: dict[str, Any]
    words: Sequence[str]


def single(command: str, words: Sequence[str]) -> Run:
    """The run of a command line without --multirun."""
    return Run(compose(command, words), words)


def several(command: str, words: Sequence[str], registry: Registry) -> list[Run]:
    """The runs of a command line with --multirun: none of them starts where one of them cannot."""
    if command != "sweep":
        raise BadInput(f"--multirun is not allowed with {command}; allowed: sweep --multirun")
    runs = [_named(compose(command, alone), alone, swept) for alone, swept in _combinations(command, words)]
    for name, count in Counter(str(run.config["name"]) for run in runs).items():
        if count > 1:
            raise bad("name", name, "one run under each name; --multirun takes each value once")
    for run in runs:
        if check(run.config, registry).dry_run:
            raise bad("dry_run", True, "false with --multirun; dry_run=true shows the plan of one run")
    return runs


def _combinations(command: str, words: Sequence[str]) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """The words of each run, and what it has of the keys in which the runs differ."""
    overrides = by_key(command, words)
    if (count := prod(len(override.values) for override in overrides.values())) > MOST_RUNS:
        raise BadInput(f"--multirun makes {count} runs of these values; allowed: up to {MOST_RUNS}")
    swept = [key for key, override in overrides.items() if override.sweeps]
    for values in product(*(override.values for override in overrides.values())):
        chosen = dict(zip(overrides, values, strict=True))
        alone = [override.word(chosen[key]) for key, override in overrides.items()]
        yield alone, {key: chosen[key] for key in swept}


def _named(config: dict[str, Any], words: Sequence[str], swept: Mapping[str, Any]) -> Run:
    """A run under its name and what it has of the keys in which the runs differ: default-seed=0."""
    tail = "".join(f"-{key}={_letters(value)}" for key, value in swept.items() if key != "name")
    name = f"{config['name']}{tail}"
    return Run(config | {"name": name}, [*(word for word in words if not word.startswith("name=")), f"name={name}"])


def _letters(value: Any) -> str:
    """A value in letters for the name of a folder; where it has others, or is long, its hash stands for them."""
    text = written(value).strip("[]'").replace(",", "+")
    letters = NO_LETTERS.sub("_", text)[:MOST_LETTERS]
    return letters if letters == text else f"{letters}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
