"""The tables of a run in the types that their columns have: text, numbers, and whole numbers of which some are missing.

Text that is missing is empty text, which groups and compares like any other.
"""

from collections.abc import Mapping
from typing import Any

from bench.tables.contents import TABLES

TYPES = {str: "str", float: "float64", int: "Int64"}  # Int64 holds missing values, int64 none


def typed(frames: Mapping[str, Any]) -> dict[str, Any]:
    """The frames of `bench.tables.csv.read` without the column `schema`, all others in their types."""
    kinds = {name: {**TABLES[name].keys, **TABLES[name].measured} for name in frames}
    return {
        name: frame.drop(columns="schema").astype({column: TYPES[kind] for column, kind in kinds[name].items()})
        for name, frame in frames.items()
    }
