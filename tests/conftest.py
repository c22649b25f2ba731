"""What many tests share: one finished run, sweeps without figures, all plug-ins."""

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import registry
from bench.config import compose, settings
from bench.engine import stages
from bench.oracle import gradients, measured
from bench.plan import cells, streams
from tests.support.command import ONE_ROUND, Outcome, command
from tests.support.fits import without_report
from tests.support.once import once
from tests.support.sampling import results_of, sampled_of
from tests.support.thinned import thin

os.environ.pop("PYTEST_XDIST_WORKER", None)  # a pytest that a test starts is nobody's worker, and runs its benchmarks
gc.disable()  # until all tests are collected


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before the slow ones are left out."""
    thin(items)


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end, so no garbage is looked for among them again and again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def plugins() -> registry.Registry:
    """The package's own plug-ins."""
    return registry.load()


@pytest.fixture(scope="session")
def smoke(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The folder of a finished run, figures included, and what the command gave. Not to be written to."""
    words = ("name=run", "precision=10", "rounds=2", "executor=serial")
    return once(tmp_path_factory, "smoke", lambda folder: command("sweep", "study=smoke", f"output={folder}", *words))


@pytest.fixture(scope="session")
def descended(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The folder of a finished fit, figures included, and what the command gave. Not to be written to."""
    words = ("~study", "name=run", "executor=serial", "rounds=5", "samples=[10]", "learning_rate=[0.001]")
    short = ("steps=60", "replicates=16", "checkpoints=6")
    return once(tmp_path_factory, "descended", lambda folder: command("fit", f"output={folder}", *words, *short))


@pytest.fixture
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No figures, whose drawing would take most of the time."""
    without_report(monkeypatch)


@pytest.fixture
def sweep(tmp_path: Path, tables_alone: None) -> Callable[..., Outcome]:
    """A smoke sweep of one round into tmp_path, its tables alone."""

    def run(*overrides: str) -> Outcome:
        return command("sweep", "study=smoke", f"output={tmp_path}", *ONE_ROUND, *overrides)

    return run


@pytest.fixture(scope="session")
def sampled(plugins: registry.Registry) -> tuple[cells.Plan, tuple[stages.Sampled, ...]]:
    """A small plan with both kinds of latent, and one round of its streams."""
    compose.store(plugins)
    overrides = ["study=smoke", "sigma=[0.5]", "dataset_size=[3]"]
    built = gradients.centred(cells.build(settings.check(compose.compose("sweep", overrides), plugins), plugins))
    return built, sampled_of(built)


@pytest.fixture(scope="session")
def results(sampled: tuple[cells.Plan, tuple[stages.Sampled, ...]]) -> dict[streams.Job, measured.Measured]:
    """What was measured in that round."""
    built, samples = sampled
    return results_of(built, samples)
