"""Have the statistics changed? Gradients and variance ratios of two sweeps, losses, paths and variances of two fits.

**To the byte** where the project promises it: the same versions (the package's among them), CPU model, seed and block,
in rows of as many replicates or of the same grid. A commit that alters a single digit must therefore raise the
package's version, and thereby says so. Neither the order of the rows nor the rest of the grid matters, nor does
`status`, which depends on the precision asked for.

**Within joint intervals** elsewhere, for instance with another seed or another NumPy: gradients by
z = (g' - g) / hypot(se, se'); variance ratios by t = log(r' / r) / hypot(s, s'), where s is the log half-width over the
t quantile it was made with, of one degree of freedom less than there were groups of blocks. Two runs of one seed share
their draws, so their true errors are smaller: the test errs on the side of silence. Holm's correction over all such
rows keeps the chance that any unchanged row is called below its level. The interval of a variance that has not
converged is unreliable, so its row is not judged.
"""

import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import stats

from bench.compare.sources import Key, Result, to_float
from bench.statistics.jackknife import CONFIDENCE
from bench.statistics.moments import ROUND_OFF, quiet
from bench.statistics.significance import from_interval, holm, p_values
from bench.tables.contents import TABLES

Fields = Mapping[str, str]

FALSE_ALARM_STATISTICS = 1e-3  # chance of any false alarm in a comparison
VALUES = {
    "statistics": "gradient",
    "ratios": "variance_ratio",
    "components": "gradient",
    "curves": "loss",
    "paths": "replicate",
    "encoder": "variance",
}
LOGARITHMIC = ("variance_ratio", "variance")  # values that are judged by their logarithms
NO_DIGITS = {"status", "seconds"}  # columns that depend on the precision asked for, and on the clock
COURSE = ("steps", "checkpoints", "replicates")  # of a fit, that its draws and what is recorded hang on
WITHOUT_DIGITS = ("name", "output", "executor", "resume", "dry_run", "rounds", "plugins")  # keys that decide no digit


@dataclass(frozen=True, slots=True)
class Row:
    """One gradient or variance ratio of a pair of runs; `p` is adjusted, NaN where intervals do not decide."""

    table: str
    key: Key
    base: float
    head: float
    same_bytes: bool
    to_the_byte: bool  # whether it had to be
    difference: float  # of gradients, or of logarithms of ratios
    error: float
    freedom: float
    p: float = math.nan

    @property
    def changed(self) -> bool:
        """Whether the statistic changed, which fails a comparison."""
        return not self.same_bytes if self.to_the_byte else self.p < FALSE_ALARM_STATISTICS

    @property
    def judged(self) -> bool:
        """Whether the bytes or an interval decide on the row."""
        return self.to_the_byte or not math.isnan(self.p)

    @property
    def score(self) -> float:
        """The difference in joint standard errors; NaN where one of them is not known."""
        return abs(self.difference) / self.error if 0 < self.error < math.inf else math.nan


def same_data(base: Result, head: Result) -> bool:
    """Whether both runs read the same data, of which one may have read more: only then are rows comparable."""
    configs = [run.manifest.get("config", {}).get("data") for run in (base, head)]
    data = [run.manifest.get("data") or {} for run in (base, head)]
    sizes, sums = ([record.get(name) for record in data] for name in ("n", "sha256"))
    return sums[0] == sums[1] if sizes[0] == sizes[1] else configs[0] == configs[1]


def identities(base: Result, head: Result) -> list[Mapping[str, Any]]:
    """What each of two runs must share with the other for the same bytes; a target, where both manifests hold one."""
    keys = ["target"] if all("target" in result.manifest["cpu"] for result in (base, head)) else []
    return [
        {"cpu": result.manifest["cpu"]["model"]}
        | {f"cpu {key}": result.manifest["cpu"][key] for key in keys}
        | {name: result.manifest[name] for name in ("versions", "seed", "block")}
        for result in (base, head)
    ]


def compare(bases: Sequence[Result], heads: Sequence[Result]) -> list[Row]:
    """The shared rows of every pair of runs, those that changed first, then by how far they are apart."""
    rows = [row for pair in zip(bases, heads, strict=True) if same_data(*pair) for row in _shared_rows(*pair)]
    by_interval = np.array([not row.to_the_byte and not math.isnan(row.score) for row in rows], dtype=bool)
    evidence = np.array([(row.difference, row.error, row.freedom) for row in rows]).reshape(-1, 3)[by_interval]
    adjusted = np.full(len(rows), np.nan)
    adjusted[by_interval] = holm(p_values(*evidence.T))
    rows = [replace(row, p=float(p)) for row, p in zip(rows, adjusted, strict=True)]
    return sorted(rows, key=lambda row: (not row.changed, row.same_bytes, -np.nan_to_num(row.score)))


