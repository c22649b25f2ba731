"""Where f jumps, kinks or is narrower than nodes would see: seen on equal steps of the noise, without being told.

Fourth differences of a function that 1,000 nodes resolve are nothing beside it; at a jump they are as large as it is,
at a kink as large as a step. A jump is then bisected on the values of f to the last bit.
"""

from dataclasses import replace

import numpy as np

from bench.engine.apply import evaluated, transported
from bench.engine.case import Case
from bench.oracle.search import SearchEnded
from bench.spec import Floats
from bench.statistics.moments import quiet

STEPS = 2**16  # of all components together
LEAST_STEPS, MOST_STEPS = 2**12, 2**20  # of one, and of all
RARE = 1e-18  # density beside the largest: beyond, nothing is looked at
ROUGH = 1e-6  # fourth difference beside what f is around it
NOTHING = 1e-6  # of the root mean square of f: where f is smaller, it is held against that
APART = 8  # steps between two rough places
MOST_MARKS = 64  # rough places of one component that are followed
HALVINGS = 64


def marks(case: Case) -> list[Floats]:
    """[d] the y_j at which panels should end, in order: declared breaks, and what is seen of f or of its terms.

    Nothing is seen of f that does not separate, has too many components or costs more than may be spent; a discrete
    family has values of y and no places between them.
    """
    if case.discrete:
        return [np.empty(0)] * case.cell.dimension
    declared = [np.array(case.breaks, dtype=float)] * case.cell.dimension
    d, channel = case.cell.dimension, case.family.channels[0]
    if case.family.path is None or channel.density is None or (d > 1 and case.form.terms is None):
        return declared
    count = max(LEAST_STEPS, STEPS // d)
    if count * d > (MOST_STEPS if case.budget is None else min(MOST_STEPS, case.budget)):
        return declared
    reached = np.linspace(*channel.ends, LEAST_STEPS)
    density = channel.density(reached)
    reached = reached[density > RARE * density.max()]
    noise = np.zeros((len(case.channels), d, count))
    noise[0] = np.linspace(reached[0], reached[-1], count)
    case = replace(case, cell=replace(case.cell, entropy=None))  # log q is smooth
    y = transported(case, noise)
    f, density = values(case, y), channel.density(noise[0, 0])
    return [np.unique(np.concatenate([declared[j], _rough(case, j, y[j], f[j], density)])) for j in range(d)]


def values(case: Case, y: Floats) -> Floats:
    """[d, draws] f, or its terms, at y[d, draws]."""
    name = "value" if case.cell.dimension == 1 else "terms"
    return np.asarray(getattr(evaluated(case, y, [name]), name)[0].reshape(y.shape))


@quiet
def _rough(case: Case, j: int, y: Floats, f: Floats, density: Floats) -> Floats:
    """The ends of the rough runs of steps, and the jumps in them."""
    nothing = NOTHING * np.sqrt(density @ np.where(np.isfinite(f), f, 0.0) ** 2 / density.sum())
    differences = abs(f[:-4] - 4.0 * (f[1:-3] + f[3:-1]) + 6.0 * f[2:-2] + f[4:])
    (places,) = np.nonzero(differences > ROUGH * (abs(f[:-4]) + abs(f[4:]) + nothing))
    if not places.size:
        return np.empty(0)
    runs = np.split(places, np.nonzero(np.diff(places) > APART)[0] + 1)
    if len(runs) > MOST_MARKS:
        raise SearchEnded(f"f jumps, kinks or turns at more than {MOST_MARKS} places")
    ends = [(run[0], run[-1] + 4) for run in runs]
    steepest = np.array([first + abs(np.diff(f[first : last + 1])).argmax() for first, last in ends])
    jumps = _bisected(case, j, y[steepest], y[steepest + 1])
    return np.concatenate([y[np.array(ends).ravel()], jumps])


def _bisected(case: Case, j: int, low: Floats, high: Floats) -> Floats:
    """The first y after each jump between low and high; those that prove steep and no jump are left out."""

    def f(at: Floats) -> Floats:
        y = np.zeros((case.cell.dimension, at.size))
        y[j] = at
        return np.asarray(values(case, y)[j])

    before, after = f(low), f(high)
    height = abs(after - before)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        at = f(middle)
        lower = abs(at - before) > abs(after - at)  # the jump is below the middle
        low, before = np.where(lower, low, middle), np.where(lower, before, at)
        high, after = np.where(lower, middle, high), np.where(lower, at, after)
    return high[abs(after - before) > 0.5 * height]
