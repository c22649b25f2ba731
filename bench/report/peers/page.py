"""The page about other frameworks: the fastest peer by objective, every time, dgemm, what was skipped."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bench import __version__
from bench.drawing import style
from bench.drawing.render import render
from bench.markup import markdown
from bench.markup.blocks import Block, Bullets, Cell, Column, Duration, Heading, Link, Number, Paragraph, Strong, Table
from bench.markup.blocks import Figure as Picture
from bench.markup.numbers import known, number
from bench.report.peers import figure, summary
from bench.report.sections.phrases import interval, machine, pairs

NAME = "time_frameworks"
MOST_LOAD = 0.5  # of all cores: more is no idle machine
FORMATS = ("png", "svg", "pdf")
WORK = (
    "One gradient estimate is K draws, both parameters of every component, the closed form of a target's entropy "
    "included, in float64; of the data all read n, their mean and variance. Before anything is timed, estimates of "
    "every peer from its own noise must have the oracle's mean and variance. A peer works in the faster of two "
    "batches and keeps its memory; rounds go over all of a problem in turn, and a ratio is that of one round: "
    "medians with their intervals. The grid is the default sweep's of sigma, dataset size and samples, with both "
    "estimators: its draws serve all cells, f is looked at once for all K, and a cell has its share of the time."
)


def written(frame: pd.DataFrame, manifest: Mapping[str, Any]) -> dict[str, str | bytes]:
    """The files of the report, by their paths in the folder."""
    drawn: dict[str, bytes] = {}
    if len(summary.timed(frame)):
        with style.context():
            drawn = render(figure.draw(frame), FORMATS, f"mcgrad-bench {__version__}")
    blocks = page(frame, manifest, list(drawn))
    return {"report.md": markdown.render(blocks), **{f"figures/{NAME}.{form}": drawn[form] for form in drawn}}


def conclusion(frame: pd.DataFrame) -> str:
    """What is found, in a line for each setting of the threads and objective."""
    said = [
        f"threads={line['threads']} {line['objective']}: {line['fastest peer']} takes "
        f"{line['one cell, drawing included']} times as long as this suite's one cell, "
        f"{line['a cell in the default grid']} times as long as its cell in a grid"
        for line in summary.lines(frame)
    ]
    skipped = dict.fromkeys(f"skipped: {reason}" for reason in frame.loc[frame["status"] == "skipped", "reason"])
    return "\n".join([*(said or ["no peer is installed: nothing is compared"]), *skipped])


def page(frame: pd.DataFrame, manifest: Mapping[str, Any], drawn: list[str]) -> list[Block]:
    """The blocks of report.md."""
    return [
        Heading(1, "Gradient estimates in NumPy, PyTorch and JAX"),
        Bullets(conclusion(frame).splitlines()),
        *_beside(frame),
        *_pictures(drawn),
        Paragraph(WORK),
        *_times(frame),
        *_products(frame, manifest),
        *_skipped(frame),
        Heading(2, "How it was made"),
        *_busy(manifest),
        Paragraph(
            f"{machine(manifest['cpu'])}; {_cores(manifest)}; "
            f"{pairs(manifest['versions'] | manifest['frameworks'])}; {manifest['command']}"
        ),
    ]


def _pictures(drawn: list[str]) -> list[Block]:
    """The figure, where there is something to draw."""
    images = [f"figures/{NAME}.{form}" for form in drawn]
    links = [Link(form.upper(), image) for form, image in zip(drawn, images, strict=True)]
    return [Picture(NAME, "Time against K", figure.CAPTION, images, links)] if drawn else []


def table(frame: pd.DataFrame) -> Table:
    """The fastest peer by setting of the threads and objective."""
    lines = summary.lines(frame)
    return Table([Column(key) for key in (lines[0] if lines else ())], [[*line.values()] for line in lines])


def _beside(frame: pd.DataFrame) -> list[Block]:
    """The fastest peer, and what was asked."""
    lines: list[list[Cell]] = [
        [objective, what, smallest, enough] for objective, what, smallest, enough in summary.met(frame)
    ]
    header = [*map(Column, ("objective", "asked, beside the fastest peer on one thread", "smallest ratio", "met"))]
    judged: list[Block] = [Paragraph("What was asked, and what is:"), Table(header, lines)] if lines else []
    return [
        Heading(2, "The fastest peer"),
        Paragraph("Its time over that of this suite, the smallest and the largest over estimators and samples."),
        table(frame),
        *judged,
    ]


def _times(frame: pd.DataFrame) -> list[Block]:
    """Every time, a table for each setting of the threads and objective."""
    blocks: list[Block] = [Heading(2, "All times")]
    keys = ["estimator", "samples", "framework", "variant", "batch"]
    header = [
        *keys,
        "time per estimate",
        "drawing",
        "gradients",
        "compilation",
        "over one cell",
        "over a cell in a grid",
    ]
    for (threads, objective), rows in summary.timed(frame).groupby(["threads", "objective"], sort=False):
        lines: list[list[Cell]] = [
            [
                row["estimator"],
                f"{row['samples']:.0f}",
                row["framework"],
                row["variant"],
                f"{row['batch']:.0f}" if known(row["batch"]) else None,
                interval(row, "estimate_ns", Duration),
                Duration(row["draw_ns"]),
                Duration(row["compute_ns"]),
                Duration(1e9 * row["compile_s"]),
                interval(row, "ratio"),
                interval(row, "grid_ratio"),
            ]
            for row in rows.to_dict("records")
        ]
        blocks += [Heading(3, f"{objective}, threads: {threads}"), Table([*map(Column, header)], lines)]
    return blocks


def _products(frame: pd.DataFrame, manifest: Mapping[str, Any]) -> list[Block]:
    """How far from the machine's own matrix product a logistic regression is."""
    rows = summary.timed(frame)
    rows = rows[rows["gflops"].notna()]
    blocks: list[Block] = []
    for threads, of_threads in rows.groupby("threads", sort=False):
        rates = manifest["dgemm_gflops"][threads]
        best = of_threads.loc[of_threads.groupby(["estimator", "framework"], sort=False)["gflops"].idxmax()]
        lines: list[list[Cell]] = [
            [row["estimator"], row["framework"], row["variant"], number(row["samples"]), Number(row["gflops"])]
            + [f"{100 * row['gflops'] / rate:.0f} %" for rate in rates.values()]
            for row in best.to_dict("records")
        ]
        header = ["estimator", "framework", "variant", "samples", "GFLOP/s", *(f"of dgemm {shape}" for shape in rates)]
        blocks += [
            Paragraph(f"threads: {threads}; dgemm, GFLOP/s: {pairs(rates)}."),
            Table([*map(Column, header)], lines),
        ]
    told = (
        "A logistic regression is a matrix product with all data, two for the slope, and an exponential for each datum "
        "and draw. The products alone over the time without drawing, at the best K of each, beside NumPy's own dgemm:"
    )
    return [Heading(2, "Beside the machine's matrix product"), Paragraph(told), *blocks] if blocks else []


def _busy(manifest: Mapping[str, Any]) -> list[Block]:
    """A warning where others were at work on the machine, for a time beside them is not that of the work alone."""
    load, cores = manifest["load_average"], manifest["cpu"]["cores"]
    told = f"The load average was {number(load)} on {cores} cores before anything was timed: others were at work."
    return [Paragraph((Strong("Not on an idle machine."), f" {told}"))] if load > MOST_LOAD * cores else []


def _cores(manifest: Mapping[str, Any]) -> str:
    """How many cores each setting of the threads had: threads=all on 2."""
    return ", ".join(f"threads={threads} on {cores}" for threads, cores in manifest["workers"].items())


def _skipped(frame: pd.DataFrame) -> list[Block]:
    """What was skipped, and how to install it."""
    rows = frame[frame["status"] == "skipped"]
    said = dict.fromkeys(f"{row.framework} {row.variant}: {row.reason}" for row in rows.itertuples())
    return [Heading(2, "Skipped"), Bullets([*said])] if said else []
