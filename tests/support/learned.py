"""Tables of a fit that nobody ran: gaps that fall geometrically, a wave on the paths, and what follows from both."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from bench.tables.contours import CONTOURS, SURFACE
from bench.tables.curves import CURVES, NAMES, QUANTITIES
from bench.tables.firsts import FIRSTS, LEVEL
from bench.tables.paths import PATHS
from bench.tables.schema import SCHEMA, Table
from bench.tables.times import MEASURES, SHARES, TIMES
from tests.support.reports import MANIFEST as OF_SWEEP

STEPS = tuple(range(0, 101, 10))
REPLICATES = 20
LEAST = 2.0  # F at its least
STEP_S = 1e-6  # of the first estimator; the i-th needs i + 1 of them
VERDICT = {
    "ok": True,
    "checks": 8,
    "bound": 5.29,
    "level": 1e-6,
    "worst_gradient_z": 1.65,
    "failures": [],
    "reasons": {},
    "diverged": 0,
    "replicates": 80,
    "claims": [],
}
MANIFEST = OF_SWEEP | {"kind": "fit", "command": "python -m bench fit name=x", "verdict": VERDICT}
SHARED = {
    "schema": SCHEMA,
    "variant": "",
    "latent": "shared",
    "family": "normal",
    "start": "mu=0,sigma=1",
    "components": "tied",
    "entropy": "",
    "data": "normal",
    "sampler": "iid",
    "parameterisation": "log_sigma",
    "schedule": "constant",
    "dataset_size": 100,
    "dimension": 1,
}


def tables(
    objectives: Sequence[str] = ("squared_error",),
    estimators: Sequence[str] = ("pathwise", "score_function"),
    optimiser: Sequence[str] = ("sgd",),
    learning_rate: Sequence[float] = (0.01,),
    samples: Sequence[int] = (1, 10),
    least: bool = True,
    timed: bool = True,
    lost: Sequence[str] = (),
) -> dict[str, pd.DataFrame]:
    """The tables; without `least` no gap is known, and the estimators in `lost` diverge after the first checkpoint."""
    settings = [
        {**SHARED, "objective": o, "optimiser": w, "learning_rate": r, "samples": k}
        for o in objectives
        for w in optimiser
        for r in learning_rate
        for k in samples
    ]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("curves", "paths", "times", "firsts", "contours")}
    for setting in settings:
        for i, name in enumerate(estimators):
            learner = {**setting, "estimator": name}
            gaps = np.where(np.array(STEPS) > 0, _gaps(i, name in lost), 100.0)
            rows["curves"] += [_point(learner, i, *at, least, timed) for at in zip(STEPS, gaps, strict=True)]
            rows["paths"] += [_place(learner, i, *at) for at in zip(STEPS, gaps, strict=True)]
            rows["times"] += [_time(learner, i, share, gaps, least, timed) for share in SHARES]
        if least:
            rows["firsts"] += _pairs(setting, estimators, timed)
    for objective in objectives if least else ():
        rows["contours"] += _grid({**SHARED, "objective": objective})
    several = {table.name: _frame(table, rows[table.name]) for table in (CURVES, PATHS, TIMES, FIRSTS, CONTOURS)}
    return several if least else {name: frame for name, frame in several.items() if name != "contours"}


def _frame(table: Table, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{name: row[name] for name in table.columns} for row in rows], columns=[*table.columns])


def _gaps(i: int, lost: bool) -> Any:
    """The i-th estimator ends at 100 * 10^-(3 - i): the first comes to every share, the second not to the last."""
    return np.inf if lost else 100.0 * 10.0 ** (-np.array(STEPS) / 100 * max(0.5, 3.0 - i))


def _point(learner: dict[str, Any], i: int, step: int, gap: float, least: bool, timed: bool) -> dict[str, Any]:
    spread = np.array([1.0, 0.5, 2.0, 0.8, 1.25]) if step else np.ones(5)
    values = dict.fromkeys((column for columns in QUANTITIES.values() for column in columns), np.nan)
    for name in NAMES:
        base = {"loss": LEAST, "mu": 0.1, "sigma": 0.5}.get(name, 0.0)
        if least or name not in ("gap", "distance"):
            values |= dict(zip(QUANTITIES[name], base + gap * spread, strict=True))
    gone = np.isinf(gap)
    return {
        **learner,
        **values,
        **({column: np.nan for name in ("mu", "sigma") for column in QUANTITIES[name]} if gone else {}),
        "step": step,
        "seconds": step * STEP_S * (i + 1) if timed else np.nan,
        "evaluations": step * learner["samples"],
        "replicates": REPLICATES,
        "diverged": REPLICATES if gone else 0,
        "theta": "" if gone else "mu=0.1,sigma=0.5",
        "oracle": "exact",
        "status": f"diverged {REPLICATES} of {REPLICATES}" if gone else "ok",
    }


def _place(learner: dict[str, Any], i: int, step: int, gap: float) -> dict[str, Any]:
    mu, sigma = 0.1 * np.sin(step / 20 + i), 0.4 + 0.006 * min(gap, 100.0)
    there = np.isfinite(gap)
    return {
        **learner,
        "step": step,
        "component": 0,
        "replicate": 3,
        "theta": f"mu={mu!r},sigma={sigma!r}".replace("np.float64(", "").replace(")", "") if there else "",
        "mu": mu if there else np.nan,
        "sigma": sigma if there else np.nan,
    }


def _time(learner: dict[str, Any], i: int, share: float, gaps: Any, least: bool, timed: bool) -> dict[str, Any]:
    near = [step for step, gap in zip(STEPS, gaps, strict=True) if gap <= share * gaps[0] * (1 + 1e-9)]
    middle = float(near[0]) if near else np.inf
    ends = {"": middle, "_low": middle - 10, "_high": middle + 10}
    scales = {"steps": 1.0, "evaluations": learner["samples"], "seconds": STEP_S * (i + 1) if timed else np.nan}
    values = {f"{m}{end}": value * scales[m] if least else np.nan for m in MEASURES for end, value in ends.items()}
    reached = REPLICATES if near else 0
    status = "ok" if near else f"reached by 0 of {REPLICATES}"
    return {
        **learner,
        **values,
        "share": share,
        "replicates": REPLICATES,
        "reached": reached if least else np.nan,
        "status": status if least else "no least F is known",
    }


def _pairs(setting: dict[str, Any], estimators: Sequence[str], timed: bool) -> list[dict[str, Any]]:
    """The estimator before another one in the list is first in every replicate, of the first two shares."""
    return [
        {
            **setting,
            "share": share,
            "measure": measure,
            "estimator": name,
            "rival": rival,
            "replicates": REPLICATES,
            "earlier": REPLICATES if share > SHARES[-1] else 0,
            "later": 0,
            "ties": 0 if share > SHARES[-1] else REPLICATES,
            "p": LEVEL / 100 if share > SHARES[-1] else 1.0,
            "adjusted_p": LEVEL / 10 if share > SHARES[-1] else 1.0,
            "first": name if share > SHARES[-1] else "",
        }
        for share in SHARES
        for i, name in enumerate(estimators)
        for rival in estimators[i + 1 :]
        for measure in ("evaluations", *(["seconds"] if timed else []))
    ]


def _grid(surface: dict[str, Any]) -> list[dict[str, Any]]:
    keys = {name: surface[name] for name in ("schema", *SURFACE)}
    points = [(float(mu), float(sigma)) for mu in np.linspace(-0.3, 0.3, 9) for sigma in np.linspace(0.2, 1.2, 9)]
    rows = [(mu, sigma, 100 * (mu**2 + (sigma - 0.4) ** 2), "grid") for mu, sigma in points]
    return [
        {**keys, "place": place, "theta": f"mu={mu!r},sigma={sigma!r}", "loss": LEAST + gap, "gap": gap}
        for mu, sigma, gap, place in [*rows, (0.0, 0.4, 0.0, "least")]
    ]
