"""What is timed: one cell, and the same cell inside a 5 x 4 x 4 grid."""

import itertools
from collections.abc import Mapping

import pytest

from bench import registry
from bench.config import settings
from bench.engine import noise
from bench.engine.blocks import Assignment, programs_of
from bench.engine.journal import key_of
from bench.engine.program import Program
from bench.errors import BadInput, NothingMeasured
from bench.plan.cells import Plan, build
from bench.plan.streams import Stream

REGISTRY = registry.load(kinds=("objective", "estimator", "family", "sampler", "data", "executor"))
CELL = {
    "name": "speed",
    "output": "unused",
    "mu": [1.0],
    "sigma": [1.0],
    "dataset_size": [100],
    "samples": [1000],
    "latent": ["shared"],
    "components": ["tied"],
    "entropy": None,
    "reference": None,
    "compare_samplers": False,
    "derived": {},
    "seed": 0,
    "precision": 0.05,
    "budget": 10**9,
    "rounds": 0,
    "write_components": False,
    "resume": False,
    "dry_run": False,
    "plugins": [],
    "objective": {"squared_error": {}},
    "family": {"normal": {}},
    "estimator": {"pathwise": {}, "score_function": {}},
    "sampler": {"iid": {}},
    "data": {"name": "normal"},
    "executor": {"name": "serial"},
}
GRID = CELL | {
    "sigma": [0.1, 0.3, 1.0, 3.0, 10.0],
    "dataset_size": [10, 100, 1000, 10_000],
    "samples": [1, 10, 100, 1000],
}


def plan_of(config: Mapping[str, object]) -> Plan:
    """The plan of a config."""
    return build(settings.check(config, REGISTRY), REGISTRY)


def assignments_of(plan: Plan) -> list[Assignment]:
    """What blocks are run for, stream by stream, linked and ready."""
    assignments = [
        Assignment(key_of(plan.cells, plan.estimators, number), stream, plan.data, 0)
        for number, stream in enumerate(plan.streams)
    ]
    for assignment in assignments:
        programs_of(assignment)
    return assignments


def stream_of(config: Mapping[str, object]) -> tuple[Assignment, Stream, list[Program]]:
    """The only stream of a config."""
    (assignment,) = assignments_of(plan_of(config))
    return assignment, assignment.stream, programs_of(assignment)


def draws_of(stream: Stream) -> int:
    """Draws of one block."""
    return noise.tiles_of(stream) * stream.cut.tile


def stream_with(**wanted: str) -> tuple[Assignment, Stream, list[Program]]:
    """The stream of CELL with these plug-ins, or this latent; where they decline it, of the first that they accept."""
    options = {"samples": (1000, 1024), "latent": settings.LATENTS} | {
        kind: [*CELL[kind], *REGISTRY.plugins[kind]] for kind in ("objective", "estimator", "sampler")
    }
    for names in itertools.product(*(options | {kind: [name] for kind, name in wanted.items()}).values()):
        chosen = dict(zip(options, names, strict=True))
        axes = {axis: [chosen.pop(axis)] for axis in ("samples", "latent")}
        try:
            return stream_of(CELL | axes | {kind: {n: first(kind, n)} for kind, n in chosen.items()})
        except NothingMeasured:
            continue
        except BadInput as error:  # of an estimator asked for alone
            if "one that runs in any cell" not in str(error):
                raise
    pytest.skip(f"{wanted} declines every cell that can be made of the plug-ins")


def first(kind: str, name: str) -> dict[str, list[float]]:
    """The first default of each parameter of a plug-in."""
    parameters = getattr(REGISTRY.get(kind, name), "axes", {})
    return {key: list(values)[:1] for key, values in parameters.items()}
