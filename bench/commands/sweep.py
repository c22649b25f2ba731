"""The sweep: plan, sample, judge, time, write; the report last."""

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import probe, provenance
from bench.clock.rows import rows as timing_rows
from bench.commands import along
from bench.commands.writing import executing, journal_in, parts_of, record, told, writable
from bench.config import finer
from bench.config.settings import Settings, check
from bench.engine import stages
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.errors import ExitCode
from bench.laws.claims import examined
from bench.markup import markdown
from bench.oracle import draws, fine, forecast, gradients, lines, rows
from bench.oracle.conclusion import conclusion
from bench.oracle.measured import Measured, measured
from bench.oracle.verdict import Verdict, judge, marked
from bench.plan import cells
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.progress import Progress, phase, say
from bench.registry import Registry
from bench.report.sections.ratios import ratio_table
from bench.spec import Theta
from bench.statistics.moments import quiet
from bench.tables import efficiency
from bench.tables.schema import Row


@dataclass(frozen=True, slots=True)
class Measurements:
    """The rows of a sweep's tables, and what the oracle says of them."""

    tables: Mapping[str, Sequence[Row]]
    verdict: Verdict


@quiet
def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Do what a resolved config asks; tables, figures and report land in output/name."""
    return told(lambda: _run(config, overrides, registry))


def _run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> tuple[str, ExitCode]:
    """What is said of the run, and its exit code."""
    settings = check(config, registry)
    with phase("plan"):
        finer.require(settings)
        thetas = along.thetas(settings, overrides)
        plan = cells.build(settings, registry, thetas)
    with phase("trial of plug-ins"):
        probe.require(plan, registry, settings.executor)
        claims = examined(plan, registry)
    if settings.dry_run:
        with phase("forecast"):
            return forecast.describe(plan, settings), ExitCode.DONE
    with phase("exact gradients"):
        plan = gradients.centred(plan)
    folder = writable(Path(settings.output) / settings.name)
    with journal_in(folder, settings.resume, "sweep") as journal:
        measurements = measure(settings, plan, thetas, registry, journal)
        verdict = claims.joined(measurements.verdict)
        judged = {**asdict(verdict), "claims": claims.unused}
        made = provenance.collect(provenance.Run(config, overrides, plan, judged, journal.sessions()), registry)
        frames = record(folder, measurements.tables, made, registry)
    table = markdown.render(ratio_table(frames))
    lines = conclusion(verdict), *claims.words(), tally(measurements.tables["statistics"])
    return "\n".join((*lines, table, *parts_of(made), f"report: {folder / 'report.md'}")), _code(verdict)


def _code(verdict: Verdict) -> ExitCode:
    """The exit code that a verdict stands for."""
    if not verdict.ok:
        return ExitCode.ORACLE_DISAGREES
    measured_all = (verdict.checks or verdict.no_gradient or verdict.vague) and not verdict.nowhere_finite
    return ExitCode.DONE if measured_all else ExitCode.NOTHING_MEASURED


def measure(
    settings: Settings, plan: Plan, thetas: Sequence[Theta], registry: Registry, journal: Journal
) -> Measurements:
    """Sample, judge and time every cell of a plan, each after the other; what the journal holds is not done again."""

    @contextlib.contextmanager
    def timed(name: str) -> Iterator[None]:
        with phase(name), journal.session.phase(name):
            yield

    jobs = sum(len(subgrid.jobs) for stream in plan.streams for subgrid in stream.subgrids)
    fingerprint = provenance.fingerprint(registry)
    with timed("sampling"):
        samples = list(_sample(settings, plan, registry, journal, fingerprint))
    with timed("oracle"), Progress("oracle", "estimates") as progress:
        results: dict[Job, Measured] = {}
        for job, result in (pair for sample in samples for pair in measured(sample, plan, settings.precision)):
            results[job] = result
            progress.advance(1, jobs - len(results))
        verdict = judge(plan, results)
        results = results if verdict.ok else marked(plan, results)
    with timed("timing"), Progress("timing", "cells") as progress:
        timings = list(timing_rows(plan, registry, settings.rounds, journal, fingerprint, progress.advance))
    with timed("writing"):
        tables = _tables(plan, results, timings, settings)
    with timed("exact curves"), Progress("exact curves", "cells") as progress:
        exact = list(fine.rows(settings, thetas, registry, progress.advance)) if settings.along else []
        between = list(lines.rows(settings, plan, tables, registry, progress.advance, say))
    optional = {name: made for name, made in (("exact", exact), ("lines", between)) if made}
    return Measurements({**tables, **optional}, verdict)


def _sample(
    settings: Settings, plan: Plan, registry: Registry, journal: Journal, fingerprint: str
) -> Iterator[stages.Sampled]:
    """The power sums of every stream, with a bar of progress for each."""
    with executing(settings.executor, registry) as execute:
        for number, stream in enumerate(plan.streams, 1):
            with Progress(f"sampling stream {number} of {len(plan.streams)}", "draws") as progress:
                context = Context(settings.seed, execute, journal, fingerprint, progress.advance)
                yield stages.run(stream, plan, settings.precision, settings.budget, context)


def _tables(
    plan: Plan, results: Mapping[Job, Measured], timings: Sequence[Row], settings: Settings
) -> dict[str, Sequence[Row]]:
    """The rows of every table by its name."""
    statistics, ratios = list(rows.statistics_rows(plan, results)), list(rows.ratio_rows(plan, results))
    optional = {"components": list(rows.component_rows(plan, results))} if settings.write_components else {}
    optional |= {"draws": histograms} if (histograms := list(draws.rows(plan, settings.seed))) else {}
    return {
        "statistics": statistics,
        "ratios": ratios,
        "timings": timings,
        "efficiency": list(efficiency.efficiency_rows(ratios, timings, statistics)),
        **optional,
    }


def tally(statistics: Iterable[Mapping[str, Any]]) -> str:
    """How many rows have which status."""
    counts = Counter(row["status"] for row in statistics)
    return f"rows: {', '.join(f'{count} {status}' for status, count in counts.most_common())}"
