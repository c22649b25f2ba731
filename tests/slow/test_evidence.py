"""Evidence at length: false alarms of the verdict, and how often intervals cover. `make slow` runs it; minutes."""

from collections.abc import Sequence

import numpy as np
import pytest

from bench import registry
from bench.config import compose, settings
from bench.engine import stages
from bench.engine.case import Case
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.executors import threads
from bench.oracle import gradients, measured, quadrature, verdict
from bench.oracle.exact import Exact
from bench.plan import cells as plans
from bench.plan import streams
from tests.support.command import TOP, instead

pytestmark = pytest.mark.slow


def work(study: str, *overrides: str, files: Sequence[str] = ()) -> tuple[settings.Settings, plans.Plan]:
    plugins = registry.load(files, kinds=("objective", "estimator", "family", "sampler", "data", "executor"))
    compose.store(plugins)
    checked = settings.check(compose.compose("sweep", instead(f"study={study}", *overrides)), plugins)
    return checked, gradients.centred(plans.build(checked, plugins))


def results(plan: plans.Plan, seed: int, precision: float, budget: int) -> dict[streams.Job, measured.Measured]:
    with Journal(None) as journal:
        context = Context(seed, threads.run, journal, "", lambda *state: None)
        samples = [stages.run(stream, plan, precision, budget, context) for stream in plan.streams]
    return {job: result for sample in samples for job, result in measured.measured(sample, plan, precision)}


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
            for i in result.measured
        ]
    print(f"coverage of ratios {np.mean(ratios):.4f}, of variances {np.mean(variances):.4f}")
    assert 0.93 <= np.mean(ratios) <= 0.97
    assert 0.93 <= np.mean(variances) <= 0.97


SMALL = ("dataset_size=[5]", "samples=[4]")
ALL = "estimator=[score_function,score_function_loo,measure_valued]"
FAMILIES = {
    "gamma": ("family=[gamma]", "family.gamma.alpha=[2]", "family.gamma.rate=[2]"),
    "bernoulli": ("family=[bernoulli]", "family.bernoulli.logit=[-2,0.4]", ALL),
    "untied": ("latent=[per_datum]", "components=[untied]"),
}


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every seed has the same exact moments: they are integrated for the first."""
    known, exact = {}, quadrature.exact

    def remembered(case: Case, mean_alone: bool = False) -> Exact:
        key = case.estimator.name, case.variant, case.cell, mean_alone
        if key not in known:
            known[key] = exact(case, mean_alone)
        return known[key]

    monkeypatch.setattr(quadrature, "exact", remembered)


STUDIES = {
    "normal": (),
    "bernoulli": (*FAMILIES["bernoulli"], "components=[tied,untied]", "latent=[per_datum]"),
    "black_box": (
        "objective=[black_box]",
        "objective.black_box.customers=[5]",
        "mu=[0]",
        "sigma=[0.2]",
        "precision=10",
        "estimator=[score_function,score_function_loo]",
    ),
}


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("study", STUDIES)
def test_at_most_one_false_alarm_in_200_seeds(study: str) -> None:
    """Where f is a black box of five components nothing is integrated: unbiased estimators are held to each other."""
    checked, plan = work("smoke", *STUDIES[study], files=[str(TOP / "examples" / "black_box.py")])
    verdicts = {
        seed: verdict.judge(plan, results(plan, seed, checked.precision, checked.budget)) for seed in range(1000, 1200)
    }
    alarms = [seed for seed, found in verdicts.items() if not found.ok]
    print(f"false alarms over 200 seeds of {study}: {alarms}")
    assert len(alarms) <= 1
    assert all(found.agreements if study == "black_box" else found.variances for found in verdicts.values())


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("name", FAMILIES)
def test_intervals_of_variances_cover_in_every_family(name: str) -> None:
    """Over 200 seeds of a small grid; of untied components the interval is of the sum of the variances."""
    _, plan = work("smoke", *SMALL, *FAMILIES[name])
    covered: list[bool] = []
    for seed in range(3000, 3200):
        for result in results(plan, seed, precision=10.0, budget=1).values():
            _, low, high = result.variance
            exact = result.exact_variance
            told = np.isfinite(exact) & np.isfinite(low) & (exact > 0)
            covered += list(((low <= exact) & (exact <= high))[told])
    print(f"coverage of variances, {name}: {np.mean(covered):.4f} of {len(covered)}")
    assert 0.93 <= np.mean(covered) <= 0.97
