"""Axes by their keys, and the points between their values."""

import numpy as np
import pytest

from bench.config import compose, finer, settings
from bench.errors import BadInput
from bench.registry import Registry


def asked(plugins: Registry, *words: str) -> settings.Settings:
    compose.store(plugins)
    return settings.check(compose.compose("sweep", ["study=smoke", *words]), plugins)


def test_axes_are_named_as_the_command_line_names_them(plugins: Registry) -> None:
    axes = finer.axes(asked(plugins, "family=[normal,gamma]", "objective=[normal_target]", "mu=[0,[1,2]]"))
    assert axes["mu"] == (0.0,)  # a list is no number
    assert axes["family.gamma.alpha"] == (1.0,)
    assert axes["objective.normal_target.dimension"] == (2.0,)
    assert axes["sigma"] == (0.5, 2.0)


@pytest.mark.parametrize(
    ("along", "words"),
    [
        ("[mu]", "along=['mu'] is not allowed; allowed: axes of several numbers: sigma, dataset_size, samples"),
        ("[sigma,samples,dataset_size]", "allowed: one axis, for curves, or two, for a map"),
        ("[objective.cosine.k]", "allowed: axes of several numbers"),
    ],
)
def test_what_has_no_curve_is_refused(plugins: Registry, along: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        finer.require(asked(plugins, f"along={along}", "samples=[1,2]"))
    assert words in str(caught.value)


def test_points_lie_between_the_values_which_stay_themselves(plugins: Registry) -> None:
    fine = finer.finer(asked(plugins, "sigma=[0.1,3,1]"), ["sigma"], plugins).family["normal"]["sigma"]
    assert {0.1, 1.0, 3.0} < set(fine)
    assert list(fine) == sorted(fine)
    assert len(fine) == 65
    assert np.allclose(np.diff(np.log(fine[:33])), np.log(10) / 32)


@pytest.mark.parametrize(("values", "even"), [((-3.0, 3.0), np.diff), ((1.0, 3.0), np.diff)])
def test_points_are_even_in_numbers_where_the_values_are_near_each_other(values, even) -> None:
    assert np.ptp(even(finer.between(values, 9))) < 1e-12


def test_what_is_counted_has_whole_numbers(plugins: Registry) -> None:
    target = asked(
        plugins,
        "objective=[normal_target]",
        "objective.normal_target={m:[-1,1],dimension:[1,100]}",
    )
    dimensions = finer.finer(target, ["objective.normal_target.dimension"], plugins).objective["normal_target"][
        "dimension"
    ]
    assert dimensions[:5] == (1, 2, 3, 4, 5)
    assert all(float(d).is_integer() for d in dimensions)
    shifts = finer.finer(target, ["objective.normal_target.m"], plugins)
    assert len(shifts.objective["normal_target"]["m"]) == 65


def test_only_what_has_the_axis_stays(plugins: Registry) -> None:
    both = asked(plugins, "objective=[normal_target,squared_error]", "objective.normal_target.m=[0,1]")
    fine = finer.finer(both, ["objective.normal_target.m"], plugins)
    assert [*fine.objective] == ["normal_target"]


@pytest.mark.parametrize(
    ("along", "groups"),
    [
        (["sigma"], [("sigma",)]),
        (["sigma", "samples"], [("sigma", "samples")]),
        (["sigma", "mu"], [("sigma", "mu")]),
        (["objective.a.k", "objective.a.h"], [("objective.a.k", "objective.a.h")]),
        (["objective.a.k", "objective.b.k"], [("objective.a.k",), ("objective.b.k",)]),
        (["sigma", "objective.a.k", "objective.b.k"], [("sigma", "objective.a.k"), ("sigma", "objective.b.k")]),
    ],
)
def test_axes_of_several_objectives_are_beside_each_other(along: list[str], groups: list[tuple[str, ...]]) -> None:
    assert finer.together(along) == groups
