"""The fit: descend with every estimator, judge the steps, time them, write; the report last."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import probe, provenance
from bench.commands.networks import run as of_network
from bench.commands.writing import executing, journal_in, parts_of, record, told, writable
from bench.config import networks
from bench.config.learning import Learning, check, of_start
from bench.descent.fit import Fitted, fit
from bench.descent.learners import learners
from bench.descent.verdict import Verdict, words
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.errors import ExitCode
from bench.laws.claims import examined
from bench.plan import cells
from bench.plan.cells import Plan
from bench.progress import Progress, phase
from bench.registry import Registry
from bench.statistics.moments import quiet

ALL_LOST = "every replicate diverged, so nothing was measured: a smaller learning_rate or another start may do"


@quiet
def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Do what a resolved config asks; tables, figures and report land in output/name."""
    return told(lambda: _run(config, overrides, registry))


def _run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> tuple[str, ExitCode]:
    """What is said of the run, and its exit code."""
    if name := networks.network(config):
        return of_network(name, config, overrides, registry)
    learning = check(config, registry)
    grid = learning.grid
    with phase("plan"), of_start():
        plan = cells.build(grid, registry)
        several = learners(plan, learning, registry)
    with phase("trial of plug-ins"):
        probe.require(plan, registry, grid.executor)
        claims = examined(plan, registry)
    if grid.dry_run:
        return describe(plan, learning, len(several)), ExitCode.DONE
    folder = writable(Path(grid.output) / grid.name)
    with journal_in(folder, grid.resume, "fit") as journal:
        fitted = _fitted(plan, learning, registry, journal)
        verdict = claims.joined(fitted.verdict)
        judged = {**asdict(verdict), "claims": claims.unused, "skipped": cells.skipped(plan)}
        made = provenance.collect(provenance.Run(config, overrides, plan, judged, journal.sessions(), "fit"), registry)
        record(folder, fitted.tables, made, registry)
    lost = [ALL_LOST] if _code(verdict) == ExitCode.NOTHING_MEASURED else []
    lines = words(verdict), *lost, *claims.words(), *parts_of(made), f"report: {folder / 'report.md'}"
    return "\n".join(lines), _code(verdict)


def _fitted(plan: Plan, learning: Learning, registry: Registry, journal: Journal) -> Fitted:
    """All learners, with a bar of progress."""
    seed, fingerprint = learning.grid.seed, provenance.fingerprint(registry)
    with (
        phase("descent"),
        journal.session.phase("descent"),
        Progress("descent", "steps") as progress,
        executing(learning.grid.executor, registry) as execute,
    ):
        return fit(plan, learning, registry, Context(seed, execute, journal, fingerprint, progress.advance))


def _code(verdict: Verdict) -> ExitCode:
    """The exit code that a verdict stands for."""
    if not verdict.ok:
        return ExitCode.ORACLE_DISAGREES
    return ExitCode.NOTHING_MEASURED if verdict.diverged == verdict.replicates else ExitCode.DONE


def describe(plan: Plan, learning: Learning, several: int) -> str:
    """The plan in words."""
    apiece = f"each of {learning.replicates} replicates and {learning.steps} steps"
    return "\n".join(
        [
            f"learners: {several}, {apiece}: {several * learning.steps * learning.replicates:.3g} in all",
            *cells.skips_told(cells.skipped(plan)),
        ]
    )
