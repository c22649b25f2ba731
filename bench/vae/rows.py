"""From losses and variances to rows of curves.csv and encoder.csv."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bench.spec import Floats
from bench.statistics.jackknife import Logs
from bench.tables.encoder import FEWEST
from bench.vae.digits import COUNT
from bench.vae.methods import REFERENCE, Method
from bench.vae.settings import Fit, VaeSettings
from bench.vae.totals import ratio, total

SPREAD = (0.1, 0.9)  # the quantiles over replicates


def curve(settings: VaeSettings, fit: Fit, losses: Floats, step_s: float | None) -> list[dict[str, Any]]:
    """A row for each checkpoint of a fit, from losses[replicates, checkpoints] and the seconds of a step."""
    ends = SPREAD if len(losses) >= FEWEST else (0.0, 1.0)
    low, middle, high = (_quantiles(losses, q) for q in (ends[0], 0.5, ends[1]))
    return [
        _names(fit.dimension)
        | {"latent": "per_datum", "family": "normal", "start": "", "components": "untied"}
        | {"entropy": fit.method.entropy, "data": "digits", "sampler": "iid", "estimator": fit.method.estimator}
        | {"parameterisation": "log_sigma", "optimiser": "adam", "schedule": "constant"}
        | {"learning_rate": settings.learning_rate, "dataset_size": COUNT - settings.held_out}
        | {"samples": fit.samples, "dimension": fit.dimension, "step": step}
        | {"seconds": None if step_s is None else step * step_s, "evaluations": step * settings.batch * fit.samples}
        | {"replicates": len(losses), "loss": middle[i], "loss_low": low[i], "loss_high": high[i]}
        for i, step in enumerate(settings.marks)
    ]


def variances(
    settings: VaeSettings, dimension: int, samples: int, step: int, logs: Mapping[tuple[str, Method], Logs]
) -> list[dict[str, Any]]:
    """A row for each method, per datum and by weights; ratios are to pathwise, where it is among the methods."""
    rows = []
    for (per, method), value in logs.items():
        below = logs.get((per, REFERENCE))
        rows.append(
            _names(dimension)
            | {"entropy": method.entropy, "estimator": method.estimator, "per": per}
            | {"samples": samples, "dimension": dimension, "step": step}
            | {"batch": settings.batch, "replicates": settings.gradients}
            | _ends("variance", total(value))
            | _ends("variance_ratio", ratio(value, below) if below else (None, None, None))
        )
    return rows


def _quantiles(losses: Floats, q: float) -> list[float | None]:
    """Quantiles over replicates; None where a fit is not finite there."""
    with np.errstate(invalid="ignore"):
        values = np.quantile(losses, q, axis=0)
    return [float(value) if np.isfinite(value) else None for value in values]


def _names(dimension: int) -> dict[str, Any]:
    return {"objective": "vae", "variant": f"L={dimension}"}


def _ends(name: str, values: Sequence[float | None]) -> dict[str, Any]:
    return dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
