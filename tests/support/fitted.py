"""Tables of an autoencoder that was never fitted: curves that rise, variances in order, digits of noise."""

from typing import Any

import numpy as np
import pandas as pd

from bench.vae.methods import RULES
from bench.vae.settings import Fit, VaeSettings

HEIGHT = {"score_function": -20.0, "score_function_local": 15.0, "score_function_loo": 18.0, "pathwise": 20.0}
RATIO = {"score_function": 1e6, "score_function_local": 1e3, "score_function_loo": 5.0, "pathwise": 1.0}


def tables(**keys: Any) -> dict[str, pd.DataFrame]:
    """The frames that a fit with these settings would have; keys of the settings, and `seconds=False`."""
    timed = keys.pop("seconds", True)
    settings = VaeSettings(**keys)
    random = np.random.default_rng(0)
    curves, encoder, pictures, latents = [], [], [_picture(None, digit, random) for digit in range(10)], []
    for fit in settings.fits:
        name = _named(fit)
        for step in settings.marks:
            loss = 46 - HEIGHT[fit.method.estimator] * step / (step + 50)
            cost = {"seconds": step * 1e-4 * fit.samples if timed else np.nan, "evaluations": step * 100 * fit.samples}
            ends = {"loss": loss, "loss_low": loss - 0.4, "loss_high": loss + 0.5, "replicates": 10}
            curves.append({"objective": "vae", "variant": f"L={fit.dimension}", **name, "step": step, **cost, **ends})
            for per in ("datum", "weights"):
                ratio = RATIO[fit.method.estimator] * (0.2 if "landing" in fit.method.entropy else 1)
                ends = {"variance_ratio": ratio, "variance_ratio_low": ratio / 1.1, "variance_ratio_high": ratio * 1.1}
                size = {"batch": 100, "replicates": 256, "variance": ratio}
                encoder.append({**name, "per": per, "step": step, **size, **ends})
        pictures += [_picture(fit, digit, random) for digit in range(10)]
        if fit.dimension == 2:
            places = random.normal(size=(40, 2)).tolist()
            latents += [
                {**name, "datum": i, "digit": i % 10, "mu_1": x, "mu_2": y, "sigma_1": 0.1, "sigma_2": 0.1}
                for i, (x, y) in enumerate(places)
            ]
    rows = {"curves": curves, "encoder": encoder, "reconstructions": pictures, "latents": latents}
    return {key: pd.DataFrame(value) for key, value in rows.items()}


def _named(fit: Fit) -> dict[str, Any]:
    return {
        "dimension": float(fit.dimension), "samples": float(fit.samples), "entropy": fit.method.entropy,
        "estimator": fit.method.estimator,
    }  # fmt: skip


def _picture(fit: Fit | None, digit: int, random: np.random.Generator) -> dict[str, Any]:
    empty = {"dimension": np.nan, "samples": np.nan, "entropy": "", "estimator": ""}
    pixels = {f"pixel_{i}": value for i, value in enumerate(random.uniform(size=64).round(4).tolist())}
    return {**(_named(fit) if fit else empty), "digit": float(digit), **pixels}


COUNT = len(RULES)
