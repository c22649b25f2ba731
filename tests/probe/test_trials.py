"""Every kernel of every plug-in of the package passes its trial, as if it were a user's: no false alarm."""

from pathlib import Path

import pytest

from bench import registry
from bench.config import compose, settings
from bench.errors import BadInput
from bench.kernels.calls import address
from bench.plan import cells
from bench.plan.cells import Plan
from bench.probe import apart, kernels, require, trials
from bench.probe.kernels import Users
from bench.registry import Registry
from tests.support import slips
from tests.support.cases import EXAMPLES

KINDS = ("estimator", "objective", "family", "sampler")
AXES = ("sigma=[0.5]", "dataset_size=[3]", "samples=[2]", "latent=[shared,per_datum]", "components=[tied,untied]")


def planned(plugins: Registry, *overrides: str) -> Plan:
    compose.store(plugins)
    config = compose.compose("sweep", ["study=smoke", *AXES, *overrides])
    return cells.build(settings.check(config, plugins), plugins)


def everything(plugins: Registry, kind: str) -> str:
    return f"{kind}=[{','.join(plugins.plugins[kind])}]"


@pytest.fixture(scope="module")
def all_plugins() -> Registry:
    """The package's plug-ins and the examples of the tests."""
    return registry.load(EXAMPLES)


@pytest.mark.parametrize("entropy", ["closed_form", "sticking_the_landing"])
def test_the_kernels_of_the_package_and_of_the_examples_pass(all_plugins: Registry, entropy: str) -> None:
    chosen = [everything(all_plugins, kind) for kind in KINDS]
    plan = planned(all_plugins, *chosen, f"entropy=[{entropy}]", "objective.cosine.dimension=[2]")
    users = Users({(kind, name): "my.py" for kind in KINDS for name in all_plugins.plugins[kind]})
    tried = set()
    for stream in plan.streams:
        for subgrid in stream.subgrids:
            for called in kernels.of_users(subgrid, users):
                address(called.function, called.signature)
            for trial in trials.of_users(stream, subgrid, plan.data, users):
                key = trial.called.function, stream.dimension > 1
                if key not in tried:
                    tried.add(key)
                    trial.run()
    assert len({function for function, _ in tried}) > 30


def test_what_no_file_brings_is_not_tried(plugins: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "run", lambda work: pytest.fail("tried"))
    require(planned(plugins), plugins, {"name": "serial"})


def test_noise_that_begins_otherwise_is_refused_where_rule_and_family_meet(tmp_path: Path) -> None:
    """And nowhere else: the same file serves a family that its channels begin like."""
    file = tmp_path / "my.py"
    file.write_text(slips.ESTIMATOR.replace('("slope",)', '("slope",), channels=(UNIFORM,)'))
    loaded = registry.load([str(file)])
    with pytest.raises(BadInput) as caught:
        require(planned(loaded, "estimator=[mine]"), loaded, {"name": "serial"})
    assert str(caught.value) == (
        f"{file}: rule.channels begin otherwise than the family's own; allowed: normal, then what else is needed; the "
        "family is normal"
    )
