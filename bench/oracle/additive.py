"""What adds up in an estimator, so that one-dimensional integrals tell its moments: over components, over channels.

Each is seen from the kernels: on draws of which a part is exchanged for that of other draws.
"""

import itertools

import numpy as np

from bench.engine.apply import contributions, control_of, evaluated, scores, transported
from bench.engine.case import Case
from bench.engine.pilot import draws
from bench.oracle.exact import Exact
from bench.oracle.marks import values
from bench.oracle.nodes import Nodes, anywhere, expanded, is_read
from bench.oracle.routes import columns_of, moments_of
from bench.plan.rules import rows_of_weight
from bench.spec import Floats, Points, Weight, Weights
from bench.statistics.cumulants import central, sums_of
from bench.statistics.moments import ROUND_OFF, quiet

TRIED = 64  # draws
LEAST_CHANNELS = 3  # that are worth being told apart


def reads_components(case: Case) -> bool:
    """Whether what each component contributes reads that component alone, where f is a sum over them."""
    if isinstance(case.rule, Points):
        return not case.rule.at_once
    weights = [weight for weight in (case.rule.score, case.rule.path) if weight is not None]
    if "value" in weights or case.rule.joint:
        return False
    custom = [weight for weight in weights if isinstance(weight, Weight)]
    if any(weight.per not in ("component", "coordinate") or "value" in weight.needs for weight in custom):
        return False
    noise = draws(case, 2 * TRIED)
    ours, theirs, number = noise[..., :TRIED], noise[..., TRIED:], np.arange(case.cell.dimension)
    for weight in custom:
        rows = _weights(case, weight, ours)
        for bit in range(int(case.cell.dimension - 1).bit_length()):  # any two components differ in one
            for side in (0, 1):
                stays = (number >> bit & 1) == side
                mixed = np.where(stays[:, np.newaxis], ours, theirs)
                if not np.array_equal(_weights(case, weight, mixed)[stays], rows[stays], equal_nan=True):
                    return False
    return True


def _weights(case: Case, weight: Weight, noise: Floats) -> Floats:
    """[d, rows of a component, draws] A weight that has rows for each component."""
    noise = np.ascontiguousarray(noise)
    y = transported(case, noise)
    out = np.empty((rows_of_weight(weight, case.family, len(y)), y.shape[1]))
    weight.kernel(noise, y, case.tables, case.phi, evaluated(case, y, weight.needs), out)
    return out.reshape(len(y), -1, y.shape[1])


def groups_of(case: Case) -> list[list[int]]:
    """The groups of channels over which a rule of points that moves each component alone adds up; none of a single one.

    Two channels belong together where exchanging one matters more or less as the other is exchanged.
    """
    if not isinstance(case.rule, Points) or case.rule.at_once:
        return []
    if len(case.channels) < LEAST_CHANNELS or (case.cell.dimension > 1 and case.form.terms is None):
        return []
    noise = draws(case, 2 * TRIED)
    before = _exchanged(case, noise, [])
    size = 64 * ROUND_OFF * abs(before).max(axis=1, keepdims=True)
    groups: list[list[int]] = []
    for c in (c for c in range(len(case.channels)) if is_read(case, c)):
        change = _exchanged(case, noise, [c]) - before
        with_it = [
            group
            for group in groups
            if np.any(abs(_exchanged(case, noise, [c, *group]) - _exchanged(case, noise, group) - change) > size)
        ]
        groups = [group for group in groups if group not in with_it] + [[*itertools.chain.from_iterable(with_it), c]]
    return groups if len(groups) > 1 else []


def _exchanged(case: Case, noise: Floats, channels: list[int]) -> Floats:
    """[rows, draws] The contributions of the first half of some noise, with channels of the second."""
    moved = noise[..., :TRIED].copy()
    moved[channels] = noise[channels, :, TRIED:]
    return contributions(case, moved)


