"""The generated parts of the documents, by name: each is Markdown from the reference report or from the studies."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from bench import registry
from bench.config.folder import presets
from bench.config.studies import command_of
from bench.documents import scale
from bench.documents.choice import choice
from bench.drawing import words
from bench.markup import markdown
from bench.markup.blocks import Block, Heading
from bench.markup.numbers import number
from bench.oracle.conclusion import conclusion
from bench.oracle.verdict import Verdict
from bench.registry import Registry
from bench.report import glossary
from bench.report.peers import page, summary
from bench.report.sections.agreement import agreement
from bench.report.sections.phrases import Tables, machine
from bench.report.sections.ratios import ratios
from bench.report.sections.verdict import alarm, verdict
from bench.tables import csv, slices
from bench.tables.contents import TABLES

ASKED = "squared_error"  # the objective of the question, beside other frameworks
ACROSS = 6  # pictures side by side
FENCE = "```"


def parts(reports: Path) -> dict[str, str]:
    """All parts, from the folder of the reports."""
    reference = reports / "reference"
    manifest = json.loads((reference / "manifest.json").read_text())
    plugins = registry.load(kinds=["objective", "estimator", "family", "sampler", "data"])
    with words.context(plugins):
        made = of_run(csv.read(reference), manifest) | of_studies(reports / "studies") | of_words(plugins)
    costs = scale.tables(json.loads((reports.parent / "docs" / "scale.json").read_text()))
    return made | of_peers(csv.read(reports / "peers")["peers"], made["speed"]) | costs


def of_run(tables: Tables, manifest: Mapping[str, Any]) -> dict[str, str]:
    """The parts that are made from one run."""
    return {
        "printed": _printed(manifest),
        "verdict": _body([*alarm(manifest), *verdict(manifest)]),
        "agreement": _body(agreement(tables)),
        "ratios": _body(ratios(tables)),
        "row": _row(tables),
        "speed": _speed(tables, manifest),
        "files": markdown.table(("table", ""), [(f"`{name}.csv`", table.summary) for name, table in TABLES.items()]),
    }


def of_words(plugins: Registry) -> dict[str, str]:
    """The glossary; and the objectives and the estimators of the package, each with its formula."""
    formulas = {f"{kind}s": _formulas(plugins, kind) for kind in ("objective", "estimator")}
    return {"glossary": glossary.table(), **formulas}


def _formulas(plugins: Registry, kind: str) -> str:
    """Each plug-in with its formula and what the first line of its file says."""
    lines = [
        (f"`{name}`", f"$`{plugin.formula}`$", markdown.escape(plugins.summaries[kind, name]))
        for name, plugin in plugins.plugins[kind].items()
    ]
    return markdown.table((kind, {"objective": "f(y)", "estimator": "gradient of one draw"}[kind], ""), lines)


def of_studies(folder: Path) -> dict[str, str]:
    """The parts that are made from what the studies left: small pictures, and how the estimators did."""
    summaries = {name: words for (kind, name), words in sorted(presets().items()) if kind == "study"}
    drawn = [name for name in summaries if (folder / f"{name}.png").is_file()]
    lines = [(f"![{name}](../reports/studies/{name}.png)", f"`{_command(name)}`: {summaries[name]}") for name in drawn]
    cells = [f"[![{name}](reports/studies/{name}.png)](docs/studies.md)<br>{name}" for name in drawn]
    rows = [cells[first : first + ACROSS] for first in range(0, len(cells), ACROSS)]
    rows = [[*row, *[""] * (ACROSS - len(row))] for row in rows]
    return {
        "studies": markdown.table(("", ""), lines),
        "pictures": markdown.table([""] * ACROSS, rows),
        "choice": choice(folder),
    }


def of_peers(frame: pd.DataFrame, speed: str) -> dict[str, str]:
    """The fastest of other frameworks beside this suite; in the row of speed what it takes on one thread."""
    line = next(line for line in summary.lines(frame) if line["threads"] == "1" and line["objective"] == ASKED)
    peer = f"times as long takes {line['fastest peer']}, the fastest of NumPy, PyTorch and JAX, as one cell"
    added = {peer: line["one cell, drawing included"], "as a cell in a grid": line["a cell in the default grid"]}
    header, rule, row = speed.splitlines()
    cells = f"{header} {' | '.join(added)} |", f"{rule} --- | --- |", f"{row} {' | '.join(added.values())} |"
    return {"speed": "\n".join((*cells, "")), "peers": markdown.render([page.table(frame)])}


def _body(section: Sequence[Block]) -> str:
    """A section without its titles: the document has its own."""
    return markdown.render(block for block in section if not isinstance(block, Heading))


def _printed(manifest: Mapping[str, Any]) -> str:
    """The two commands, with the first and the last line that the default sweep prints, which the reference is."""
    judged = Verdict(**{key: value for key, value in manifest["verdict"].items() if key != "claims"})
    lines = (
        "$ make sweep    # sets up .venv once, runs the default sweep, writes reports/default/",
        conclusion(judged).partition("\n")[0],
        "...",
        "report: reports/default/report.md",
        "$ make test     # the same environment; all tests; ends with how many passed",
    )
    return "\n".join((f"{FENCE}console", *lines, FENCE, ""))


def _row(tables: Tables) -> str:
    """The ratio for mu in the middle cell, as it stands in ratios.csv, column by column."""
    rows, _ = slices.middle(slices.measured(tables["ratios"], "variance_ratio"), slices.AXES)
    row = rows.iloc[0]
    low, high = (number(row[f"variance_ratio_{end}"]) for end in ("low", "high"))
    cells = {key: str(row[key]) for key in ("latent", "numerator", "denominator", "parameter")}
    cells |= {key: number(row[key]) for key in ("sigma", "dataset_size", "samples")}
    cells |= {"variance_ratio": f"{number(row['variance_ratio'])} [{low}, {high}]"}
    cells |= {"exact_variance_ratio": number(row["exact_variance_ratio"]), "status": str(row["status"])}
    return markdown.table([*cells], [[*cells.values()]])


def _speed(tables: Tables, manifest: Mapping[str, Any]) -> str:
    """What the reference report took, and one estimate in the middle of its grid."""
    times, chosen = slices.middle(slices.measured(tables["timings"], "estimate_ns"), ["dataset_size", "samples"])
    row = times[times["estimator"] == slices.reference(tables["ratios"])].iloc[0]
    measured = slices.measured(tables["statistics"], "gradient")
    replicates = measured.loc[measured["parameter"] == measured["parameter"].iloc[0], "replicates"].astype(float)
    cells = {
        f"gradient estimates in {len(replicates)} cells": number(replicates.sum()),
        "seconds, timing and oracle included": number(sum(manifest["phases"].values())),
        f"one estimate of {number(chosen['samples'])} draws, {row['estimator']}": f"{number(row['estimate_ns'])} ns",
        "of which drawing": f"{100 * row['draw_ns'] / row['estimate_ns']:.0f} %",
        "machine": machine(manifest["cpu"]),
    }
    return markdown.table([*cells], [[*cells.values()]])


def _command(name: str) -> str:
    return f"python -m bench {command_of(name)} study={name}"
