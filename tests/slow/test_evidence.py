"""Evidence at length: false alarms of the verdict, and how often intervals cover. `make slow` runs it; minutes."""

import numpy as np
import pytest

from bench import registry
from bench.config import compose, settings
from bench.engine import stages
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.executors import threads
from bench.oracle import measured, verdict
from bench.plan import cells as plans
from bench.plan import streams

pytestmark = pytest.mark.slow


def work(study: str) -> tuple[settings.Settings, plans.Plan]:
    plugins = registry.load(kinds=("objective", "estimator", "sampler", "data", "executor"))
    compose.store(plugins)
    checked = settings.check(compose.compose("sweep", [f"study={study}"]), plugins)
    return checked, plans.build(checked, plugins)


def results(plan: plans.Plan, seed: int, precision: float, budget: int) -> dict[streams.Job, measured.Measured]:
    with Journal(None) as journal:
        context = Context(seed, threads.run, journal, "", lambda *state: None)
        samples = [stages.run(stream, plan, precision, budget, context) for stream in plan.streams]
    return {job: result for sample in samples for job, result in measured.measured(sample, plan, precision)}


def test_at_most_one_false_alarm_in_200_seeds() -> None:
    checked, plan = work("smoke")
    alarms = [
        seed
        for seed in range(1000, 1200)
        if not verdict.judge(plan, results(plan, seed, checked.precision, checked.budget)).ok
    ]
    print(f"false alarms over 200 seeds: {alarms}")
    assert len(alarms) <= 1


def test_intervals_cover_93_to_97_percent() -> None:
    """Over the default grid and 40 seeds; cells of one seed share their draws, so one sweep alone says little."""
    _, plan = work("default")
    ratios, variances = [], []
    for seed in range(2000, 2040):
        measurements = results(plan, seed, precision=10.0, budget=1)
        ratios.append(verdict.judge(plan, measurements).coverage)
        variances += [
            result.variance[1][i] <= result.exact_variance[i] <= result.variance[2][i]
            for result in measurements.values()
            for i in (0, 1)
        ]
    print(f"coverage of ratios {np.mean(ratios):.4f}, of variances {np.mean(variances):.4f}")
    assert 0.93 <= np.mean(ratios) <= 0.97
    assert 0.93 <= np.mean(variances) <= 0.97
