"""`python -m bench report`: redraw the figures and the report of a run from its tables alone."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import outlet
from bench.errors import BadInput
from bench.registry import Registry
from bench.report import settings, write
from bench.report.sections.fit_verdict import fit_verdict
from bench.report.sections.origin import origin
from bench.report.sections.verdict import alarm, verdict
from bench.report.settings import Drawing
from bench.tables import csv, files, integrity, lock
from bench.tables.manifest import kind_told
from bench.tables.run import finished_run, require_agreement


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Redraw the report of output/name from its tables alone."""
    drawing = settings.check(config, registry)
    folder = finished_run(config["output"], config["name"])
    try:
        with lock.held(folder):
            staying = _redraw(folder, registry, drawing, config.get("force"))
    except OSError as error:
        raise BadInput(f"output: cannot write to {str(folder)!r}: {error.strerror}; give a writable folder") from error
    print(f"report: {folder / 'report.md'}")
    if staying:
        print(f"kept as they were, of the same tables: {', '.join(staying)}")
    return 0


def _redraw(folder: Path, registry: Registry, drawing: Drawing, force: Any) -> Sequence[str]:
    """Redraw what is asked for; gives the paths of the files of figures that stay. The folder must be locked."""
    _, manifest = integrity.check(folder)
    try:
        said = fit_verdict if (kind := kind_told(manifest)) == "fit" else verdict
        _ = alarm(manifest), said(manifest), origin(manifest)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"cannot read {folder / 'manifest.json'}: {error!r}; run the {kind} again") from error
    require_agreement(folder.name, manifest, force)
    with outlet.closed():
        report = write.redrawn_report(folder, csv.read(folder), manifest, registry, drawing)
    files.update(folder, report.files, report.stale)
    return report.staying
