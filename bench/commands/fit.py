"""The fit: descend with every estimator, judge the steps, time them, write; the report last."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench import outlet, probe, provenance
from bench.commands.networks import run as of_network
from bench.commands.writing import at_work, record, writable
from bench.config import networks
from bench.config.learning import Learning, check, of_start
from bench.descent import verdict
from bench.descent.fit import Fitted, fit
from bench.descent.learners import learners
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.errors import ExitCode
from bench.laws.claims import examined
from bench.plan import cells
from bench.plan.cells import Plan
from bench.progress import Progress, phase
from bench.registry import Registry
from bench.report.sections.origin import sessions
from bench.statistics.moments import quiet


@quiet
def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Do what a resolved config asks; tables, figures and report land in output/name."""
    with outlet.closed():
        said, code = _run(config, overrides, registry)
    print(said)
    return code


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
    with at_work(folder), Journal(folder, grid.resume, provenance.cpu()) as journal:
        fitted = _fitted(plan, learning, registry, journal)
        judged = verdict.manifest_of(fitted.verdict)
        judged |= {"ok": fitted.verdict.ok and not claims.failures, "claims": claims.unused}
        judged["failures"] = (*claims.failures, *fitted.verdict.failures)
        made = provenance.collect(provenance.Run(config, overrides, plan, judged, journal.sessions(), "fit"), registry)
        record(folder, fitted.tables, made, registry)
        journal.prune()
    parts = sessions(made) if len(made["sessions"]) > 1 else []  # a resumed run says so
    lines = verdict.words(fitted.verdict), *claims.failures, *claims.words(), *parts
    return "\n".join((*lines, f"report: {folder / 'report.md'}")), _code(fitted, bool(claims.failures))


def _fitted(plan: Plan, learning: Learning, registry: Registry, journal: Journal) -> Fitted:
    """All learners, with a bar of progress."""
    executor = learning.grid.executor
    parameters = {key: value for key, value in executor.items() if key != "name"}
    execute = partial(registry.get("executor", executor["name"]).map, **parameters)
    with phase("descent"), journal.session.phase("descent"), Progress("descent", "steps") as progress:
        context = Context(learning.grid.seed, execute, journal, provenance.fingerprint(registry), progress.advance)
        return fit(plan, learning, registry, context)


def _code(fitted: Fitted, contradicted: bool) -> ExitCode:
    """The exit code that a verdict stands for."""
    if contradicted or not fitted.verdict.ok:
        return ExitCode.ORACLE_DISAGREES
    everything = fitted.verdict.diverged == fitted.verdict.replicates
    return ExitCode.NOTHING_MEASURED if everything else ExitCode.DONE


def describe(plan: Plan, learning: Learning, several: int) -> str:
    """The plan in words."""
    reasons: dict[str, int] = {}
    for reason in plan.skips.values():
        reasons[reason] = reasons.get(reason, 0) + 1
    apiece = f"each of {learning.replicates} replicates and {learning.steps} steps"
    return "\n".join(
        [
            f"learners: {several}, {apiece}: {several * learning.steps * learning.replicates:.3g} in all",
            *(f"  skipped {count}: {reason}" for reason, count in reasons.items()),
        ]
    )
