"""Is what was stepped with the gradient? Estimates beside the paths are held against the exact gradient there.

At each checkpoint the estimates of all replicates, each from draws of its own, are averaged and held against the
average of the exact gradients, in standard errors; the scores of all checkpoints of a learner are added up to one.
Draws differ from checkpoint to checkpoint, so the sum over T of them has the spread sqrt(T). A biased estimator is not
compared.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from bench.config.learning import FEWEST_REPLICATES
from bench.descent import links, program
from bench.descent.curves import Learned, title
from bench.descent.spread import REPEATS
from bench.spec import Floats
from bench.statistics.moments import ROUND_OFF, quiet

FALSE_ALARM = 1e-6
MOST_CARRIED, FEWEST = 0.25, 4.0  # of an error by a replicate; but of few replicates that of each may be so many shares
CARRIED = "a few draws carry the variance"
FEW_LEFT = f"fewer than {FEWEST_REPLICATES} replicates are left to be averaged"
FAINTEST = 1e-150  # of a difference: the square of a smaller one has lost its digits, and a variance is one


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was compared, what was not and why; `failures` name the learners whose steps are not the gradient."""

    ok: bool
    checks: int
    bound: float
    level: float
    worst_gradient_z: float  # NaN where none was compared
    failures: tuple[str, ...]
    reasons: dict[str, int]  # why learners were not compared, and how many of them
    diverged: int  # replicates that were given up, of all learners
    replicates: int


def judge(several: Sequence[Learned]) -> Verdict:
    """The verdict over all learners."""
    scores = {learned: scores_of(learned) for learned in several}
    told = {learned: of_rows for learned, of_rows in scores.items() if not isinstance(of_rows, str)}
    compared = [(learned, name, z) for learned, of_rows in told.items() for name, z in of_rows]
    bound = float(stats.norm.isf(FALSE_ALARM / 2 / max(1, len(compared))))
    failures = tuple(
        f"{title(learned)}: the gradient by {name} that it steps with, z = {z:.3g}, allowed {bound:.3g}"
        for learned, name, z in compared
        if abs(z) > bound
    )
    return Verdict(
        ok=not failures,
        checks=len(compared),
        bound=bound,
        level=FALSE_ALARM,
        worst_gradient_z=max((abs(z) for *_, z in compared), default=float("nan")),
        failures=failures,
        reasons=dict(Counter(reason for reason in scores.values() if isinstance(reason, str))),
        diverged=sum(int((learned.path.left >= 0).sum()) for learned in several),
        replicates=sum(learned.path.left.size for learned in several),
    )


@quiet
def scores_of(learned: Learned) -> list[tuple[str, float]] | str:
    """(free number, z) of each of them; or why there is none."""
    if learned.case.biased:
        return "biased estimators step with another gradient"
    if np.isnan(learned.heights.gradient).all():
        return f"no exact gradient: {learned.heights.reason}"
    mean, variance = learned.path.estimates
    exact = _by_free_numbers(learned)
    here = np.isfinite(exact).all(axis=-1) & np.isfinite(mean).all(axis=-1) & np.isfinite(variance).all(axis=-1)
    size = abs(exact) + abs(mean)
    several = (
        mean - exact,
        variance / REPEATS,
        np.fmax(size, size[0].max()),
    )  # round-off is beside the start, at rest too
    here &= ~_lost(*several).any(axis=-1)
    off, error, size = (np.where(here[..., np.newaxis], values, 0.0).sum(axis=1) for values in several)
    enough = here.sum(axis=1) >= FEWEST_REPLICATES
    judged = enough & ~_carried(here, several[1])
    equal = abs(off) <= np.maximum(ROUND_OFF * size, FAINTEST)
    z = np.where(equal, 0.0, np.where(error > 0, off / np.sqrt(error), np.inf))  # [recorded, rows]
    if not judged.any():
        return CARRIED if enough.any() else FEW_LEFT if here.any() else "no finite estimate"
    totals = z[judged].sum(axis=0) / np.sqrt(judged.sum())
    family = learned.surface.subgrid.family
    moving = np.resize(links.moving(family, learned.learner.fixed), totals.size)
    rows = zip(_names(learned, totals.size), totals.tolist(), moving, strict=True)
    return [(name, z) for name, z, moves in rows if moves]


def _carried(here: Any, error: Floats) -> Any:
    """[recorded] Where a replicate or two carry the error of the mean, which then is no normal's."""
    there = np.where(here[..., np.newaxis], error, 0.0)
    share = there.max(axis=1) / np.where(there.sum(axis=1) > 0, there.sum(axis=1), 1.0)
    return (share > np.maximum(MOST_CARRIED, FEWEST / here.sum(axis=1)[:, np.newaxis])).any(axis=-1)


def _lost(off: Floats, error: Floats, size: Floats) -> Any:
    """[recorded, r, c * k] Where round-off has taken a spread that the estimates have elsewhere, and their digits."""
    return (error == 0) & (abs(off) > ROUND_OFF * size) & (error > 0).any(axis=(0, 1))


def _by_free_numbers(learned: Learned) -> Floats:
    """[recorded, r, c * k] The exact gradient by what is stepped in."""
    theta, family = learned.path.theta, learned.surface.subgrid.family
    learner, (low, high) = learned.learner, program.domain(family)
    link = np.array(links.chosen(family, learner.parameterisation, learner.fixed))
    _, rate = links.followed(links.free(theta, link, low, high), link, low, high)
    return np.asarray((learned.heights.gradient.reshape(theta.shape) * rate).reshape(*theta.shape[:2], -1))


def _names(learned: Learned, rows: int) -> Iterator[str]:
    """What the rows of a gradient are by."""
    parameters = list(learned.surface.subgrid.family.parameters)
    for row in range(rows):
        component, p = divmod(row, len(parameters))
        yield parameters[p] if rows == len(parameters) else f"{parameters[p]}[{component}]"


def words(verdict: Verdict) -> str:
    """The verdict for the terminal."""
    holes = "".join(f"; not compared: {count} learners ({reason})" for reason, count in verdict.reasons.items())
    given_up = f"; {verdict.diverged} of {verdict.replicates} replicates diverged" if verdict.diverged else ""
    if not verdict.ok:
        head = f"VERDICT FAILED: {len(verdict.failures)} of {verdict.checks} checks disagree"
        return "\n".join([head, *(f"  {failure}" for failure in verdict.failures[:10])])
    if not verdict.checks:
        return f"VERDICT none: nothing was compared with an oracle{holes}{given_up}"
    return (
        f"VERDICT ok: {verdict.checks} gradients that were stepped with are what the oracle says; "
        f"worst |z| {verdict.worst_gradient_z:.2f}, allowed {verdict.bound:.2f}{holes}{given_up}"
    )
