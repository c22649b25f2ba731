"""What theory says of SGD with a constant step: how it spreads at rest, how far above the least F, how fast it comes.

exact               where an estimate is linear in the free numbers with noise that is the same everywhere, as pathwise
                    on a quadratic with sigma fixed
first order         elsewhere, in the rate, from the exact variance and the curvature at the optimum
linear convergence  where an estimate has no spread at the optimum, as where sticking the landing has landed: the error
                    falls to nothing by a constant factor a step, to first order in the error
Else there is a reason. `bench.descent.recursion` has the formulas, `bench.descent.stationary` what is measured.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bench.descent import links, recursion, stationary
from bench.descent.curvature import Rest, curvature, rest_of
from bench.descent.curves import Learned, keys_of
from bench.descent.steps import adds_up, at, products, spread
from bench.engine.case import Case
from bench.engine.pilot import frozen
from bench.plan.cells import Plan
from bench.spec import Floats
from bench.statistics.moments import quiet

MOST = 64  # free numbers
DIAGONAL = 1e-6  # of the curvatures beside it: less off the diagonal is none
LANDED = 1e-9  # of the size of a free number: steps that spread less at rest spread no more
SPREADS = (1.0, -3.0)  # at which a step is seen to be linear, beside the start
STILL = 0.01  # of the floor
COARSE = 0.05  # rate times curvature, or what else first order leaves out: beyond, it is far enough off to be said
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a learner does in the end; `kind` is how it is known, or why it is not, `note` why a part is missing."""

    kind: str
    variance: float = NAN  # of the free numbers, their trace
    floor: float = NAN  # of E F - F*
    contraction: float = NAN  # of the squared error in a step, of its mean where first order; in the slowest direction
    note: str = ""


def row(learned: Learned, plan: Plan, recorded: tuple[int, ...]) -> dict[str, Any]:
    """The row of theory.csv of a learner."""
    prediction = predicted(learned)
    measured = stationary.measured(learned, recorded)
    restless = _restless(learned, prediction, recorded[-1]) if np.isfinite(measured.floor[0]) else ""
    return {
        **keys_of(learned, plan),
        "kind": prediction.kind,
        "note": prediction.note or restless or measured.note,
        "stationary_variance": prediction.variance,
        "floor": prediction.floor,
        "contraction": prediction.contraction,
        **measured.columns(),
    }


@quiet
def predicted(learned: Learned) -> Prediction:
    """What theory says of a learner."""
    case, learner, optimum = learned.case, learned.learner, learned.optimum
    if learner.optimiser != "sgd" or learner.schedule != "constant":
        return Prediction("theory is of sgd with a constant rate")
    if case.biased:
        return Prediction("biased estimators step with another gradient")
    if optimum is None:
        return Prediction(f"no exact optimum{': ' + learned.heights.reason if learned.heights.reason else ''}")
    rest = rest_of(case.family, learner, optimum)
    if not rest.inside:
        return Prediction("F is least at an end of the domain")
    if rest.numbers(rest.rho).size > MOST:
        return Prediction(f"more than {MOST} free numbers")
    bend = curvature(learned.surface, rest)
    if isinstance(bend, str):
        return Prediction(bend)
    highest = np.linalg.eigvalsh(bend)[-1]
    if learner.learning_rate * highest >= 2:
        steepest = learner.learning_rate * highest
        return Prediction(
            f"steps are too long: the rate times the largest curvature is {steepest:.3g}, allowed below 2"
        )
    return _at_rest(learned, frozen(case), rest, bend)


def _at_rest(learned: Learned, case: Case, rest: Rest, bend: Floats) -> Prediction:
    """Of steps that come to rest."""
    rate, samples, size = learned.learner.learning_rate, learned.learner.cell.samples, len(rest.rho)
    across, within = _off_diagonal(bend, size)
    if across:
        return Prediction("components lean on each other, and their steps' covariance is not known")
    noise = spread(case, rest, samples, together=within)
    if isinstance(noise, str):
        return Prediction(noise)
    covariance, contraction = recursion.first_order(bend, noise, rate)
    spreads, sizes = np.sqrt(np.diag(covariance)), np.maximum(1.0, abs(rest.numbers(rest.rho)))
    start = rest.numbers(np.broadcast_to(_start(case, rest), rest.rho.shape)) - rest.numbers(rest.rho)
    reach = np.array([start, *(times * (spreads + LANDED * sizes) for times in SPREADS)])
    if adds_up(case, rest, samples, bend, reach):
        full = spread(case, rest, samples, together=True)
        noise = noise if isinstance(full, str) else full
        covariance, contraction = recursion.exact(bend, noise, rate)
        return Prediction("exact", np.trace(covariance), np.trace(bend @ covariance) / 2, contraction)
    if np.all(spreads <= LANDED * sizes):
        blocks = products(at(case, rest, rest.rho), rest, samples, bend)
        if isinstance(blocks, str):
            return Prediction("linear convergence", 0.0, 0.0, note=blocks)
        m = len(bend) // len(blocks)
        bends = [bend[i : i + m, i : i + m] for i in range(0, len(bend), m)]
        slowest = max(recursion.vanishing(block, of_block, rate) for block, of_block in zip(bends, blocks, strict=True))
        return Prediction("linear convergence", 0.0, 0.0, slowest)
    floor, notes = np.trace(bend @ covariance) / 2, []
    if (reach := rate * np.linalg.eigvalsh(bend)[-1]) > COARSE:
        notes.append(f"the rate times the largest curvature is {reach:.2g}, and first order is off by about as much")
    if (more := _growth(case, rest, samples, spreads) / np.trace(noise) - 1) > COARSE:
        notes.append(
            f"a standard deviation away from rest a step's variance is {100 * more:.2g} % above that at rest, which "
            "first order leaves out"
        )
    return Prediction("first order", np.trace(covariance), floor, contraction, "; ".join(notes))


def _growth(case: Case, rest: Rest, samples: int, spreads: Floats) -> float:
    """The variance of a step that is taken a standard deviation of all free numbers away; NaN where it is not known."""
    sides = (replace(rest, rho=rest.moved(way)) for way in (spreads, -spreads))
    several = [spread(case, side, samples, together=False) for side in sides]
    return float(np.mean([NAN if isinstance(noise, str) else np.trace(noise) for noise in several]))


@quiet
def _restless(learned: Learned, prediction: Prediction, steps: int) -> str:
    """Where the way from the start is still seen in the last half of the steps."""
    if learned.optimum is None or not prediction.floor >= 0:
        return ""
    way = float(learned.heights.value[0]) - learned.optimum.value  # all replicates start alike
    nothing = stationary.ROUND_OFF * max(1.0, abs(learned.optimum.value))
    still = way * prediction.contraction ** (steps / 2) > max(STILL * prediction.floor, nothing)
    return "measured before it is at rest: more steps would tell" if still else ""


def _start(case: Case, rest: Rest) -> Floats:
    """[c or 1, k] Where the learner starts, in free numbers."""
    return links.free(case.theta, rest.link, rest.low, rest.high)


def _off_diagonal(bend: Floats, components: int) -> tuple[bool, bool]:
    """Whether F curves across components, and across the parameters of one component."""
    scale = np.sqrt(np.outer(np.diag(bend), np.diag(bend)))
    there = abs(bend - np.diag(np.diag(bend))) > DIAGONAL * scale
    alike = np.kron(np.eye(components), np.ones((len(bend) // components,) * 2)) > 0
    return bool((there & ~alike).any()), bool((there & alike).any())