@quiet
def of_groups(case: Case, grid: Nodes) -> Exact:
    """A sum over components and groups of channels, from the nodes of each: cumulants add up.

    So do they over columns of coupled draws, for a sampler couples the draws of each channel apart from the others.
    """
    still = np.array([np.tile(anywhere(channel)[0], (case.cell.dimension, 1)) for channel in case.channels])
    columns, at_rest = columns_of(case, grid.noise, grid.coupled), columns_of(case, *expanded(case, still))[..., 0]
    mean, variance, cumulant = (1 - len(grid.blocks)) * at_rest, np.zeros(at_rest.shape), np.zeros(at_rest.shape)
    ends = np.cumsum(grid.blocks)[:-1]
    for of_group, weights in zip(np.split(columns, ends, axis=2), np.split(grid.weights, ends, axis=1), strict=True):
        first = np.einsum("jkm,jm->jk", of_group, weights)
        off = of_group - first[..., np.newaxis]
        second, fourth = (np.einsum("jkm,jm->jk", off**p, weights) for p in (2, 4))
        mean, variance, cumulant = mean + first, variance + second, cumulant + fourth - 3 * second**2
    if case.cell.components != "untied":
        mean, variance, cumulant = mean.sum(axis=0), variance.sum(axis=0), cumulant.sum(axis=0)
    return moments_of(mean.ravel(), variance.ravel(), (cumulant + 3 * variance**2).ravel(), coupled=grid.coupled)


def taken_off(case: Case, noise: Floats) -> Floats:
    """[rows of the score's weight, draws] What a weight is at f = 0, with the opposite sign: the control variate."""
    assert isinstance(case.rule, Weights)
    weight = case.rule.score
    assert isinstance(weight, Weight)
    y = transported(case, noise)
    f = evaluated(case, y, ["value"])
    return -_at(case, weight, noise, y, np.zeros_like(f.value))


def _at(case: Case, weight: Weight, noise: Floats, y: Floats, value: Floats) -> Floats:
    """[rows, draws] A weight where f had these values."""
    f = evaluated(case, y, ["value"])._replace(value=value)
    out = np.empty((rows_of_weight(weight, case.family, len(y)), y.shape[1]))
    weight.kernel(noise, y, case.tables, case.phi, f, out)
    return out


def takes_off_a_sum(case: Case) -> bool:
    """Whether a score is weighed by f - h, h a sum over components, for f of any size; for tied ones the same h."""
    rule = case.rule
    if not isinstance(rule, Weights) or not isinstance(rule.score, Weight) or case.family.combinations:
        return False
    weight = rule.score
    if weight.per == "component" or set(weight.needs) != {"value"}:
        return False
    noise = draws(case, TRIED)
    h, y = taken_off(case, noise), transported(case, noise)
    f = evaluated(case, y, ["value"]).value
    spread = abs(f[np.isfinite(f)]).max(initial=1.0)
    for size in (s * spread * 10.0**power for power in range(-3, 7) for s in (1, -1)):
        value = np.ascontiguousarray(size * np.linspace(0.1, 1.0, TRIED)[np.newaxis])
        off = abs(value - h - _at(case, weight, noise, y, value))
        if not np.all(off <= 4 * ROUND_OFF * (abs(size) + abs(h).max())):
            return False
    allowed = 64 * ROUND_OFF * abs(h).max(initial=0.0) * case.cell.dimension
    by_component = h.reshape(case.cell.dimension, -1, TRIED) if weight.per == "coordinate" else h[np.newaxis]
    if case.cell.components != "untied" and np.ptp(by_component, axis=0).max() > allowed:
        return False
    return bool(np.all(abs(_parts(case, noise).sum(axis=1) - h) <= allowed))


def _parts(case: Case, noise: Floats) -> Floats:
    """[rows of the weight, d, m] The part of h that each component has, at its own column of noise[channels, d, m]."""
    still = draws(case, 1)
    at_rest = taken_off(case, still)
    parts = []
    for j in range(case.cell.dimension):
        moved = np.repeat(still, noise.shape[2], axis=2)
        moved[:, j] = noise[:, j]
        parts.append(taken_off(case, moved) - at_rest * (1 - 1 / case.cell.dimension))
    return np.stack(parts, axis=1)


@quiet
def of_controlled(case: Case, grid: Nodes) -> Exact:
    """F - h (+ 1 where log q is differentiated wholly) times scores: joint cumulants of the sums of each row."""
    y = transported(case, grid.noise)
    f, s, h = values(case, y), scores(case, grid.noise, y), _parts(case, grid.noise)
    d, k = s.shape[:2]
    of_component = h.reshape(-1, k if len(h) > 1 else 1, *h.shape[1:])  # rows of a draw, of parameters, of coordinates
    h = np.broadcast_to(of_component, (d, k, *h.shape[1:]))
    is_untied, by = case.cell.components == "untied", np.array(float(case.adds_score))
    moments = []
    for j in range(d if is_untied else 1):
        for p in range(k):
            sums = sums_of(f - h[j, p], s[:, p], grid.weights, is_untied).shifted(by)
            moments.append(central(sums.products()[:, j]))
    mean, variance, fourth = (np.array(row) for row in zip(*moments, strict=True))
    return moments_of(mean + control_of(case), variance, fourth)
