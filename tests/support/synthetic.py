"""Tables of a sweep that never ran: exact variances by quadrature, seeded noise for what would be measured."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bench.tables.contents import TABLES
from bench.tables.schema import SCHEMA
from tests.support.laws import Law, bernoulli, gamma, normal


@dataclass(frozen=True)
class Point:
    """A point of theta: the columns that say it, and the law of a component there."""

    columns: dict[str, Any]
    law: Law


def exact(estimator: str, latent: str, law: Law, x: np.ndarray) -> dict[str, tuple[float, float]]:
    """Gradient and one-draw variance of squared_error (all but pathwise are score functions), by parameter."""
    y = law.y
    if latent == "shared":
        f, slope = len(x) * ((y - x.mean()) ** 2 + x.var())[None], 2 * len(x) * (y - x.mean())[None]
    else:
        f, slope = (y - x[:, None]) ** 2, 2 * (y - x[:, None])
    result = {}
    for parameter, s in law.scores.items():
        terms = slope * law.paths[parameter] if estimator == "pathwise" else f * s
        variance = law.mean(terms**2) - law.mean(terms) ** 2
        if estimator == "score_function" and latent == "per_datum":
            variance = _product(law, f, s)
        result[parameter] = float(law.mean(terms).sum()), float(np.sum(variance))
    return result


def _product(law: Law, f: np.ndarray, s: np.ndarray) -> float:
    """Var(sum f_j sum s_j) of independent pairs by their joint cumulants."""
    k10 = law.mean(f)
    g = f - k10[:, None]
    k20, k02, k11 = law.mean(g**2), law.mean(s**2), law.mean(g * s)
    k12 = law.mean(g * s**2)
    k22 = law.mean(g**2 * s**2) - k20 * k02 - 2 * k11**2
    k10, k20, k11, k12, k22, k02 = (np.sum(k) for k in (k10, k20, k11, k12, k22, k02 * np.ones(len(f))))
    return float(k22 + 2 * k12 * k10 + k20 * k02 + k11**2 + k02 * k10**2)


def tables(
    objectives: Sequence[tuple[str, str]] = (("squared_error", ""),),
    latents: Sequence[str] = ("shared", "per_datum"),
    samplers: Sequence[str] = ("iid",),
    estimators: Sequence[str] = ("score_function", "score_function_local", "pathwise"),
    families: Sequence[str] = ("normal",),
    mu: Sequence[float] = (1.0,),
    sigma: Sequence[float] = (0.1, 0.3, 1.0, 3.0, 10.0),
    alpha: Sequence[float] = (0.5, 2.0, 8.0),
    rate: Sequence[float] = (1.0,),
    logit: Sequence[float] = (-1.0, 0.0, 2.0),
    dataset_size: Sequence[int] = (1, 10, 100, 1000),
    samples: Sequence[int] = (1, 10, 100, 1000),
    components: str = "tied",
    entropy: str = "",
    status: Callable[[dict[str, Any]], str] = lambda row: "ok",
) -> dict[str, pd.DataFrame]:
    """The tables, columns as in a real run; `status` decides each row's, and a skipped row has no numbers.

    Nothing is pathwise for the Bernoulli: there the reference is the score function.
    """
    random = np.random.default_rng(0)
    data = np.random.default_rng(1).normal(size=max(dataset_size))
    axes = {"normal": (mu, sigma), "gamma": (alpha, rate), "bernoulli": (logit,)}
    points = [point for family in families for point in _points(family, *axes[family])]
    rows: list[dict[str, Any]] = []
    for (objective, variant), latent, sampler, point, n, k in itertools.product(
        objectives, latents, samplers, points, dataset_size, samples
    ):
        for estimator in estimators:
            if estimator == "score_function_local" and latent == "shared":
                continue
            pathless = estimator == "pathwise" and not point.law.paths
            key = {
                "objective": objective, "variant": variant, "latent": latent, "family": point.columns["family"],
                "theta": point.columns["theta"], "components": components, "entropy": entropy, "data": "normal",
                "sampler": sampler, "estimator": estimator,
            }  # fmt: skip
            truth = exact("score_function" if pathless else estimator, latent, point.law, data[:n])
            z = random.normal(size=2)
            for parameter, (base, factor) in point.law.factors.items():
                gradient, variance = truth[base][0] * factor, truth[base][1] * factor**2 / k
                z_gradient, z_variance = z[::-1] if base == next(iter(truth)) else z
                error, relative = np.sqrt(variance / 1e5), 0.02
                measured = variance * np.exp(relative * z_variance)
                row = key | {
                    "parameter": parameter, "mu": point.columns["mu"], "sigma": point.columns["sigma"],
                    "dataset_size": n, "samples": k, "dimension": n if latent == "per_datum" else 1,
                    "replicates": 100_000, "evaluations": k, "pilot_evaluations": 0,
                    "gradient": gradient + error * z_gradient, "gradient_se": error,
                    "exact_gradient": gradient, "gradient_z": z_gradient, "bias": error * z_gradient,
                    "variance": measured,
                    "variance_low": measured * np.exp(-1.96 * relative),
                    "variance_high": measured * np.exp(1.96 * relative), "exact_variance": variance,
                    "exact_batch_variance": np.nan,
                    "variance_z": z_variance, "kurtosis": 10.0, "mse": measured, "oracle": "exact",
                }  # fmt: skip
                rows.append(row | {"status": "skipped: bernoulli has no path" if pathless else status(row)})
    statistics = pd.DataFrame(rows)
    measured = ["gradient", "gradient_se", "gradient_z", "variance", "variance_low", "variance_high", "variance_z"]
    statistics.loc[statistics["status"].str.startswith("skipped"), [*measured, "bias", "kurtosis", "mse"]] = np.nan
    ratios = _ratios(statistics)
    timings = _timings(statistics, random)
    efficiency = _efficiency(ratios, timings)
    result = {"statistics": statistics, "ratios": ratios, "timings": timings, "efficiency": efficiency}
    for frame in result.values():
        frame.insert(0, "schema", SCHEMA)
    return result


ALONG = {
    **dict.fromkeys(("variance_along", "variance_ratio_along"), ("sigma",)),
    "variance_ratio_map": ("sigma", "dataset_size"),
}


def asked_for(figure: str, frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of the same run, had it been asked for what a figure is along, or of estimators that look twice."""
    if figure == "efficiency_map_evaluations":
        rows = frames["efficiency"]
        twice = rows.assign(evaluations_ratio=2.0, evaluation_efficiency_ratio=2.0 * rows["variance_ratio"])
        return {**frames, "efficiency": twice}
    return along(frames, *ALONG[figure]) if figure in ALONG else frames


