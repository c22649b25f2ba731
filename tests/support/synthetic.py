"""Tables of a sweep that never ran: exact variances by quadrature, seeded noise for what would be measured."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def mean(values: Any) -> Any:
    """E over one standard normal, last axis."""
    return values @ WEIGHTS


def exact(estimator: str, latent: str, mu: float, sigma: float, x: np.ndarray) -> dict[str, tuple[float, float]]:
    """Gradient and one-draw variance of squared_error for mu and sigma2 (all but pathwise are score functions)."""
    y = mu + sigma * NODES
    if latent == "shared":
        f, slope = len(x) * ((y - x.mean()) ** 2 + x.var())[None], 2 * len(x) * (y - x.mean())[None]
    else:
        f, slope = (y - x[:, None]) ** 2, 2 * (y - x[:, None])
    scores = {"mu": (NODES / sigma, 1.0), "sigma2": ((NODES**2 - 1) / (2 * sigma**2), NODES / (2 * sigma))}
    result = {}
    for parameter, (s, path) in scores.items():
        terms = slope * path if estimator == "pathwise" else f * s
        variance = mean(terms**2) - mean(terms) ** 2
        if estimator == "score_function" and latent == "per_datum":
            variance = _product(f, s)
        result[parameter] = float(mean(terms).sum()), float(np.sum(variance))
    return result


def _product(f: np.ndarray, s: np.ndarray) -> float:
    """Var(sum f_j sum s_j) of independent pairs by their joint cumulants."""
    k10 = mean(f)
    g = f - k10[:, None]
    k20, k02, k11 = mean(g**2), mean(s**2), mean(g * s)
    k12 = mean(g * s**2)
    k22 = mean(g**2 * s**2) - k20 * k02 - 2 * k11**2
    k10, k20, k11, k12, k22, k02 = (np.sum(k) for k in (k10, k20, k11, k12, k22, k02 * np.ones(len(f))))
    return float(k22 + 2 * k12 * k10 + k20 * k02 + k11**2 + k02 * k10**2)


def tables(
    objectives: Sequence[tuple[str, str]] = (("squared_error", ""),),
    latents: Sequence[str] = ("shared", "per_datum"),
    samplers: Sequence[str] = ("iid",),
    estimators: Sequence[str] = ("score_function", "score_function_local", "pathwise"),
    mu: Sequence[float] = (1.0,),
    sigma: Sequence[float] = (0.1, 0.3, 1.0, 3.0, 10.0),
    dataset_size: Sequence[int] = (1, 10, 100, 1000),
    samples: Sequence[int] = (1, 10, 100, 1000),
    status: Callable[[dict[str, Any]], str] = lambda row: "ok",
) -> dict[str, pd.DataFrame]:
    """The four tables, columns as in a real run; `status` decides each row's, and a skipped row has no numbers."""
    random = np.random.default_rng(0)
    data = np.random.default_rng(1).normal(size=max(dataset_size))
    rows: list[dict[str, Any]] = []
    for (objective, variant), latent, sampler, m, s, n, k in itertools.product(
        objectives, latents, samplers, mu, sigma, dataset_size, samples
    ):
        for estimator in estimators:
            if estimator == "score_function_local" and latent == "shared":
                continue
            key = {"objective": objective, "variant": variant, "latent": latent, "data": "normal", "sampler": sampler}
            truth = exact(estimator, latent, m, s, data[:n])
            z = random.normal(size=2)
            for parameter, factor in {"mu": 1.0, "sigma": 2 * s, "sigma2": 1.0, "log_sigma": 2 * s * s}.items():
                base = "mu" if parameter == "mu" else "sigma2"
                gradient, variance = truth[base][0] * factor, truth[base][1] * factor**2 / k
                z_gradient, z_variance = z if base == "sigma2" else z[::-1]
                error, relative = np.sqrt(variance / 1e5), 0.02
                measured = variance * np.exp(relative * z_variance)
                row = key | {
                    "estimator": estimator, "parameter": parameter, "mu": m, "sigma": s, "dataset_size": n,
                    "samples": k, "dimension": n if latent == "per_datum" else 1, "replicates": 100_000,
                    "gradient": gradient + error * z_gradient, "gradient_se": error, "exact_gradient": gradient,
                    "gradient_z": z_gradient, "variance": measured, "variance_low": measured * np.exp(-1.96 * relative),
                    "variance_high": measured * np.exp(1.96 * relative), "exact_variance": variance,
                    "variance_z": z_variance, "kurtosis": 10.0,
                }  # fmt: skip
                rows.append(row | {"status": status(row)})
    statistics = pd.DataFrame(rows)
    numbers = [
        "gradient",
        "gradient_se",
        "gradient_z",
        "variance",
        "variance_low",
        "variance_high",
        "variance_z",
        "kurtosis",
    ]
    statistics.loc[statistics["status"].str.startswith("skipped"), numbers] = np.nan
    ratios = _ratios(statistics)
    timings = _timings(statistics, random)
    efficiency = _efficiency(ratios, timings)
    result = {"statistics": statistics, "ratios": ratios, "timings": timings, "efficiency": efficiency}
    for frame in result.values():
        frame.insert(0, "schema", "1")
    return result


