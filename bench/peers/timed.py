"""What a process of one setting of the threads answers: rows, versions and the rate of dgemm; or why there are none."""

import importlib.metadata
import json
import sys
from collections.abc import Mapping
from typing import Any

from bench.config.gathered import gathered
from bench.errors import BenchError
from bench.peers.known import lacking
from bench.peers.problem import cell_plan, problem
from bench.peers.product import rates
from bench.peers.rows import Asked, rows


def answer(wanted: Mapping[str, Any]) -> int:
    """Print the answer as one line of JSON, and give the exit code."""
    chosen = Asked(**wanted)
    if "torch" in chosen.frameworks and not lacking("torch"):
        import torch

        torch.set_num_threads(chosen.workers)
    registry = gathered("sweep", [])
    try:
        timed = list(rows(chosen, registry, lambda words: print(words, file=sys.stderr, flush=True)))
    except BenchError as error:
        print(json.dumps({"error": str(error)}))
        return error.exit_code
    of_product = problem(cell_plan("logistic_regression", "pathwise", 1, registry), registry)
    versions = {name: importlib.metadata.version(name) for name in chosen.frameworks if not lacking(name)}
    print(json.dumps({"rows": timed, "versions": versions, "dgemm_gflops": rates(of_product)}))
    return 0
