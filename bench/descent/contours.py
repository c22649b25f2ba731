"""The rows of contours.csv: exact F on a grid of the two parameters that all components share, around the paths.

The grid holds the points of all paths that are not far above where they began, or where most of them are; a replicate
that was thrown far away does not stretch it. No row where F is not exact, or has more parameters than two.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from bench.descent.curves import Learned, keys_of, middle_of, text_of
from bench.descent.program import domain
from bench.plan.cells import Plan
from bench.spec import Floats
from bench.statistics.moments import quiet
from bench.tables.contours import GRID, LEAST, SURFACE

POINTS = 41  # of the grid in each direction
HIGH = 2.0  # gaps at the start above the least F that the grid holds; what is higher is far away
USUAL = 3.0  # or medians of the gap along a path
MARGIN = 0.08  # of the extent of the paths, at either side
NEAREST = 0.02  # of the extent of the grid, to an end of the domain


def rows(several: Sequence[Learned], plan: Plan) -> Iterator[dict[str, Any]]:
    """The rows of all surfaces that learners go over."""
    surfaces: dict[tuple[Any, ...], list[Learned]] = {}
    for learned in several:
        keys = keys_of(learned, plan)
        surfaces.setdefault(tuple(keys[column] for column in SURFACE), []).append(learned)
    for key, together in surfaces.items():
        shape = together[0].path.theta.shape[2:]
        if shape == (1, 2) and not together[0].heights.reason:
            yield from _of_surface(dict(zip(SURFACE, key, strict=True)), together, plan)


@quiet
def _of_surface(keys: dict[str, Any], together: Sequence[Learned], plan: Plan) -> Iterator[dict[str, Any]]:
    """The grid around the paths of some learners, and the least F."""
    surface, best = together[0].surface, together[0].optimum
    parameters = list(plan.families[keys["family"]].parameters)
    middles = [_middle(learned) for learned in together]
    if not (usual := [np.nanmedian(gap) for _, gap in middles if np.isfinite(gap).any()]):
        return
    near = [_near(theta, gap, USUAL * float(np.median(usual))) for theta, gap in middles]
    best = best if best and np.isfinite(best.theta).all() else None
    ends = [best.theta] if best else []
    axes = _axes(np.concatenate([*near, *ends]), *domain(surface.subgrid.family), best.theta[0] if best else None)
    theta = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
    heights = surface.at(theta[:, np.newaxis])
    if heights.reason:
        return
    least = best.value if best else np.nan
    for at, value in zip(theta, heights.value.tolist(), strict=True):
        place = {"place": GRID, "theta": text_of(at[np.newaxis], parameters)}
        yield {**keys, **place, "loss": value, "gap": value - least}
    if best:
        yield {**keys, "place": LEAST, "theta": text_of(best.theta, parameters), "loss": least, "gap": 0.0}


def _middle(learned: Learned) -> tuple[Floats, Floats]:
    """The path[recorded, 2] of the middle replicate, and how high it is above the least F, or above its own least."""
    middle = middle_of(learned)
    value = learned.heights.value.reshape(learned.path.theta.shape[:2])[:, middle]
    return learned.path.theta[:, middle, 0], value - (learned.optimum.value if learned.optimum else np.nanmin(value))


def _near(theta: Floats, gap: Floats, usual: float) -> Floats:
    """[points, 2] The start of a path and what is not far above it, or above where paths usually are."""
    return np.concatenate([theta[:1], theta[gap <= max(HIGH * gap[0], usual)]])


def _axes(points: Floats, low: Floats, high: Floats, centre: Floats | None) -> list[Floats]:
    """Two axes [POINTS] around points[p, 2], inside of the domain, closer together where F is least and rings small."""
    least, most = points.min(axis=0), points.max(axis=0)
    margin = MARGIN * np.where(most > least, most - least, np.maximum(abs(most), 1.0))
    inside = NEAREST * (most - least + 2 * margin)
    starts, ends = np.maximum(least - margin, low + inside), np.minimum(most + margin, high - inside)
    if centre is None:
        return [np.linspace(start, end, POINTS) for start, end in zip(starts, ends, strict=True)]
    middle = np.clip(centre, starts, ends)
    roots = np.linspace(-np.sqrt(middle - starts), np.sqrt(ends - middle), POINTS)  # [POINTS, 2]
    return [*(middle + np.sign(roots) * roots**2).T]