def _shared_rows(base: Result, head: Result) -> Iterator[Row]:
    """The rows of both runs that hold a number in one of them."""
    grids = [{k: v for k, v in run.manifest["config"].items() if k not in WITHOUT_DIGITS} for run in (base, head)]
    same_identity, same_grid = operator.eq(*identities(base, head)), grids[0] == grids[1]
    freedom = min(run.manifest["block"]["groups"] for run in (base, head)) - 1
    for table, value in VALUES.items():
        digits = TABLES[table].measured.keys() - NO_DIGITS
        for key, old in base.tables.get(table, {}).items():
            new = head.tables.get(table, {}).get(key)
            if new is None or not (old[value] or new[value]):
                continue
            difference, error = _difference(value, old, new, freedom)
            yield Row(
                table=table,
                key=key,
                base=to_float(old[value]),
                head=to_float(new[value]),
                same_bytes=all(old[name] == new[name] for name in digits),
                to_the_byte=same_identity and (same_grid or _of_as_many(base, head, table, key)),
                difference=difference,
                error=error,
                freedom=freedom if value in LOGARITHMIC else math.inf,
            )


def same_course(base: Result, head: Result) -> bool:
    """Whether two fits went over as many steps, checkpoints and replicates."""
    courses = [[run.manifest["config"].get(key) for key in COURSE] for run in (base, head)]
    return courses[0] == courses[1]


def _of_as_many(base: Result, head: Result, table: str, key: Key) -> bool:
    """Whether a row is made of as many replicates on both sides, of fits at the same steps."""
    if base.kind == "fit":
        return same_course(base, head)
    return _replicates(base, table, key) == _replicates(head, table, key)


def _replicates(run: Result, table: str, key: Key) -> str:
    """How many replicates a row is made of; that of a component is part of a row of the statistics."""
    row = run.tables["statistics"][key[:-1]] if table == "components" else run.tables[table][key]
    return row["replicates"]


def _difference(value: str, old: Fields, new: Fields, freedom: int) -> tuple[float, float]:
    """The difference of a value on the scale on which it is judged, and its joint standard error."""
    if value == "gradient":
        return _gradient_difference(old, new)
    if value in LOGARITHMIC:
        return _log_difference(value, old, new, freedom)
    return _median_difference(value, old, new) if value == "loss" else (math.nan, math.nan)


def _median_difference(value: str, old: Fields, new: Fields) -> tuple[float, float]:
    """The difference of two medians over replicates; NaN where one is infinite, or its interval is."""
    medians, errors = [], []
    for row in (old, new):
        middle, low, high = (to_float(row[f"{value}{end}"]) for end in ("", "_median_low", "_median_high"))
        effect = from_interval(middle, low, high, int(to_float(row["replicates"])))
        medians.append(middle)
        errors.append(effect.error)
    if not all(map(math.isfinite, [*medians, *errors])):
        return math.nan, math.nan
    return medians[1] - medians[0], math.hypot(*errors, ROUND_OFF * max(map(abs, medians)))


def _gradient_difference(old: Fields, new: Fields) -> tuple[float, float]:
    """The difference of two gradients and its joint standard error."""
    values = [to_float(row["gradient"]) for row in (old, new)]
    errors = [to_float(row["gradient_se"]) for row in (old, new)]
    return values[1] - values[0], math.hypot(*errors, ROUND_OFF * max(map(abs, values)))


@quiet
def _log_difference(value: str, old: Fields, new: Fields, freedom: int) -> tuple[float, float]:
    """The difference of the logarithms of two values and its joint standard error; NaN where one is unconverged."""
    if "unconverged" in (old.get("status"), new.get("status")):
        return math.nan, math.nan
    logs = np.log([[to_float(row[f"{value}{end}"]) for end in ("", "_low", "_high")] for row in (old, new)])
    errors = (logs[:, 2] - logs[:, 1]) / (2 * stats.t.ppf((1 + CONFIDENCE) / 2, freedom))
    return float(logs[1, 0] - logs[0, 0]), math.hypot(*errors, ROUND_OFF)
