"""What a sweep costs as it grows, and a task on a cluster: `python -m tests.speed.scale` writes docs/scale.json.

One stream of the squared error with three estimators, in more and more cells, one core; then tasks that do nothing on
two workers of this machine, so that what is left is the work of the client and of the scheduler, in one process. All
seconds are of the processor, so that others on the machine do not count.
"""

import json
import multiprocessing
import pickle
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from bench import provenance
from bench.cluster import run as cluster_run
from bench.cluster.parcel import packed
from bench.cluster.run import opened
from bench.engine import blocks, stages
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.oracle import gradients, rows
from bench.oracle.measured import measured
from bench.oracle.verdict import judge
from bench.registry import Registry
from tests.speed.work import CELL, REGISTRY, plan_of
from tests.support.command import TOP

SIZES = (100, 300, 1000, 3000)  # cells
SEVERAL = {"samples": [1, 10], "dataset_size": [1, 3, 10, 30, 100]}
ESTIMATORS = {"estimator": {"pathwise": {}, "score_function": {}, "score_function_local": {}}}
TASKS, MEGABYTES = 2000, 200


def of_cells(cells: int) -> dict[str, float]:
    """What a sweep of so many cells takes: seconds of one core, and bytes."""
    few = {"sigma": np.linspace(0.1, 10.0, cells // 10).tolist(), "precision": 10.0}
    begin = time.process_time()
    plan = gradients.centred(plan_of(CELL | SEVERAL | ESTIMATORS | few))
    planned = time.process_time()
    works: list[Callable[[int], Any]] = []
    block_s: list[float] = []

    def execute(work: Callable[[int], Any], items: range) -> Iterator[Any]:
        works.append(work)
        for item in items:
            start = time.process_time()
            result = work(item)
            block_s.append(time.process_time() - start)
            yield result

    (stream,) = plan.streams
    with Journal(None) as journal:
        blocks.programs_of.cache_clear()
        linking = time.process_time()
        blocks.programs_of(blocks.Assignment(b"linked apart", stream, plan.data, 0))
        linked = time.process_time()
        sampled = stages.run(stream, plan, 10.0, 1, Context(0, execute, journal, "", lambda *_: None))
    judging = time.process_time()
    results = dict(measured(sampled, plan, 10.0))
    judge(plan, results)
    list(rows.statistics_rows(plan, results)), list(rows.ratio_rows(plan, results))
    judged = time.process_time()
    content = packed(works[0], REGISTRY)
    return {
        "cells": len(plan.cells),
        "plan_s": planned - begin,
        "link_s": linked - linking,
        "block_s": float(np.median(block_s)),
        "oracle_s": judged - judging,
        "function_bytes": len(content),
        "pack_s": elapsed(partial(packed, works[0], REGISTRY)),
        "result_bytes": len(pickle.dumps(works[0](0))),
        "totals_bytes": sum(sums.totals.nbytes for sums in sampled.subgrids),
    }


def elapsed(work: Callable[[], Any]) -> float:
    """Seconds of a call, of all threads of this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def first_s() -> float:
    """Seconds that a process takes for its first block beyond those of a second: it loads the kernels."""
    (stream,) = (plan := plan_of(CELL | SEVERAL | ESTIMATORS)).streams
    assignment = blocks.Assignment(b"first", stream, plan.data, 0)
    first, second = (elapsed(partial(blocks.run, assignment, block)) for block in range(2))
    return first - second


def of_tasks() -> dict[str, float]:
    """What a task that does nothing takes, and a byte of its result."""
    with opened(Registry(), None, 2, 60) as mapping:
        cluster_run.items_of_task = lambda item_s: 1  # type: ignore[assignment]
        list(mapping(abs, range(8)))
        task_s = elapsed(lambda: list(mapping(abs, range(TASKS)))) / TASKS
        list(mapping(bytes, [8] * 8))
        whole = elapsed(lambda: list(mapping(bytes, [2**20] * MEGABYTES))) - MEGABYTES * task_s
    return {"task_s": task_s, "byte_s": whole / MEGABYTES / 2**20}


if __name__ == "__main__":
    cpu = provenance.cpu()
    made = {"cpu": {"model": cpu["model"], "cores": cpu["cores"]}, "tasks": of_tasks()}
    of_cells(SIZES[0])  # kernels are compiled
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        made["tasks"]["first_s"] = process.submit(first_s).result()
    made["sweeps"] = [of_cells(cells) for cells in SIZES]
    (TOP / "docs" / "scale.json").write_text(json.dumps(made, indent=2) + "\n")
