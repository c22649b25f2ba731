"""A manifest, figures and the tables of a report that nobody measured."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Canvas

from bench import registry, spec
from bench.report import settings, write
from bench.report.sections.phrases import Tables
from bench.tables import files
from bench.tables.schema import SCHEMA

MANIFEST = {
    "schema": SCHEMA,
    "name": "x",
    "command": "python -m bench sweep name=x",
    "seed": 7,
    "commit": "abc",
    "dirty": True,
    "versions": {"python": "3.11.7", "numpy": "2.2.0"},
    "cpu": {"model": "A CPU", "cores": 4, "affinity": [0, 1]},
    "threads": {"executor": {"name": "threads", "workers": None}},
    "data": {"name": "normal", "n": 10, "mean": 0.5, "variance": 4.0, "unit": "ns", "sha256": "f00"},
    "phases": {"sampling": 1.234567},
    "verdict": {
        "ok": True,
        "checks": 12,
        "gradients": 4,
        "variances": 4,
        "bound": 5.5,
        "level": 1e-6,
        "coverage": 0.95,
        "worst_gradient_z": 2.1,
        "worst_variance_z": 3.2,
        "failures": [],
    },
}
FAILED = MANIFEST | {"verdict": {"ok": False, "failures": ["row one: z = 9", "row two", "row three", "row four"]}}


def dot(selection):
    canvas = Canvas(figsize=(1, 1))
    canvas.subplots().plot([1 + selection.hidden], marker="o")
    return canvas


def catalogue(**draws):
    """Figures without rows of their own, by what draws them; None: the tables hold nothing for it."""
    plugins = registry.Registry()
    for name, draw in draws.items():
        select = _nothing if draw is None else _no_rows
        plugins.add(spec.Figure(name, f"Title of {name}", f"Caption of {name}", select, draw or dot), "", name)
    return plugins


def _no_rows(tables):
    return spec.Slice(tables["ratios"].iloc[:0])


def _nothing(tables):
    return None


def written(
    folder: Path,
    tables: Tables,
    manifest: Mapping[str, Any],
    plugins: registry.Registry,
    drawing: settings.Drawing | None = None,
) -> list[Path]:
    """The files of a report that was written to a folder, report.md last: of new tables or, as asked, redrawn."""
    report = (
        write.new_report(folder, tables, manifest, plugins)
        if drawing is None
        else write.redrawn_report(folder, tables, manifest, plugins, drawing)
    )
    files.update(folder, report.files, report.stale)
    return [folder / name for name in report.files]
