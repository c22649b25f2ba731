"""The rows of curves.csv and paths.csv: what the replicates of a learner did, as medians and quantiles over them.

A replicate that was given up has loss, gap and distance inf from then on, so that quantiles do not look better for its
loss; its parameters are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.descent import links
from bench.descent.learners import Learner
from bench.descent.optimum import Optimum
from bench.descent.paths import Path
from bench.descent.surface import Heights, Surface
from bench.engine.case import Case
from bench.plan.cells import Plan, label, theta_text
from bench.plan.streams import Member
from bench.spec import Floats
from bench.statistics.medians import median
from bench.statistics.moments import quiet
from bench.tables.curves import QUANTILES, QUANTITIES

LOSSES = ("loss", "gap", "distance")  # inf of a replicate that was given up


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A learner with its path, and what is known of where it went."""

    learner: Learner
    member: Member
    case: Case  # of its estimator at the start
    path: Path
    surface: Surface
    heights: Heights  # at theta[recorded * r] of the path
    optimum: Optimum | None
    evaluations: int  # of f, of one replicate in one step
    step_s: float  # of one replicate; NaN where no time was measured
    step_ends: tuple[float, float] | None = None  # of the interval of that median


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a learner in both tables."""

    curves: list[dict[str, Any]]
    paths: list[dict[str, Any]]


def rows(learned: Learned, plan: Plan, recorded: tuple[int, ...]) -> Rows:
    """The rows of one learner."""
    theta = learned.path.theta
    heights = learned.heights
    value = heights.value.reshape(theta.shape[:2])
    family = plan.families[learned.learner.cell.family]
    moving = links.moving(family, learned.learner.fixed)
    slopes = np.linalg.norm((heights.gradient[..., moving]).reshape(*theta.shape[:2], -1), axis=-1)
    quantities = {
        "loss": value,
        **_beside_optimum(learned.optimum, theta, value),
        "gradient_norm": slopes,
        "step_variance": learned.path.estimates[1].sum(axis=-1),
        **_parameters(learned, plan),
    }
    told = {name: bool((~np.isnan(values)).any()) for name, values in quantities.items()}  # a gap above a known least F
    of_learner = keys_of(learned, plan)
    middle = middle_of(learned)
    curves, paths = [], []
    for slot, step in enumerate(recorded):
        lost = (learned.path.left >= 0) & (learned.path.left <= step)
        summary = [_summary(name, values[slot], lost & told[name]) for name, values in quantities.items()]
        curves.append(
            {
                **of_learner,
                "step": step,
                "seconds": step * learned.step_s,
                "evaluations": step * learned.evaluations,
                "replicates": theta.shape[1],
                "diverged": int(lost.sum()),
                **{column: number for columns in summary for column, number in columns.items()},
                "theta": text_of(np.nanmedian(theta[slot], axis=0), family.parameters) if not lost.all() else "",
                "oracle": heights.reason or "exact",
                "status": "ok" if not lost.any() else f"diverged {int(lost.sum())} of {lost.size}",
            }
        )
        for component, at in enumerate(theta[slot, middle]):
            place = _place(at, family.parameters)
            paths.append({**of_learner, "step": step, "component": component, "replicate": middle, **place})
    return Rows(curves, paths)


def middle_of(learned: Learned) -> int:
    """The replicate whose final loss is the median; one that was given up has the highest."""
    final = learned.heights.value.reshape(learned.path.theta.shape[:2])[-1]
    order = np.argsort(np.where(np.isfinite(final), final, np.inf), kind="stable")
    return int(order[(final.size - 1) // 2])


def gaps(learned: Learned) -> Floats:
    """[recorded, r] How far F is above its least; inf of a replicate that was given up, NaN where no least is known."""
    theta = learned.path.theta
    gap = _beside_optimum(learned.optimum, theta, learned.heights.value.reshape(theta.shape[:2]))["gap"]
    lost = np.isnan(theta).any(axis=(2, 3))
    return np.where(lost & (learned.optimum is not None), np.inf, gap)


def title(learned: Learned) -> str:
    """A learner in words."""
    learner, cell = learned.learner, learned.learner.cell
    manner = (
        f"{label(learner.variant)} K={cell.samples} {learner.optimiser} {learner.learning_rate:g} {learner.schedule}"
    )
    place = " ".join(filter(None, (cell.objective.name, cell.objective.label, cell.entropy)))
    return f"{place} {manner} in {learner.parameterisation}"


def keys_of(learned: Learned, plan: Plan) -> dict[str, Any]:
    """The columns that name a learner."""
    learner, cell = learned.learner, learned.learner.cell
    return {
        "objective": cell.objective.name,
        "variant": cell.objective.label,
        "latent": cell.latent,
        "family": cell.family,
        "start": theta_text(cell, plan.families[cell.family]),
        "components": cell.components,
        "entropy": cell.entropy or "",
        "data": plan.data_name if cell.dataset_size is not None else "",
        "sampler": cell.sampler,
        "estimator": label(learner.variant),
        "parameterisation": learner.parameterisation,
        "optimiser": learner.optimiser,
        "schedule": learner.schedule,
        "learning_rate": learner.learning_rate,
        "dataset_size": cell.dataset_size,
        "samples": cell.samples,
        "dimension": cell.dimension,
    }


@quiet
def _beside_optimum(optimum: Optimum | None, theta: Floats, value: Floats) -> dict[str, Floats]:
    """How far above the least F, and how far from where it is."""
    if optimum is None:
        return {name: np.full(value.shape, np.nan) for name in ("gap", "distance")}
    away = np.full(value.shape, np.nan)  # from what is infinitely far there is no distance
    if np.isfinite(optimum.theta).all():
        away = np.linalg.norm((theta - optimum.theta).reshape(*value.shape, -1), axis=-1)
    return {"gap": np.maximum(value - optimum.value, 0.0), "distance": away}


def _parameters(learned: Learned, plan: Plan) -> dict[str, Floats]:
    """[recorded, r] mu and sigma of the normal where all components share them; else nothing."""
    theta = learned.path.theta
    alone = learned.learner.cell.family == "normal" and theta.shape[2] == 1
    nothing = np.full(theta.shape[:2], np.nan)
    return {name: theta[:, :, 0, p] if alone else nothing for p, name in enumerate(("mu", "sigma"))}


def _summary(name: str, values: Floats, lost: Any) -> dict[str, float]:
    """The columns of a quantity at one checkpoint: its median, quantiles, and the interval of the median."""
    values = np.where(lost, np.inf if name in LOSSES else np.nan, values)
    there = values[~np.isnan(values)]
    if not there.size or (name in LOSSES and there.size < values.size):
        return dict.fromkeys(QUANTITIES[name], float("nan"))
    middle, low, high = median(there)
    quantiles = np.quantile(there, QUANTILES, method="inverted_cdf")
    return dict(zip(QUANTITIES[name], (middle, *map(float, quantiles), low, high), strict=True))


def text_of(theta: Floats, parameters: Iterable[str]) -> str:
    """theta[c, k] in a word, with all digits."""
    words = [
        f"{name}={column[0]!r}" if len(column) == 1 else f"{name}=[{','.join(map(repr, column))}]"
        for name, column in zip(parameters, theta.T.tolist(), strict=True)
    ]
    return ",".join(words)


def _place(at: Floats, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Theta of one component: in a word, and the normal's in numbers."""
    missing = bool(np.isnan(at).any())
    numbers = dict(zip(parameters, at.tolist(), strict=True))
    return {
        "theta": "" if missing else text_of(at[np.newaxis], parameters),
        **{name: numbers.get(name, float("nan")) for name in ("mu", "sigma")},
    }
