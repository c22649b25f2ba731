"""A peer held against the engine's own kernels on the same noise, and rows of peers.csv as a test makes them."""

from typing import Any

import numpy as np
import pandas as pd

from bench.engine.apply import constant, estimates
from bench.peers.problem import POINTS, Problem, case, cell_plan, problem
from bench.peers.spec import Peer
from bench.registry import Registry
from bench.tables.peers import PEERS as TABLE

SAMPLES, BATCH = 7, 3
PROBLEMS = [(objective, estimator) for objective in POINTS for estimator in ("pathwise", "score_function")]
DIGITS = 1e-11  # of a sum of 569 terms, beside the largest of an estimate


def off(peer: Peer, objective: str, estimator: str, known: Registry) -> float:
    """The largest difference to the engine on the same noise, beside the largest number of the estimates."""
    plan = cell_plan(objective, estimator, SAMPLES, known)
    work = problem(plan, known)
    eps = np.random.Generator(np.random.PCG64(3)).standard_normal(work.shape(BATCH))
    told = np.asarray(peer.prepare(work, BATCH, 0).compute(eps))
    right = engine(work, plan, eps)
    assert told.shape == right.shape
    return float(abs(told - right).max() / abs(right).max())


def engine(work: Problem, plan: Any, eps: Any) -> Any:
    """[batch, rows] What the engine's kernels make of eps[batch, K] or eps[batch, K, d], estimate by estimate."""
    of_cell = case(plan)
    noises = eps.reshape(len(eps), work.samples, work.dimension).transpose(0, 2, 1)
    each = [estimates(of_cell, np.ascontiguousarray(noise[np.newaxis]), 1).mean(axis=1) for noise in noises]
    return np.array(each) + constant(of_cell)


def row(framework: str, variant: str, estimate_ns: float, **others: Any) -> dict[str, Any]:
    """A row of peers.csv of a cosine on one thread, timed beside a cell of 2 ns and a grid of 0.5 ns."""
    usual = {"objective": "cosine", "estimator": "pathwise", "threads": "1", "samples": 1.0, "status": "ok"}
    usual |= {"framework": framework, "variant": variant, "reason": "", "rounds": 5.0, "compile_s": 0.1, "batch": 8.0}
    usual |= {"draw_ns": 1.0, "compute_ns": 1.0, "gflops": np.nan}
    values = {"estimate_ns": estimate_ns, "ratio": estimate_ns / 2, "grid_ratio": estimate_ns / 0.5}
    ends = {f"{name}{end}": value for name, value in values.items() for end in ("", "_low", "_high")}
    return dict.fromkeys(TABLE.columns[1:]) | usual | ends | others


def frame(*more: dict[str, Any]) -> pd.DataFrame:
    """Both rows of this suite and two peers, and more."""
    ours = row("bench", "cell", 2.0, batch=np.nan), row("bench", "grid", 0.5, batch=np.nan)
    return pd.DataFrame([*ours, row("numpy", "pcg64", 12.0), row("jax", "rbg", 20.0), *more])
