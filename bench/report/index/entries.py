"""A run as the index lists it: picture, question, verdict, ranking, machine and day, from its folder alone."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.drawing import words
from bench.errors import BadInput
from bench.markup.numbers import spoken
from bench.registry import Registry
from bench.report.page.build import LEADS
from bench.report.ranking import Standing, left_of_gap, standings
from bench.report.sections import wording
from bench.report.sections.phrases import Tables, machine
from bench.report.sections.purpose import purpose
from bench.tables import csv
from bench.tables.contents import kind_of
from bench.tables.manifest import kind_told
from bench.tables.run import disagreement

MANIFEST = "manifest.json"
THEN = ("vae_elbo", "variance_samples")  # pictures of runs that have none of the pages' LEADS
FOR_FIT = "For fit. "  # how the lines about studies begin that are no sweeps
FRAMES = {"sweep": "statistics", "fit": "curves"}  # the table that tells what a run of a kind asks
MOST = 6  # estimators in a ranking
Summaries = Mapping[tuple[str, str], str]  # of plug-ins and studies, by kind and name


@dataclass(frozen=True, slots=True)
class Entry:
    """A run, or a study that left none; its addresses are relative to the folder of the index."""

    name: str
    question: str
    verdict: str
    ok: bool | None  # None where nothing was compared
    kind: str = ""
    ranked: str = ""  # what the ranking is by
    ranking: Sequence[str] = ()
    machine: str = ""
    began: str = ""  # the day and the time of its last session
    report: str = ""
    picture: str = ""


def entries(folder: Path, summaries: Summaries) -> list[Entry]:
    """The runs in a folder, the latest first."""
    folders = [path.parent for path in sorted(folder.glob(f"*/{MANIFEST}"))]
    runs = [_entry(run, summaries) for run in folders if kind_of(run) in FRAMES]  # peers is a comparison, and no run
    return sorted(runs, key=lambda entry: entry.began, reverse=True)


def _entry(folder: Path, summaries: Summaries) -> Entry:
    """A run; of one whose tables cannot be read, why."""
    name = folder.name
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        kind, tables = kind_told(manifest), csv.read(folder)
        with words.context(Registry(), manifest):
            ranked, lines = _ranking(kind, tables)
            question = _study(manifest, summaries) or purpose(tables[FRAMES[kind]], manifest)
        verdict, ok = _verdict(name, manifest)
    except (BadInput, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Entry(name, "", f"cannot be read: {error}", False)
    return Entry(
        name,
        question,
        verdict,
        ok,
        kind,
        ranked,
        lines,
        machine(manifest["cpu"]),
        max((session["start"] for session in manifest.get("sessions") or ()), default=""),
        f"{name}/index.html" if (folder / "index.html").is_file() else "",
        f"{name}/figures/{drawn.name}" if (drawn := picture(folder)) else "",
    )


def _study(manifest: Mapping[str, Any], summaries: Summaries) -> str:
    """What the study that a run is of asks; empty for a run of none."""
    overrides = dict(word.partition("=")[::2] for word in shlex.split(manifest["command"]))
    told = (manifest["config"].get("published") or {}).get("question")
    return told or summaries.get(("study", overrides.get("study", "")), "").removeprefix(FOR_FIT)


def _verdict(name: str, manifest: Mapping[str, Any]) -> tuple[str, bool | None]:
    """The verdict in a line, and whether it failed nothing; None where there was nothing to fail."""
    if failed := disagreement(name, manifest):
        return f"FAILED: {failed}", False
    if checks := manifest["verdict"].get("checks"):
        return f"ok: {checks:,} checks against exact values", True
    return "nothing was compared with an oracle", None


def _ranking(kind: str, tables: Tables) -> tuple[str, list[str]]:
    """What the estimators of a run are ranked by, and a line for each."""
    if kind == "sweep":
        by = "In how many comparisons an estimator may have the least error times work"
        lines = [_line(standing) for standing in standings(tables)]
    else:
        by = "Share of the gap that is left, in the median"
        lines = [f"{wording.name(name)}: {spoken(100 * share)} %" for name, share in left_of_gap(tables)]
    more = [f"and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return (by if lines else ""), [*lines[:MOST], *more]


def _line(standing: Standing) -> str:
    """An estimator with its counts by each kind of work."""
    counts = [f"{standing.best[work]} of {cells} at equal {work}" for work, cells in standing.cells.items()]
    return f"{wording.name(standing.estimator)}{' (biased)' if standing.biased else ''}: {', '.join(counts)}"


def picture(folder: Path) -> Path | None:
    """The PNG of the figure of a run that says the most; None where there is none."""
    drawn = {path.stem: path for path in sorted((folder / "figures").glob("*.png"))}
    first = (*(name for names in LEADS.values() for name in names), *THEN)
    return next((drawn[name] for name in (*first, *drawn) if name in drawn), None)
