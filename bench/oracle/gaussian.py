"""Exact moments where y is normal and f a quadratic form of it: everything is a form of the noise, in any dimension.

y = mu + sigma eps makes f, with log q or without, a form of eps; the score is one by each parameter, and so is the
pathwise gradient: sum_j w_j or sum_j w_j eps_j with slopes w linear in eps. A score weighed by f is a product of forms.
"""

import numpy as np

from bench.engine.apply import tied
from bench.engine.case import Case
from bench.spec import Floats
from bench.statistics.cumulants import Sums, joined
from bench.statistics.forms import Quadratic, central_moments, joint_sums


def sums(case: Case) -> Sums:
    """F beside the score of each row."""
    f = _of_f(case)
    return joined([joint_sums(f, score) for score in _scores(case)])


def of_path(case: Case) -> tuple[Floats, Floats, Floats]:
    """[rows] (mean, variance, fourth central moment) of the pathwise gradient."""
    f = _of_f(case)
    mu_sigma = _theta(case)
    d = len(mu_sigma)
    slope, by_slope = f.linear / mu_sigma[:, 1], f.matrix / mu_sigma[:, 1:]  # w = slope + by_slope @ eps
    parts = []
    for j in range(d):
        turned = np.zeros((d, d))
        turned[j] = by_slope[j]
        by_sigma = Quadratic(0.0, slope[j] * np.eye(d)[j], turned + turned.T)
        parts.append([Quadratic(slope[j], by_slope[j], np.zeros((d, d))), by_sigma])
    forms = _added(case, parts)
    if case.adds_score:
        forms = [_sum([form, score]) for form, score in zip(forms, _scores(case), strict=True)]
    mean, variance, fourth = np.array([central_moments(form) for form in forms]).T
    return mean, variance, fourth


def _theta(case: Case) -> Floats:
    """[d, 2]."""
    return np.broadcast_to(case.theta, (case.cell.dimension, 2))


def _of_f(case: Case) -> Quadratic:
    """F as a form of eps, with log q where it is open."""
    assert case.objective.quadratic is not None
    matrix, centre, constant = case.objective.quadratic(case.data, case.cell.objective.phi)
    mu, sigma = _theta(case).T
    off = matrix @ (mu - centre)
    constant, linear, form = constant + (mu - centre) @ off / 2, sigma * off, sigma[:, np.newaxis] * matrix * sigma
    if case.opened:
        constant -= np.sum(np.log(sigma) + np.log(2 * np.pi) / 2)
        form = form - np.eye(len(mu))
    return Quadratic(float(constant), linear, form)


def _scores(case: Case) -> list[Quadratic]:
    """The score of each row: eps / sigma and (eps^2 - 1) / sigma of each component, or added up."""
    sigma, d = _theta(case)[:, 1], case.cell.dimension
    units = np.eye(d)
    parts = [
        [
            Quadratic(0.0, units[j] / sigma[j], np.zeros((d, d))),
            Quadratic(-1.0 / sigma[j], np.zeros(d), 2.0 * np.diag(units[j]) / sigma[j]),
        ]
        for j in range(d)
    ]
    return _added(case, parts)


def _added(case: Case, parts: list[list[Quadratic]]) -> list[Quadratic]:
    """The forms of each row, of parts[d][k]: as the gradients of components are."""
    fields = [np.array([[form[i] for form in row] for row in parts]) for i in range(3)]
    return [Quadratic(*form) for form in zip(*(tied(case, field) for field in fields), strict=True)]


def _sum(forms: list[Quadratic]) -> Quadratic:
    return Quadratic(*(sum(parts) for parts in zip(*forms, strict=True)))
