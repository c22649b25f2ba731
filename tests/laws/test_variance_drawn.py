"""Law: what is drawn has the exact mean and variance."""

from dataclasses import replace

import numpy as np
import pytest

from bench import registry
from bench.engine.case import Case
from bench.laws.cases import at_several_thetas, one_of_each, title
from bench.laws.integrals import by_quantile
from bench.laws.variance import measured_mean, measured_variance
from bench.spec import BaseNoise, Floats
from tests.support.cases import (
    PLUGINS,
    cases,
)
from tests.support.exact_variances import AVERAGES


@pytest.mark.parametrize("case", [case for case in AVERAGES if not by_quantile(case)], ids=title)
def test_draws_have_the_exact_variance(case: Case) -> None:
    assert measured_variance(case) is None


def test_control_draws_that_are_too_wide_are_caught() -> None:
    """Noise 3 % too wide, whose rule is right."""
    (case,) = [case for case in cases(dimension=1) if title(case) == "squared_error-shared-normal-tied-pathwise-iid"]

    def fill(generator: np.random.Generator, channel: BaseNoise, out: Floats) -> None:
        channel.fill(generator, out)
        out *= 1.03

    assert measured_variance(replace(case, sampler=replace(case.sampler, fill=fill))) is not None


def in_eight(name: str, file: str = "") -> list[Case]:
    """One case in eight components for each family and kind of components."""
    plugins = registry.load([file] if file else [])
    return one_of_each(list(at_several_thetas(plugins.get("estimator", name), plugins, (8,))))


@pytest.mark.parametrize("name", ["pathwise", "score_function_local", "score_function_loo"])
def test_draws_have_the_exact_mean_in_many_components(name: str) -> None:
    several = in_eight(name)
    assert {case.cell.components for case in several} == {"tied", "untied"}
    assert [measured_mean(case) for case in several] == [None] * len(several)


def test_control_a_component_beyond_those_that_nodes_fill_is_caught() -> None:
    """A tenth is missing of one in eight."""
    for case in in_eight("path_of_component_6", str(PLUGINS / "field" / "path_of_component_6.py")):
        finding = measured_mean(case)
        assert finding is not None
        assert case.cell.components == "tied" or "[6]" in finding.place
