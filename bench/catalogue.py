"""The catalogue: every plug-in and study with its one-line description."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.registry import FOLDERS, Registry


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Print what there is, kind by kind."""
    from bench.cli import choices, study_summary

    listed = {kind: {name: registry.summaries[kind, name] for name in registry.plugins[kind]} for kind in FOLDERS}
    listed["study"] = {name: study_summary(name) for name in choices("study")}
    for kind, entries in listed.items():
        print(f"{kind}")
        for name in sorted(entries):
            print(f"  {name:26} {entries[name]}")
    return 0
