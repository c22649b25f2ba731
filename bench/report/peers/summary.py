"""The fastest peer beside this suite, from peers.csv: in every problem, and over those of an objective."""

import pandas as pd

from bench.markup.blocks import Interval
from bench.markup.numbers import number
from bench.report.sections.phrases import interval

OURS = "bench"  # in the column of frameworks
NAMES = {"numpy": "NumPy", "torch": "PyTorch", "jax": "JAX"}
LEAST = {"grid_ratio": 40.0, "ratio": 5.0}  # asked for: times the fastest peer, of problems in one component
DEAR = "logistic_regression"  # a matrix product, of which less is asked
LEAST_OF_DEAR = 1.0
PROBLEM = ["threads", "objective", "estimator", "samples"]


def timed(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with times."""
    return frame[frame["status"] == "ok"]


def fastest(frame: pd.DataFrame) -> pd.DataFrame:
    """The row of the fastest peer of each problem, in the order of the table; none where no peer was timed.

    The fastest is the one whose ratio to this suite is the smallest: ratios are of one round, so the machine's drift
    is not in them. `draw_ratio` is of drawing alone.
    """
    rows = timed(frame)
    peers = rows[rows["framework"] != OURS]
    chosen = peers.loc[peers.groupby(PROBLEM, sort=False)["ratio"].idxmin()]
    cells = rows[(rows["framework"] == OURS) & (rows["variant"] == "cell")].set_index(PROBLEM)["draw_ns"]
    ours = [cells[key] for key in chosen[PROBLEM].itertuples(index=False, name=None)]
    return chosen.assign(draw_ratio=chosen["draw_ns"] / ours)


def lines(frame: pd.DataFrame) -> list[dict[str, str]]:
    """A line for each setting of the threads and objective: who is fastest, and how many times ours that takes."""
    said = []
    for (threads, objective), rows in fastest(frame).groupby(["threads", "objective"], sort=False):
        names = dict.fromkeys(f"{NAMES[row.framework]} ({row.variant.replace('_', ' ')})" for row in rows.itertuples())
        said.append(
            {
                "threads": str(threads),
                "objective": str(objective),
                "fastest peer": ", ".join(names),
                "one cell, drawing included": span(rows, "ratio"),
                "drawing alone": span(rows, "draw_ratio"),
                "a cell in the default grid": span(rows, "grid_ratio"),
            }
        )
    return said


def span(rows: pd.DataFrame, column: str) -> str:
    """The smallest and the largest of a column, as 2.7 to 3.9."""
    low, high = (number(value, 2) for value in (rows[column].min(), rows[column].max()))
    return low if low == high else f"{low} to {high}"


def met(frame: pd.DataFrame) -> list[tuple[str, str, Interval, str]]:
    """(objective, what is asked, the smallest ratio, whether its interval is enough) on one thread."""
    rows = fastest(frame[frame["threads"] == "1"])
    told = []
    for objective, some in rows.groupby("objective", sort=False):
        limits = {"ratio": LEAST_OF_DEAR} if objective == DEAR else LEAST
        for column, least in limits.items():
            where = "a cell in the default grid" if column == "grid_ratio" else "one cell, drawing included"
            times = f"at least {number(least)} times" if least > 1 else "not slower"
            smallest = some.loc[some[column].idxmin()]
            low, high = (float(smallest[f"{column}_{end}"]) for end in ("low", "high"))
            enough = "yes" if low >= least else "no" if high < least else "undecided"
            told.append((str(objective), f"{where}: {times}", interval(smallest, column), enough))
    return told