CELL = [
    "objective",
    "variant",
    "latent",
    "data",
    "sampler",
    "parameter",
    "mu",
    "sigma",
    "dataset_size",
    "samples",
    "dimension",
]
TIMED = ["objective", "variant", "latent", "sampler", "dataset_size", "samples", "dimension"]


def _ratios(statistics: pd.DataFrame) -> pd.DataFrame:
    """Every estimator over pathwise, in the order of the statistics."""
    others = statistics[statistics["estimator"] != "pathwise"].rename(columns={"estimator": "numerator"})
    below = statistics[statistics["estimator"] == "pathwise"].rename(columns={"estimator": "denominator"})
    both = others.merge(below[[*CELL, "denominator", "variance", "exact_variance"]], on=CELL, suffixes=("", "_below"))
    both["variance_ratio"] = both["variance"] / both["variance_below"]
    both["variance_ratio_low"], both["variance_ratio_high"] = (
        both["variance_ratio"] * 0.95,
        both["variance_ratio"] * 1.05,
    )
    both["exact_variance_ratio"] = both["exact_variance"] / both["exact_variance_below"]
    ratio = ["variance_ratio", "variance_ratio_low", "variance_ratio_high", "exact_variance_ratio"]
    return both[[*CELL[:5], "numerator", "denominator", *CELL[5:], "replicates", *ratio, "status"]]


def _timings(statistics: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Linear costs with 3 % of noise."""
    done = statistics[~statistics["status"].str.startswith("skipped")]
    rows = []
    for cell in done[[*TIMED, "estimator"]].drop_duplicates().to_dict("records"):
        for evaluation in ("direct", "collapsed") if cell["latent"] == "shared" else ("direct",):
            work = cell["samples"] * (1 if evaluation == "collapsed" else cell["dataset_size"])
            draw = 3.0 * cell["samples"] * cell["dimension"]
            kernel = (1.5 if cell["estimator"] == "pathwise" else 1.0) * (5 + work) * np.exp(0.03 * random.normal())
            total = draw + kernel
            rows.append(
                cell | {"evaluation": evaluation, "rounds": 15, "compile_s": 0.1, "draw_ns": draw, "kernel_ns": kernel}
                | {"estimate_ns": total, "estimate_ns_low": total * 0.97, "estimate_ns_high": total * 1.04}
            )  # fmt: skip
    measured = ["rounds", "compile_s", "draw_ns", "kernel_ns", "estimate_ns", "estimate_ns_low", "estimate_ns_high"]
    frame = pd.DataFrame(rows, columns=[*TIMED, "estimator", "evaluation", *measured])
    keys = [*TIMED, "evaluation"]
    pathwise = frame[frame["estimator"] == "pathwise"][[*keys, "estimate_ns"]]
    frame["time_ratio"] = frame["estimate_ns"] / frame.merge(pathwise, on=keys, how="left")["estimate_ns_y"]
    return frame.assign(time_ratio_low=frame["time_ratio"] * 0.97, time_ratio_high=frame["time_ratio"] * 1.03)


def _efficiency(ratios: pd.DataFrame, timings: pd.DataFrame) -> pd.DataFrame:
    """Variance ratio times time ratio."""
    times = timings[[*TIMED, "estimator", "evaluation", "time_ratio"]].rename(columns={"estimator": "numerator"})
    both = ratios.merge(times, on=[*TIMED, "numerator"])
    product = both["variance_ratio"] * both["time_ratio"]
    both = both.assign(
        efficiency_ratio=product, efficiency_ratio_low=product * 0.9, efficiency_ratio_high=product * 1.1
    )
    return both.drop(
        columns=["replicates", "variance_ratio_low", "variance_ratio_high", "exact_variance_ratio", "status"]
    )
