"""The whole program: overhead outside kernels and drawing, memory, and how soon the first word appears."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.config import compose, settings
from bench.engine import blocks, noise, stages
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.executors import serial, threads
from bench.oracle import gradients
from bench.plan import cells
from tests.speed.work import REGISTRY


def watched(function, seconds):
    """The function, with the time it takes added to seconds[0]."""

    def call(*arguments):
        start = time.perf_counter()
        try:
            return function(*arguments)
        finally:
            seconds[0] += time.perf_counter() - start

    return call


@pytest.mark.benchmark(group="whole sweep")
def test_overhead_of_the_default_grid(benchmark, monkeypatch, claim):
    """One round of every stream of the default sweep, on one thread."""
    compose.store(REGISTRY)
    checked = settings.check(compose.compose("sweep", []), REGISTRY)
    work = gradients.centred(cells.build(checked, REGISTRY))
    inside = [0.0]

    def sweep():
        with Journal(None) as journal:
            for stream in work.streams:
                stages.run(stream, work, 10.0, 1, Context(0, serial.PLUGIN.map, journal, "", lambda *state: None))

    sweep()
    monkeypatch.setattr(blocks, "run_strips", watched(blocks.run_strips, inside))
    monkeypatch.setattr(blocks, "draw", watched(noise.draw, inside))
    start = time.perf_counter()
    benchmark.pedantic(sweep, rounds=1)
    claim(
        "share of the default grid's time outside kernels and drawing",
        1 - inside[0] / (time.perf_counter() - start),
        "<= 0.10",
    )


@pytest.mark.benchmark(group="whole sweep")
def test_memory_of_the_default_sweep(benchmark, tmp_path: Path, claim):
    command = [sys.executable, "-m", "bench", "sweep", f"output={tmp_path}"]
    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True), rounds=1)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    claim("peak memory of the default sweep, MB", peak, "< 600")
    claim("the default sweep, s", benchmark.stats.stats.median, "< 60")


@pytest.mark.benchmark(group="start")
def test_help(benchmark, claim):
    command = [sys.executable, "-m", "bench", "--help"]
    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True), rounds=7)
    claim("python -m bench --help, s", benchmark.stats.stats.median, "< 0.5")


@pytest.mark.benchmark(group="smoke")
@pytest.mark.parametrize("checkout", ["fresh", "warm"])
def test_smoke(checkout, benchmark, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, claim):
    """The smoke study with an empty cache of kernels, and with a full one."""
    cache = tmp_path_factory.getbasetemp() / "kernels"
    command = [sys.executable, "-m", "bench", "sweep", "study=smoke", f"output={tmp_path}"]
    variables = os.environ | {"NUMBA_CACHE_DIR": str(cache)}
    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True, env=variables), rounds=1)
    goal = {"fresh": "< 12", "warm": "< 4"}[checkout]
    claim(f"smoke study, {checkout} checkout, s", benchmark.stats.stats.median, goal)


@pytest.mark.benchmark(group="journal")
def test_cost_of_the_journal(benchmark, tmp_path: Path, claim):
    """The share of a round of the default grid that is spent in the journal, on disk."""
    compose.store(REGISTRY)
    work = gradients.centred(cells.build(settings.check(compose.compose("sweep", []), REGISTRY), REGISTRY))
    spent = [0.0]

    def sweep():
        with Journal(tmp_path) as journal:
            journal.read, journal.write = watched(journal.read, spent), watched(journal.write, spent)
            for stream in work.streams:
                stages.run(stream, work, 0.05, 10**9, Context(0, threads.PLUGIN.map, journal, "", lambda *state: None))

    benchmark.pedantic(sweep, rounds=1)
    claim("share of the default sampling spent in the journal, %", 100 * spent[0] / benchmark.stats.stats.median, "< 2")


@pytest.mark.benchmark(group="per datum")
def test_ten_thousand_data(benchmark, tmp_path: Path, claim):
    command = [sys.executable, "-m", "bench", "sweep", "latent=[per_datum]", "dataset_size=[10000]", "samples=[100]"]
    command += ["sigma=[1.0]", "precision=0.02", "rounds=0", f"output={tmp_path}"]
    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True), rounds=1)
    claim("per datum, n = 10,000, K = 100, to 2 % or its budget, s", benchmark.stats.stats.median, "< 60")
