"""Ways to the exact moments of an estimator, from its own kernels at given nodes of its noise.

Where f is a sum over components, so are cumulants; where the gradient is f times a sum of scores, joint cumulants are
(`bench.statistics.cumulants`). Where f is no sum, nodes fill all components.
An estimate of K draws averages K / coupled independent columns; leave-one-out is a sample covariance
(`bench.statistics.covariance`); any other U-statistic of degree 2 has the variance
(4 (h - 2) zeta_1 + 2 zeta_2) / (h (h - 1)) for h draws. Hoeffding (1948), section 5. That it is one is tried for every
number of draws that is asked for (`broken_claim`).
"""

from dataclasses import replace

import numpy as np

from bench.engine.apply import averaged, contributions, evaluated, scores, tied, transported, untied
from bench.engine.case import Case
from bench.oracle.exact import Exact, none
from bench.oracle.marks import values
from bench.oracle.nodes import Nodes
from bench.oracle.subsets import is_u_statistic
from bench.plan.rules import rows_of_weight
from bench.spec import Floats, Weight, Weights
from bench.statistics import covariance
from bench.statistics.cumulants import Sums, central, joined, sums_of
from bench.statistics.cumulants import moments as joint_of
from bench.statistics.moments import ROUND_OFF, quiet
from bench.wrap.lifted import uncompiled

TRIED = 64  # draws on which a rule's own weight is held against f


def shifts(case: Case, noise: Floats) -> Floats | None:
    """b where a score is weighed by f - b, frozen in the cell; None where it is weighed otherwise.

    [k and combinations], or [rows] where each component has its own.

    Seen at noise[channels, d, draws], for values of f of either sign and of nine orders of magnitude.
    """
    assert isinstance(case.rule, Weights)
    weight, rows = case.rule.score, case.family.rows
    if weight == "value":
        return np.zeros(rows) if case.rule.joint is None else None
    if not isinstance(weight, Weight) or weight.per == "component" or set(weight.needs) != {"value"}:
        return None
    if case.rule.constant:
        return None
    y = transported(case, noise)
    f = evaluated(case, y, ["value"])
    spread = np.abs(f.value[np.isfinite(f.value)]).max(initial=1.0)
    shift, count = [], y.shape[1]
    for size in (1.0, *np.concatenate([1 - 2 * (np.arange(10) % 2)]) * spread * 10.0 ** np.arange(-3, 7)):
        value = f.value if size == 1.0 else size * np.linspace(0.1, 1.0, count)[np.newaxis]
        weights = np.empty((rows_of_weight(weight, case.family, len(y)), count))
        of_value = f._replace(value=np.ascontiguousarray(value))
        uncompiled(weight.kernel)(noise, y, case.tables, case.phi, of_value, weights)
        shift.append((value - weights, abs(value).max() + abs(weights).max()))
    b = shift[0][0][:, :1]
    if case.family.combinations and np.ptp(b) > 4 * ROUND_OFF * shift[0][1]:
        return None  # a combination is no f less one number, times a score
    same = all(np.all(abs(difference - b) <= 4 * ROUND_OFF * largest) for difference, largest in shift)
    if not same:
        return None
    if weight.per == "coordinate" and not case.family.combinations:
        by_component = b.reshape(len(y), -1)
        if case.cell.components == "untied":
            return np.asarray(by_component.ravel())
        return by_component[0] if np.ptp(by_component, axis=0).max() <= 4 * ROUND_OFF * shift[0][1] else None
    b = b[:1] if case.family.combinations else b
    return np.broadcast_to(b[:, 0], rows)


def leaves_one_out(rule: Weights) -> bool:
    """Whether the weights of two draws are the differences of their values."""
    value, out = np.array([0.3, -1.7, 2.0, 0.3, 5.5, 4.0]), np.empty(6)
    assert rule.joint is not None
    rule.joint(value, 2, out)
    difference = value[:3] - value[3:]
    expected = np.concatenate([difference, -difference])
    return bool(np.allclose(out, expected, rtol=ROUND_OFF, atol=ROUND_OFF))


def columns_of(case: Case, noise: Floats, coupled: int) -> Floats:
    """[d, k, m] What a column of coupled draws contributes for each component."""
    rows = case.family.rows
    return np.asarray(contributions(untied(case), noise).reshape(noise.shape[1], rows, coupled, -1).mean(axis=2))


def products_of(case: Case, noise: Floats, coupled: int) -> Floats:
    """[d, 1 + 2 k, m] f_j, the scores, and the products of both."""
    y = transported(case, noise)
    f, s = values(case, y)[:, np.newaxis], scores(case, noise, y)
    return np.concatenate([f, s, f * s], axis=1)


def weighed_of(case: Case, noise: Floats, coupled: int) -> Floats:
    """[d, rows of a component, m] f_j times the scores, and times combinations of them."""
    y = transported(case, noise)
    return np.asarray(values(case, y)[:, np.newaxis] * _apart(case, scores(case, noise, y)))


def _apart(case: Case, s: Floats) -> Floats:
    """[d, rows of a component, m] The score[d, k, m] of each component, and the combinations of it."""
    return tied(untied(case), s).reshape(len(s), case.family.rows, -1)


def whole_of(case: Case, noise: Floats, coupled: int) -> Floats:
    """[1, rows, m] What a column of coupled draws contributes; f times the scores, where all draws weigh it."""
    out = contributions(case, noise)
    joint = isinstance(case.rule, Weights) and case.rule.joint is not None
    out = out[:1] * out[1:] if joint else out
    return np.asarray(out.reshape(len(out), coupled, -1).mean(axis=1))[np.newaxis]


