"""`python -m bench report`: redraw the figures and the report of a run from its tables alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench import outlet
from bench.errors import BadInput
from bench.registry import Registry
from bench.report import settings, write
from bench.report.sections.origin import origin
from bench.report.sections.verdict import alarm, verdict
from bench.tables import csv, files, integrity
from bench.tables.run import finished_run, require_agreement


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Redraw the report of output/name from its tables alone."""
    drawing = settings.check(config, registry)
    folder = finished_run(config["output"], config["name"])
    _, manifest = integrity.check(folder)
    try:
        _ = alarm(manifest), verdict(manifest), origin(manifest)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"cannot read {folder / 'manifest.json'}: {error!r}; run the sweep again") from error
    require_agreement(folder.name, manifest, config.get("force"))
    try:
        with outlet.closed():
            report = write.redrawn_report(folder, csv.read(folder), manifest, registry, drawing)
        files.update(folder, report.files, report.stale)
    except OSError as error:
        raise BadInput(f"output: cannot write to {str(folder)!r}: {error.strerror}; give a writable folder") from error
    print(f"report: {folder / 'report.md'}")
    return 0
