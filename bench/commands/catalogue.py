"""The catalogue: every plug-in and study with its one-line description, and which estimator works with which family."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from bench.plan.matrix import matrix
from bench.registry import Registry


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Print what there is, kind by kind, and then what works together."""
    for kind, names in groupby(sorted(registry.summaries), key=lambda key: key[0]):
        print(kind)
        for key in names:
            print(f"  {key[1]:28} {registry.summaries[key]}")
    print("matrix")
    for estimator, family, words in matrix(registry):
        print(f"  {estimator:32} {family:10} {words}")
    return 0
