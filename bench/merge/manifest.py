"""The manifest of a merged run: what its sources have in common, and under `merged` what each of them was."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench import rerun
from bench.config import written
from bench.merge.sources import Source
from bench.report.sections.phrases import machine
from bench.tables.schema import SCHEMA


def machines(sources: Sequence[Source]) -> list[str]:
    """A name for where the times of each source were taken; of several on like machines with the run's, or a number."""
    names = [" and ".join(dict.fromkeys(map(machine, _timed(source.manifest)))) for source in sources]
    runs = [f"{name}, run {source.manifest.get('name')}" for name, source in zip(names, sources, strict=True)]
    numbered = [f"{name}, source {number}" for number, name in enumerate(names, 1)]
    several = zip(names, runs, numbered, strict=True)
    return [
        name if names.count(name) == 1 else run if runs.count(run) == 1 else number for name, run, number in several
    ]


def _timed(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The processors that took the times of a run."""
    sessions = manifest.get("sessions") or ()
    return [session["cpu"] for session in sessions if "timing" in session["phases"]] or [manifest["cpu"]]


def manifest(name: str, output: str, sources: Sequence[Source], verdict: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest, without what it says of tables; the same for the same sources, wherever they lie."""
    manifests = [source.manifest for source in sources]
    first = manifests[0]
    keys = {"runs": [str(source.folder) for source in sources], "name": name}
    words = [*written.overrides(keys | ({} if output == "reports" else {"output": output}))]
    files = _once(entry for record in manifests for entry in record.get("inputs", ()) if entry["sha256"])
    seeds, cpus = sorted({source.seed for source in sources}), [record["cpu"] for record in manifests]
    data = [record["data"] for record in manifests if record["data"]]
    return {
        "schema": SCHEMA,
        "kind": "sweep",
        "name": name,
        "command": rerun.command(words, "merge"),
        "inputs": [*rerun.inputs(words, "merge"), *files],
        "words": {key: word for record in manifests for key, word in record.get("words", {}).items()},
        "formulas": {key: word for record in manifests for key, word in record.get("formulas", {}).items()},
        "config": united([record["config"] for record in manifests]) | {"name": name},
        "seed": seeds,
        "commit": _common([record.get("commit") for record in manifests]),
        "dirty": any(record.get("dirty") for record in manifests),
        "sources_sha256": first.get("sources_sha256"),
        "versions": first["versions"],
        "cpu": cpus[0] if cpus.count(cpus[0]) == len(cpus) else {"model": " and ".join(_once(map(_model, cpus)))},
        "threads": _common([record["threads"] for record in manifests]) or {},
        "block": first["block"],
        "data": max(data, key=lambda record: record.get("n", 0), default=None),
        "sessions": [session for record in manifests for session in record.get("sessions", ())],
        "phases": _sums([record["phases"] for record in manifests]),
        "verdict": verdict,
        "merged": [_told(source, where) for source, where in zip(sources, machines(sources), strict=True)],
    }


def _told(source: Source, where: str) -> dict[str, Any]:
    """What a source was."""
    record = source.manifest
    return {
        "name": record.get("name"),
        "seed": source.seed,
        "commit": record.get("commit"),
        "dirty": record.get("dirty"),
        "machine": where,
        "began": next((session["start"] for session in record.get("sessions", ())), None),
        "replicates": sum(int(source.tables["statistics"][key]["replicates"]) for key in source.measured("statistics")),
    }


def united(configs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the configurations ask for together: lists and mappings are united, other values null where they differ."""
    keys = dict.fromkeys(key for config in configs for key in config)
    return {key: _united([config[key] for config in configs if key in config]) for key in keys}


def _united(values: Sequence[Any]) -> Any:
    if all(isinstance(value, Mapping) for value in values):
        return united(values)
    if all(isinstance(value, list) for value in values):
        return _once(item for value in values for item in value)
    return _common(values)


def _common(values: Sequence[Any]) -> Any:
    """The value where all are alike, else None."""
    return values[0] if all(value == values[0] for value in values) else None


def _once(items: Iterable[Any]) -> list[Any]:
    """Each item once, in their order."""
    distinct: list[Any] = []
    for item in items:
        if item not in distinct:
            distinct.append(item)
    return distinct


def _model(cpu: Mapping[str, Any]) -> str:
    return str(cpu.get("model", "unknown"))


def _sums(phases: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The seconds of each phase together."""
    names = dict.fromkeys(name for seconds in phases for name in seconds)
    return {name: round(sum(seconds.get(name, 0.0) for seconds in phases), 3) for name in names}
