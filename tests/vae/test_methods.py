"""The laws of the estimators, through the encoder's weights, and mutants that break them by a hundredth or less.

Expectations are integrals over all normals of a tiny network; their tolerance is what two rules differ by.
"""

from collections.abc import Callable

import numpy as np
import pytest

from bench.vae import methods
from bench.vae.methods import RULES, Gradient, Looks, Method, Rule
from tests.support import autoencoder

LANDING = Method("pathwise", "sticking_the_landing")
JOINT, LOCAL, LOO = (Method(f"score_function{end}") for end in ("", "_local", "_loo"))
ROUND_OFF = 1e-12


def looks(data: int = 3, samples: int = 4, seed: int = 5) -> Looks:
    """Numbers of no network: what holds pointwise holds for any f and slope."""
    random = np.random.default_rng(seed)
    shape = (samples, data, 2)
    return Looks(
        random.normal(size=shape), np.exp(random.normal(size=shape[1:])), random.normal(3, 2, shape[:2]),
        random.normal(size=shape),
    )  # fmt: skip


def far(a: Gradient, b: Gradient) -> float:
    """The largest difference."""
    return max(float(np.abs(one - other).max()) for one, other in zip(a, b, strict=True))


def bias(several: tuple[Method, ...], samples: int, data: int) -> tuple[np.ndarray, float]:
    """[methods] the largest distance of an expectation from the exact gradient, and the tolerance of the integrals."""
    (fine, coarse), (exact, rough) = autoencoder.means(several, samples, data), autoencoder.exact(data)
    tolerance = np.abs(coarse - fine).max() + np.abs(rough - exact).max() + ROUND_OFF
    return np.abs(fine - exact).max(-1), float(tolerance)


def scaled(rule: Rule, factor: float) -> Rule:
    return lambda looks: Gradient(*(factor * values for values in rule(looks)))


def of_another(looks: Looks) -> Gradient:
    """The local score function with a thousandth of the neighbour's term for its own."""
    return methods.local(looks._replace(f=0.999 * looks.f + 0.001 * looks.f[:, ::-1]))


def of_variance(looks: Looks) -> Gradient:
    """The joint one whose score by log sigma forgets a thousandth of the square's mean."""
    by_mu, by_log_sigma = methods.joint(looks)
    return Gradient(by_mu, by_log_sigma + 0.001 * looks.f.sum(1).mean())


def entropy_off(looks: Looks) -> Gradient:
    by_mu, by_log_sigma = methods.pathwise(looks)
    return Gradient(by_mu, by_log_sigma - 0.001)


MUTANTS: dict[str, Rule] = {
    "the path by 0.1 %": scaled(methods.pathwise, 1.001),
    "0.1 % of the entropy": entropy_off,
    "0.1 % of another datum's term": of_another,
    "0.1 % of the square": of_variance,
    "sticking the landing by 0.1 %": scaled(methods.sticking_the_landing, 0.999),
}
OF_TWO: dict[str, Rule] = {"leave-one-out by 0.1 %": scaled(methods.leave_one_out, 1.001)}