def along(frames: dict[str, pd.DataFrame], *axes: str) -> dict[str, pd.DataFrame]:
    """The tables with exact.csv along one axis, or over two, that have columns: at the measured values alone."""
    known = frames["statistics"].loc[lambda rows: rows["family"] == "normal"].rename(columns={"bias": "z"})
    names = dict(zip(("x_axis", "y_axis"), (*axes, ""), strict=False))
    places = {name[0]: known[axis] if axis else np.nan for name, axis in names.items()}
    exact = known.assign(**names, **places, bias=0.0)[list(TABLES["exact"].columns)]
    return {**frames, "exact": exact.astype({"x_axis": str, "y_axis": str})}


def _points(family: str, *axes: Sequence[float]) -> Iterator[Point]:
    """The points of the axes of a family: of the normal in numbers, of others in words."""
    for values in itertools.product(*axes):
        law = {"normal": normal, "gamma": gamma, "bernoulli": bernoulli}[family](*values)
        told = family == "normal"
        theta = "" if told else ",".join(f"{name}={value:g}" for name, value in zip(law.scores, values, strict=True))
        numbers = values if told else (np.nan, np.nan)
        yield Point({"family": family, "theta": theta, "mu": numbers[0], "sigma": numbers[1]}, law)


FACETS = ["objective", "variant", "latent", "family", "theta", "components", "entropy", "data", "sampler"]
GRID = ["parameter", "mu", "sigma", "dataset_size", "samples", "dimension"]
CELL = [*FACETS, *GRID]
TIMED = [*(name for name in FACETS if name not in ("theta", "data")), "dataset_size", "samples", "dimension"]


def _reference(rows: pd.DataFrame) -> pd.Series:
    """Which rows are of the reference of their cell: pathwise or, of the Bernoulli, the score function."""
    return rows["estimator"] == np.where(rows["family"] == "bernoulli", "score_function", "pathwise")


def _ratios(statistics: pd.DataFrame) -> pd.DataFrame:
    """Every estimator over the reference, in the order of the statistics."""
    others = statistics[~_reference(statistics)].rename(columns={"estimator": "numerator"})
    below = statistics[_reference(statistics)].rename(columns={"estimator": "denominator"})
    both = others.merge(below[[*CELL, "denominator", "variance", "exact_variance"]], on=CELL, suffixes=("", "_below"))
    both["variance_ratio"] = both["variance"] / both["variance_below"]
    both["variance_ratio_low"], both["variance_ratio_high"] = (
        both["variance_ratio"] * 0.95,
        both["variance_ratio"] * 1.05,
    )
    both["exact_variance_ratio"] = both["exact_variance"] / both["exact_variance_below"]
    ratio = ["variance_ratio", "variance_ratio_low", "variance_ratio_high", "exact_variance_ratio"]
    mse = {f"mse_ratio{end}": both[f"variance_ratio{end}"] for end in ("", "_low", "_high")}
    keys = [*FACETS, "numerator", "denominator", *GRID]
    return both.assign(**mse)[[*keys, "replicates", *ratio, *mse, "status"]]


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
    below = frame[_reference(frame)][[*keys, "estimate_ns"]]
    frame["time_ratio"] = frame["estimate_ns"] / frame.merge(below, on=keys, how="left")["estimate_ns_y"]
    return frame.assign(time_ratio_low=frame["time_ratio"] * 0.97, time_ratio_high=frame["time_ratio"] * 1.03)


def _efficiency(ratios: pd.DataFrame, timings: pd.DataFrame) -> pd.DataFrame:
    """Variance ratio times time ratio."""
    times = timings[[*TIMED, "estimator", "evaluation", "time_ratio"]].rename(columns={"estimator": "numerator"})
    both = ratios.merge(times, on=[*TIMED, "numerator"])
    product = both["variance_ratio"] * both["time_ratio"]
    both = both.assign(
        efficiency_ratio=product,
        efficiency_ratio_low=product * 0.9,
        efficiency_ratio_high=product * 1.1,
        evaluations=both["samples"],
        evaluations_ratio=1.0,
        evaluation_efficiency_ratio=both["variance_ratio"],
    )
    gone = [name for name in ratios if name.startswith(("mse_ratio", "variance_ratio_", "exact_"))]
    return both.drop(columns=["replicates", *gone, "status"])
