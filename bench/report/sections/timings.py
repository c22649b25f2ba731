"""What an estimate costs, and on which machine."""

from collections.abc import Mapping
from typing import Any

from bench.markup import numbers
from bench.markup.markdown import escape, table
from bench.report.sections.phrases import Tables, interval, pairs, shown, varying
from bench.tables import slices


def timings(tables: Tables, manifest: Mapping[str, Any]) -> str:
    """The times in the middle cell of the grid."""
    title = "## Time\n\n"
    rows = slices.measured(tables["timings"], "estimate_ns")
    if rows.empty:
        return title + "Nothing was timed.\n"
    rows, chosen = slices.middle(rows, ["dataset_size", "samples"])
    keys = [*varying(rows), "evaluation", "estimator"]
    lines = [
        [
            *(escape(row[key]) for key in keys),
            interval(row, "estimate_ns", numbers.duration),
            f"{100 * row['draw_ns'] / row['estimate_ns']:.0f} %",
            interval(row, "time_ratio"),
        ]
        for row in rows.to_dict("records")
    ]
    return (
        title
        + table([*keys, "time per estimate", "drawing", "time ratio to pathwise"], lines)
        + "\nMedians over interleaved rounds with their intervals, drawing included, amortised over a batch of "
        f"replicates. {shown(rows, chosen)} Machine: {_machine(manifest)}.\n"
    )


def _machine(manifest: Mapping[str, Any]) -> str:
    cpu = manifest.get("cpu") or {}
    model, cores, affinity = cpu.get("model", "unknown"), cpu.get("cores", "unknown"), cpu.get("affinity")
    allowed = f" ({len(affinity)} allowed)" if affinity else ""
    threads = f"; threads: {pairs(manifest['threads'])}" if manifest.get("threads") else ""
    return escape(f"{model}, {cores} cores{allowed}{threads}")
