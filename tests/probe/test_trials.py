"""Every kernel of every plug-in of the package passes its trial, as if it were a user's: no false alarm."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import registry
from bench.config import compose, settings
from bench.errors import BadInput
from bench.kernels.calls import address
from bench.kernels.normal import NORMAL, gauss_hermite
from bench.kernels.uniform import UNIFORM
from bench.plan import cells
from bench.plan.cells import Plan
from bench.probe import apart, kernels, require, trials
from bench.probe.kernels import Users
from bench.registry import Registry
from bench.spec import BaseNoise
from tests.support import slips
from tests.support.cases import EXAMPLES
from tests.support.command import instead

OUTERMOST = float(gauss_hermite(trials.NODES)[0].max())
KINDS = ("estimator", "objective", "family", "sampler")
AXES = ("sigma=[0.5]", "dataset_size=[3]", "samples=[2]", "latent=[shared,per_datum]", "components=[tied,untied]")


def planned(plugins: Registry, *overrides: str) -> Plan:
    compose.store(plugins)
    config = compose.compose("sweep", instead("study=smoke", *AXES, *overrides))
    return cells.build(settings.check(config, plugins), plugins)


def everything(plugins: Registry, kind: str) -> str:
    return f"{kind}=[{','.join(plugins.plugins[kind])}]"


@pytest.fixture(scope="module")
def all_plugins() -> Registry:
    """The package's plug-ins and the examples of the tests."""
    return registry.load(EXAMPLES)


@pytest.mark.parametrize("entropy", ["closed_form", pytest.param("sticking_the_landing", marks=pytest.mark.slow)])
def test_the_kernels_of_the_package_and_of_the_examples_pass(all_plugins: Registry, entropy: str) -> None:
    chosen = [everything(all_plugins, kind) for kind in KINDS]
    plan = planned(all_plugins, *chosen, f"entropy=[{entropy}]", "objective.cosine.dimension=[2]")
    users = Users({(kind, name): "my.py" for kind in KINDS for name in all_plugins.plugins[kind]})
    tried: set[tuple[object, bool]] = set()
    for stream in plan.streams:
        for subgrid in stream.subgrids:
            all_called = list(kernels.of_users(subgrid, users))
            new = {(called.function, stream.dimension > 1) for called in all_called} - tried
            if not new:  # most of the time would go into drawing what no kernel is tried on
                continue
            for called in all_called:
                address(called.function, called.signature)
            for trial in trials.of_users(stream, subgrid, plan.data, users):
                if (trial.called.function, stream.dimension > 1) in new:
                    trial.run()
            tried |= new
    assert len({function for function, _ in tried}) > 30


def turns(plugins: Registry, *overrides: str) -> list[trials.Trial]:
    """The trials of pathwise's transport as a user's, in each turn."""
    plan = planned(plugins, "estimator=[pathwise]", "latent=[shared]", *overrides)
    (stream,) = plan.streams
    made = trials.of_users(stream, stream.subgrids[0], plan.data, Users({("family", "normal"): "my.py"}))
    return [trial for trial in made if trial.output == "y"]


def test_each_kernel_is_tried_on_moderate_noise_at_its_ends_and_on_a_strip(plugins: Registry) -> None:
    few, ends, strip = turns(plugins)
    reach = [abs(trial.inputs["noise"]).max() for trial in (few, ends, strip)]
    assert reach[0] < 4 < 9 < reach[1]
    assert [trial.shape for trial in (few, ends, strip)] == [(8,), (8,), (640,)]
    assert [trial.interpreted for trial in (few, ends, strip)] == [True, True, False]
    assert ends.called.place == f"{few.called.place} at the ends of its noise"
    assert strip.called.place == f"{few.called.place} on 640 draws"


def test_where_the_time_is_short_fewer_draws_stand_for_a_strip(
    plugins: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "LONG_S", 0.0)
    assert turns(plugins)[-1].shape == (8,)


def test_f_is_tried_where_y_reaches_farthest(plugins: Registry) -> None:
    plan = planned(plugins, "estimator=[pathwise]", "latent=[shared]", "sigma=[0.1,3.0,1.0]", "mu=[1.0]")
    (stream,) = plan.streams
    users = Users({("objective", "squared_error"): "my.py"})
    ends = [
        t for t in trials.of_users(stream, stream.subgrids[0], plan.data, users) if t.called.place.endswith("noise")
    ]
    assert {float(trial.inputs["y"].max()) for trial in ends} == {1.0 + 3.0 * NORMAL.ends[1]}


@pytest.mark.parametrize(
    ("channel", "low", "high"),
    [
        (NORMAL, *NORMAL.ends),
        (UNIFORM, *UNIFORM.ends),
        (replace(NORMAL, density=None, ends=(-math.inf, math.inf)), -OUTERMOST, OUTERMOST),
        (BaseNoise("coin", lambda generator, out: None, lambda nodes: (np.arange(2.0), np.ones(2) / 2)), 0.0, 1.0),
    ],
)
def test_noise_reaches_from_end_to_end(plugins: Registry, channel: BaseNoise, low: float, high: float) -> None:
    plan = planned(plugins, "estimator=[pathwise]", "latent=[shared]", "components=[untied]")
    (stream,) = plan.streams
    case = trials.cases_of(stream, stream.subgrids[0], plan.data)[0]
    family = replace(case.family, channels=(channel,))
    cell = replace(case.cell, dimension=3)
    noise = trials.far(replace(case, family=family, cell=cell), 8)
    assert noise.shape == (1, 3, 8)
    for row in noise[0]:
        assert (row.min(), row.max()) == pytest.approx((low, high), rel=1e-12)
    assert not np.array_equal(noise[0, 0], noise[0, 1])


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
