"""The fit of a network: trained by its own code, written like any other fit."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import provenance, vae
from bench.commands.writing import journal_in, parts_of, record, writable
from bench.config import networks
from bench.config.checks import axis, bad, flag, positive, run_name, text, whole
from bench.config.learning import MOST_REPLICATES, MOST_STEPS, at_most, require_known
from bench.errors import ExitCode
from bench.plan.cells import skips_told
from bench.progress import Progress, phase
from bench.registry import Registry
from bench.tables.curves import CURVES
from bench.tables.schema import Row
from bench.vae import training
from bench.vae.methods import ENTROPIES
from bench.vae.settings import VaeSettings

MOST_SAMPLES = 10_000
NO_ORACLE = "a network has no exact gradient; its estimators are held to their laws in the tests of the package"


def run(name: str, config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> tuple[str, ExitCode]:
    """What is said of the fit of a network, and its exit code."""
    for key, _, value in (override.partition("=") for override in overrides):
        if key.lstrip("+~").startswith("data."):
            raise bad(key, value, f"no key of data, for objective=[{name}] brings its own")
    settings = _settings(name, config)
    fits = list(settings.fits)
    if flag("dry_run", config["dry_run"]):
        steps = f"{settings.replicates} replicates and {settings.steps} steps"
        said = f"learners: {len(fits)}, each of {steps}; {len(settings.marks)} checkpoints"
        return "\n".join((said, *skips_told(_skips(settings)))), ExitCode.DONE
    registry.frameworks.add("jax")
    folder = writable(Path(text("output", config["output"])) / run_name(config["name"]))
    with journal_in(folder, flag("resume", config["resume"]), "fit") as journal:
        with phase("training"), journal.session.phase("training"), Progress("training", "steps") as progress:
            made = training.run(settings, progress, journal, _fingerprint(registry))
        tables = {
            "curves": [_filled(row) for row in made.curves],
            "paths": [],
            "times": [],
            "firsts": [],
            "theory": [],
            "encoder": made.encoder,
            "reconstructions": made.reconstructions,
            "latents": made.latents,
        }
        lost = sum(row["loss"] is None for row in made.curves if row["step"] == settings.steps)
        judged = {
            "ok": True,
            "checks": 0,
            "failures": (),
            "reasons": {NO_ORACLE: len(fits)},
            "diverged": lost,
            "replicates": len(fits),
            "skipped": _skips(settings),
        }
        written = provenance.Run(config, overrides, None, judged, journal.sessions(), "fit")
        manifest = provenance.collect(written, registry)
        record(folder, tables, manifest, registry)
    said = "\n".join((f"VERDICT none: {NO_ORACLE}", *parts_of(manifest), f"report: {folder / 'report.md'}"))
    return said, ExitCode.NOTHING_MEASURED if lost == len(fits) else ExitCode.DONE


def _settings(name: str, config: Mapping[str, Any]) -> VaeSettings:
    """What is trained; BadInput names the key."""
    require_known(config)
    rates = axis("learning_rate", config["learning_rate"], positive)
    sizes = config["dataset_size"]
    if len(rates) > 1:
        raise bad("learning_rate", list(rates), f"one, for objective={name}")
    if sizes != [None]:
        raise bad("dataset_size", sizes, f"[null], all the data, for objective={name}")
    executor = config["executor"] if isinstance(config["executor"], Mapping) else {}
    workers = executor.get("workers")
    if executor.get("name", "threads") not in ("serial", "threads"):
        reason = f"the fits of objective=[{name}] are programs of JAX as they are, not blocks"
        raise bad("executor", executor["name"], f"serial, threads; {reason}")
    return VaeSettings(
        estimator=tuple(config["estimator"] or ()),
        entropy=ENTROPIES if config["entropy"] is None else axis("entropy", config["entropy"], text),
        dimension=networks.axes(name, config["objective"][name])["L"],
        samples=axis("samples", config["samples"], _samples),
        steps=at_most("steps", whole("steps", config["steps"]), MOST_STEPS),
        checkpoints=whole("checkpoints", config["checkpoints"], 2),
        learning_rate=rates[0],
        replicates=at_most("replicates", whole("replicates", config["replicates"]), MOST_REPLICATES),
        seed=whole("seed", config["seed"], 0),
        rounds=whole("rounds", config["rounds"], 0),
        workers=1 if executor.get("name") == "serial" else 2 if workers is None else whole("executor.workers", workers),
    )


def _samples(key: str, value: Any) -> int:
    """A number of draws whose images fit into memory."""
    return at_most(key, whole(key, value), MOST_SAMPLES)


def _skips(settings: VaeSettings) -> dict[str, int]:
    """Why a method is not trained, and in how many fits."""
    return {
        f"{method.estimator} has samples >= {method.fewest}, not {k}": len(settings.dimension)
        for method in settings.methods
        for k in settings.samples
        if k < method.fewest
    }


def _fingerprint(registry: Registry) -> str:
    """What determines the numbers besides the config: the network's own files too."""
    digest = hashlib.sha256(provenance.fingerprint(registry).encode())
    for file in sorted(Path(vae.__file__).parent.iterdir()):
        if file.suffix in (".py", ".gz"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _filled(row: Row) -> dict[str, Any]:
    """A row of curves.csv with all its columns."""
    lost = row["loss"] is None
    said = {"oracle": "held-out digits", "status": "diverged" if lost else "ok", "diverged": row["replicates"] * lost}
    return dict.fromkeys(CURVES.columns[1:]) | {"theta": ""} | said | dict(row)
