"""The sweep: plan, sample, judge, time, write; the report last."""

import contextlib
import json
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench import provenance
from bench.clock.rows import rows as timing_rows
from bench.config import settings
from bench.engine import sampling
from bench.engine.journal import Journal, no_room
from bench.engine.laps import Context
from bench.errors import BadInput, NothingMeasured
from bench.markup import markdown
from bench.oracle import forecast, measured, rows, verdict
from bench.plan import cells
from bench.progress import Progress
from bench.registry import Registry
from bench.report import write
from bench.report.sections.ratios import ratio_table
from bench.tables import csv, efficiency, files
from bench.tables.manifest import written


@np.errstate(over="ignore", divide="ignore", invalid="ignore")  # a row that is not finite says so in its status
def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Do what a resolved config asks; tables, figures and report land in output/name. Gives the exit code."""
    asked = settings.check(config, registry)
    work = cells.build(asked, registry)
    if asked.dry_run:
        print(forecast.describe(work, asked))
        return 0
    folder = _folder(Path(asked.output) / asked.name)
    try:
        with Journal(folder, asked.resume) as journal:
            files.remove_unfinished(folder)
            return _sweep(config, overrides, registry, asked, work, folder, journal)
    except (OSError, sqlite3.OperationalError) as error:
        if not no_room(error):
            raise
        raise BadInput(f"output: no room left for {str(folder)!r}; free some and run again: it resumes") from error


def _sweep(
    config: Mapping[str, Any],
    overrides: Sequence[str],
    registry: Registry,
    asked: settings.Settings,
    work: cells.Plan,
    folder: Path,
    journal: Journal,
) -> int:
    phases: dict[str, float] = {}
    executor = registry.get("executor", asked.executor["name"])
    parameters = {key: value for key, value in asked.executor.items() if key != "name"}
    fingerprint = provenance.fingerprint(registry)
    execute, samples = partial(executor.map, **parameters), []
    with _phase(phases, "sampling"):
        for number, stream in enumerate(work.streams, 1):
            with Progress(f"sampling stream {number} of {len(work.streams)}", "draws") as progress:
                means = Context(asked.seed, execute, journal, fingerprint, progress.advance)
                samples.append(sampling.run(stream, work, asked.precision, asked.budget, means))
    with _phase(phases, "oracle"):
        found = {job: one for sample in samples for job, one in measured.measured(sample, work, asked.precision)}
        judged = verdict.judge(work, found)
    with _phase(phases, "timing"), Progress("timing", "cells") as progress:
        timings = list(timing_rows(work, registry, asked.rounds, journal, fingerprint, progress.advance))
    with _phase(phases, "writing"):
        ratios = list(rows.ratio_rows(work, found))
        tables = {
            "statistics": list(rows.statistics_rows(work, found)),
            "ratios": ratios,
            "timings": timings,
            "efficiency": list(efficiency.efficiency_rows(ratios, timings)),
        }
        texts = {f"{name}.csv": csv.to_csv(name, content) for name, content in tables.items()}
    unit, summary = registry.get("data", work.data_name).unit, registry.summaries["data", work.data_name]
    record = provenance.collect(asked.name, config, overrides, work, asdict(judged), phases, unit, summary)
    record |= written(tables)
    texts["manifest.json"] = json.dumps(record, indent=2) + "\n"
    with tempfile.TemporaryDirectory(dir=folder, prefix=files.UNFINISHED) as fresh:
        for name, content in texts.items():
            files.write(Path(fresh, name), content)
        frames = csv.read(Path(fresh))
        try:
            report = write.new_report(folder, frames, record, registry)
            files.update(folder, {**texts, **report.files}, report.stale)
        except Exception as error:
            if not no_room(error):
                files.write_all({folder / name: text for name, text in texts.items()})  # a figure must not cost them
            raise
    journal.prune()
    print(conclusion(judged))
    print(tally(tables["statistics"]))
    print(markdown.render(ratio_table(frames)))
    print(f"report: {folder / 'report.md'}")
    return 3 if not judged.ok else 0 if judged.checks else NothingMeasured.exit_code


def conclusion(judged: verdict.Verdict, most: int = 10) -> str:
    """The verdict in words, the failing rows with it."""
    if not judged.checks:
        return "VERDICT none: no row holds a finite number that could be checked"
    if judged.ok:
        holes = f"; {judged.unchecked} gradients are not finite, not checked" if judged.unchecked else ""
        return (
            f"VERDICT ok: {judged.checks} checks against the oracle; worst |z| "
            f"{max(judged.worst_gradient_z, judged.worst_variance_z):.2f}, allowed {judged.bound:.2f}{holes}"
        )
    lines = [f"VERDICT FAILED: the oracle disagrees with {len(judged.failures)} of {judged.checks} checks"]
    lines += [f"  {failure}" for failure in judged.failures[:most]]
    hidden = len(judged.failures) - most
    return "\n".join(lines + ([f"  ... and {hidden} more, all in manifest.json"] if hidden > 0 else []))


def tally(statistics: Iterable[Mapping[str, Any]]) -> str:
    """How many rows have which status."""
    counts = Counter(row["status"] for row in statistics)
    return f"rows: {', '.join(f'{count} {status}' for status, count in counts.most_common())}"


@contextlib.contextmanager
def _phase(phases: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    phases[name] = round(time.perf_counter() - start, 3)


def _folder(folder: Path) -> Path:
    """The folder of the run, made and proved writable before any work is done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files.write(folder / ".writable", "")
        (folder / ".writable").unlink()
    except OSError as error:
        raise BadInput(f"output: cannot write to {str(folder)!r}: {error.strerror}; give a writable folder") from error
    return folder