@quiet
def together(case: Case, grid: Nodes) -> Exact:
    """From the contributions at nodes of all components: [rows, coupled, m]."""
    (weights,) = grid.weights
    out = contributions(case, grid.noise)
    columns = out.reshape(len(out), grid.coupled, -1).mean(axis=1)
    mean = columns @ weights
    second, fourth = (((columns - mean[:, np.newaxis]) ** p) @ weights for p in (2, 4))
    return moments_of(mean, second, fourth, coupled=grid.coupled)


@quiet
def of_sum(case: Case, grid: Nodes) -> Exact:
    """A sum over components, from the contributions of each at its own nodes: their cumulants add up."""
    columns = columns_of(case, grid.noise, grid.coupled)
    mean = np.einsum("jkm,jm->jk", columns, grid.weights)
    centred = columns - mean[..., np.newaxis]
    second, fourth = (np.einsum("jkm,jm->jk", centred**p, grid.weights) for p in (2, 4))
    if case.cell.components == "untied":
        return moments_of(mean.ravel(), second.ravel(), fourth.ravel(), coupled=grid.coupled)
    variance = second.sum(axis=0)
    return moments_of(
        mean.sum(axis=0), variance, (fourth - 3 * second**2).sum(axis=0) + 3 * variance**2, coupled=grid.coupled
    )


def _sums(case: Case, grid: Nodes) -> Sums:
    """F beside the score of each row, summed over components where they are tied: from each alone, or all together."""
    y = transported(case, grid.noise)
    s = scores(case, grid.noise, y)
    if len(grid.weights) < len(y):
        f, by_row = evaluated(case, y, ["value"]).value, tied(case, s)
        return joined([sums_of(f, row[np.newaxis], grid.weights) for row in by_row])
    f, is_untied = values(case, y), case.cell.components == "untied"
    alone = _apart(case, s)
    return joined([sums_of(f, alone[:, p], grid.weights, is_untied) for p in range(case.family.rows)])


def broken_claim(case: Case, samples: int) -> str:
    """Why moments of so many draws do not follow from those of `degree` draws; empty where they do."""
    degree, joint = case.estimator.degree, case.rule.joint if isinstance(case.rule, Weights) else None
    if joint is None or degree == 1 or samples <= degree or is_u_statistic(joint, degree, samples):
        return ""
    return f"an estimate of {samples} draws is not the mean over each {degree} of them, as degree={degree} claims"


@quiet
def of_product(case: Case, grid: Nodes) -> Exact:
    """F - b (+ 1 where log q is differentiated wholly) times scores: joint cumulants of the sums."""
    off = shifts(case, grid.noise)
    if off is None:
        return none(case, "the draws that were tried do not tell how f is weighed")
    return weighed_by(case, off, _sums(case, grid))


def weighed_by(case: Case, off: Floats, sums: Sums) -> Exact:
    """F - off (+ 1) times the score of each row."""
    by = np.tile(case.adds_score - off, case.rows // off.size)
    return moments_of(*central(sums.shifted(by).products()))


@quiet
def of_covariance(case: Case, grid: Nodes) -> Exact:
    """Leave-one-out, from the sums of F beside scores."""
    return covariance_of(case, _sums(case, grid))


def covariance_of(case: Case, sums: Sums) -> Exact:
    """Leave-one-out is the sample covariance of F and S, + the mean of S where log q is differentiated wholly.

    Its projection is (F - E F) S / 2 + S / 2.
    """
    adds = float(case.adds_score)
    joint = joint_of(sums.with_means(0.0).cumulants)
    scale, of_s = sums.scale, adds / sums.scale_f

    def of_draws(samples: int) -> tuple[Floats, Floats]:
        _, variance, fourth = covariance.moments(joint, samples, of_s)
        return variance * scale**2, fourth * scale**4

    mean, variance, fourth = covariance.moments(joint, 2, of_s)
    _, projection, _ = central(sums.with_means(adds).products())
    exact = moments_of(mean * scale, variance * scale**2, fourth * scale**4, projection / 4, degree=2)
    return replace(exact, of_draws=of_draws)


@quiet
def of_pairs(case: Case, grid: Nodes) -> Exact:
    """A U-statistic of degree 2: its kernel h at every pair of nodes of a draw. f is evaluated at the nodes alone."""
    (weights,) = grid.weights
    m, alone = weights.size, contributions(case, grid.noise)
    both = np.concatenate([np.repeat(alone, m, axis=1), np.tile(alone, m)], axis=1)
    h = averaged(case, both, 2).reshape(-1, m, m)
    mean = h @ weights @ weights
    h = h - mean[:, np.newaxis, np.newaxis]
    projection = (h @ weights) ** 2 @ weights
    squares = h * h
    variance, fourth = (powers @ weights @ weights for powers in (squares, squares * squares))
    return moments_of(mean, variance, fourth, projection, degree=2)


def moments_of(
    mean: Floats,
    variance: Floats,
    fourth: Floats,
    projection: Floats | None = None,
    coupled: int = 1,
    degree: int = 1,
) -> Exact:
    """The moments, with a spread of nothing but round-off as 0, and 3 for the kurtosis of a constant."""
    constant_rows = variance <= (ROUND_OFF * mean) ** 2
    projection = np.where(constant_rows, 0.0, variance if projection is None else projection)
    variance = np.where(constant_rows, 0.0, variance)
    kurtosis = np.where(constant_rows, 3.0, fourth / np.where(constant_rows, 1.0, variance) ** 2)
    return Exact(mean, variance, kurtosis, projection, coupled, degree)
