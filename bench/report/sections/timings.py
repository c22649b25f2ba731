"""What an estimate costs, and on which machine."""

from collections.abc import Mapping
from typing import Any

from bench.markup.blocks import Block, Cell, Column, Duration, Heading, Paragraph, Table
from bench.markup.numbers import known
from bench.report.sections.phrases import Tables, caption, interval, machine, pairs, slice_title, varying
from bench.tables import slices


def timings(tables: Tables, manifest: Mapping[str, Any]) -> list[Block]:
    """The times in the middle cell of the grid."""
    title = Heading(2, "Time")
    rows = slices.measured(tables["timings"], "estimate_ns")
    if rows.empty:
        return [title, Paragraph("Nothing was timed.")]
    rows, chosen = slices.middle(rows, ["dataset_size", "samples"])
    keys = [*varying(rows), "evaluation", "estimator"]
    lines: list[list[Cell]] = [
        [
            *(row[key] for key in keys),
            interval(row, "estimate_ns", Duration),
            f"{100 * row['draw_ns'] / row['estimate_ns']:.0f} %",
            interval(row, "time_ratio") if known(row["time_ratio"]) else None,
        ]
        for row in rows.to_dict("records")
    ]
    over = caption("Time ratios are over {reference} in the same cell.", tables["ratios"])
    header = [*keys, "time per estimate", "drawing", f"time ratio to {slices.reference(tables['ratios'])}"]
    text = (
        "Medians over interleaved rounds with their intervals, drawing included, amortised over a batch of replicates. "
        f"{over} {slice_title(rows, chosen)} Machine: {_machines(manifest)}."
    )
    return [title, Table([*map(Column, header)], lines), Paragraph(text)]


def _machines(manifest: Mapping[str, Any]) -> str:
    """Where the times were taken: of a run that was resumed elsewhere, all machines that may have."""
    sessions = manifest.get("sessions") or ()
    cpus = [session["cpu"] for session in sessions if "timing" in session["phases"]] or [manifest.get("cpu") or {}]
    threads = dict(manifest.get("threads") or {})
    executor = threads.pop("executor", {})
    told = [f"{key}: {text}" for key, text in (("executor", _executor(executor)), ("threads", pairs(threads))) if text]
    return "; ".join([" and ".join(dict.fromkeys(map(machine, cpus))), *told])


def _executor(chosen: Mapping[str, Any]) -> str:
    """What ran the cells, and with how many workers where that was chosen: threads, 2 workers."""
    workers = chosen.get("workers")
    return f"{chosen.get('name', '')}{f', {workers} workers' if workers else ''}"