@pytest.mark.parametrize(
    ("samples", "data", "mutants"), [(1, 2, MUTANTS), (2, 1, OF_TWO)], ids=["one draw", "two draws"]
)
def test_expectations_are_the_exact_gradient_and_those_of_mutants_are_not(
    samples: int, data: int, mutants: dict[str, Rule], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = [method for method in RULES if samples >= method.fewest]
    for name, mutant in mutants.items():
        monkeypatch.setitem(RULES, Method(name), mutant)  # type: ignore[arg-type]
    distance, tolerance = bias((*right, *map(Method, mutants)), samples, data)
    assert tolerance < 1e-5  # mutants are further off
    assert (distance[: len(right)] <= tolerance).all()
    assert (distance[len(right) :] > 10 * tolerance).all()


def loo_breaks(rule: Rule) -> bool:
    """Whether a rule is not the leave-one-out that its definition spells, or is moved by a constant of f."""
    values = looks()
    count = len(values.f)
    weights = np.array([values.f[k] - np.delete(values.f, k, axis=0).sum(0) / (count - 1) for k in range(count)])
    spelt = Gradient(
        (weights[..., None] * values.eps / values.sigma).mean(0), (weights[..., None] * (values.eps**2 - 1)).mean(0) - 1
    )
    moved = rule(values._replace(f=values.f + 1e3))
    return far(rule(values), spelt) > ROUND_OFF or far(rule(values), moved) > ROUND_OFF * 1e3


def test_leave_one_out_divides_by_one_less_and_knows_no_constant() -> None:
    assert not loo_breaks(methods.leave_one_out)
    assert loo_breaks(scaled(methods.leave_one_out, 1.001))
    assert loo_breaks(lambda looks: methods.leave_one_out(looks._replace(f=looks.f * 1.001)))
    assert loo_breaks(methods.local)


def test_sticking_the_landing_is_the_path_without_the_score() -> None:
    """d log q/d theta in whole is the score (mean zero) and what goes through z; the exact entropy has neither."""
    values = looks()
    score = Gradient((values.eps / values.sigma).mean(0), (values.eps**2 - 1).mean(0))
    path, landing = methods.pathwise(values), methods.sticking_the_landing(values)
    assert far(path, Gradient(*(a + b for a, b in zip(landing, score, strict=True)))) < ROUND_OFF


def landed(rule: Rule) -> float:
    """The largest gradient at a posterior that q is: p(x | z) flat, q = p(z) = N(0, 1), so f = z^2 / 2 + constant."""
    values = looks()
    at = values._replace(sigma=np.ones_like(values.sigma), slope=values.eps)
    return max(float(np.abs(by).max()) for by in rule(at))


def test_where_q_is_the_posterior_sticking_the_landing_has_no_variance_and_others_have() -> None:
    assert landed(methods.sticking_the_landing) == 0

    def with_score(looks: Looks) -> Gradient:
        """A thousandth of the score of q is left: the expectation is right all the same."""
        a, b = methods.sticking_the_landing(looks), methods.pathwise(looks)
        return Gradient(*(0.999 * x + 0.001 * y for x, y in zip(a, b, strict=True)))

    assert landed(with_score) > 1e-4
    assert landed(methods.pathwise) > 0.1


def neighbours(rule: Rule) -> float:
    """How far the first datum's gradient moves when the others' terms and draws do."""
    values = looks()
    others = looks(seed=6)
    mixed = Looks(*(np.concatenate([a[..., :1, :], b[..., 1:, :]], -2) if a.ndim > 1 and a.shape[-1] == 2 else a
                    for a, b in zip(values, others, strict=True)))  # fmt: skip
    mixed = mixed._replace(f=np.concatenate([values.f[:, :1], others.f[:, 1:]], 1))
    return max(float(np.abs(a[0] - b[0]).max()) for a, b in zip(rule(values), rule(mixed), strict=True))


@pytest.mark.parametrize("method", RULES, ids="-".join)
def test_the_joint_score_function_alone_mixes_data(method: Method) -> None:
    assert (neighbours(method.rule) > ROUND_OFF) == (method == JOINT)
    assert neighbours(of_another) > ROUND_OFF


def test_joint_and_local_are_the_same_of_one_datum() -> None:
    values = looks(data=1)
    assert far(methods.joint(values), methods.local(values)) == 0


SELECTED: dict[str, Callable[[Method], bool]] = {
    "needs two draws": lambda method: method.fewest == 2,
    "sticks the landing": lambda method: method.entropy == "sticking_the_landing",
}


def test_what_the_methods_are() -> None:
    assert [list(filter(kind, RULES)) for kind in SELECTED.values()] == [[LOO], [LANDING]]
    assert set(methods.ENTROPIES) == {method.entropy for method in RULES}
