"""Which kernels are a user's, and what is called: the machine code that the engine calls."""

import numpy as np
import pytest

from bench.kernels import calls
from bench.kernels.jit import kernel
from bench.plan.streams import Member, Subgrid
from bench.probe.kernels import Called, Users, interpreted, of_users
from bench.registry import Registry
from bench.spec import Component, Objective, Variant
from bench.wrap import objective


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[0] <- f, whatever comes first."""
    for i in range(out.shape[1]):
        out[0, i] = f.value[0, i]


def subgrid(plugins: Registry, estimators: tuple[str, ...], f: Objective | None = None) -> Subgrid:
    """The estimators on an objective in the normal family, without cells."""
    normal, f = plugins.get("family", "normal"), f or plugins.get("objective", "squared_error")
    made = [plugins.get("estimator", name) for name in estimators]
    rules = [plugin.rule(normal) if callable(plugin.rule) else plugin.rule for plugin in made]
    members = tuple(Member(Variant(e.name), e, rule) for e, rule in zip(made, rules, strict=True))
    return Subgrid(f, next(iter(f.forms["shared"].values())), normal, members, (), (1,), frozenset())


def names(part: Subgrid, *users: tuple[str, str]) -> list[str]:
    return [called.place.rpartition(": ")[2] for called in of_users(part, Users(dict.fromkeys(users, "my.py")))]


ALL = ("pathwise", "score_function_loo", "measure_valued")


@pytest.mark.parametrize(
    ("users", "expected"),
    [
        ((), []),
        ([("estimator", "pathwise")], []),
        ([("estimator", "score_function_loo")], ["joint"]),
        ([("estimator", "measure_valued")], ["place", "combine"]),
        ([("objective", "squared_error")], ["value", "slope"]),
        (
            [("family", "normal")],
            ["transport", "score", "path", "log_density", "slope", "moments", "joint", "place", "combine"],
        ),
    ],
)
def test_kernels_are_those_of_the_users_plugins(plugins: Registry, users, expected: list[str]) -> None:
    """And the rules that are made of a family of the user's."""
    found = names(subgrid(plugins, ALL), *users)
    assert [name for name in found if name not in ("terms", "curvature")] == expected


def test_a_kernel_of_the_user_has_its_own_file_and_name_and_a_wrapped_one_the_plugins(plugins: Registry) -> None:
    wrapped = subgrid(plugins, ("pathwise",), objective("mine", lambda y: y[0], slope=lambda y: np.ones_like(y)))
    users = Users({("objective", "mine"): "my.py"})
    assert [called.place for called in of_users(wrapped, users)] == ["plugins: my.py: value", "plugins: my.py: slope"]
    assert not any(interpreted(called.function) for called in of_users(wrapped, users))
    assert interpreted(combine)


def test_the_code_that_is_called_is_that_of_the_signature() -> None:
    """Numba types a tuple of three like arrays otherwise than the signature does, and would compile once more."""
    calls.address(combine, calls.COMBINE)
    f, out = Component(*np.ones((3, 1, 4))), np.zeros((2, 4))
    Called(combine, calls.COMBINE, "here").compiled(np.ones((1, 1, 4)), 0, np.ones(2), np.empty(0), f, True, out)
    assert np.array_equal(out, [[1.0] * 4, [0.0] * 4])
    assert len(combine.overloads) == 1
