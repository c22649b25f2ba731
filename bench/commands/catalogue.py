"""The catalogue: every plug-in and study with its one-line description."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from bench.registry import Registry


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Print what there is, kind by kind."""
    for kind, names in groupby(sorted(registry.summaries), key=lambda key: key[0]):
        print(kind)
        for key in names:
            print(f"  {key[1]:28} {registry.summaries[key]}")
    return 0
