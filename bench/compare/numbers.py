"""Have the statistics changed? Gradients and variance ratios of two runs, row by row.

**To the byte** where the project promises it: the same versions (the package's own is one of them), CPU model, seed and
block, in rows of as many replicates or of the same grid. A commit that alters a single digit must therefore raise the
package's version, and thereby says so. Neither the order of the rows nor the rest of the grid matters, nor does
`status`, which depends on the precision asked for.

**Within joint intervals** elsewhere, for instance with another seed or another NumPy: gradients by
z = (g' - g) / hypot(se, se'); variance ratios by t = log(r' / r) / hypot(s, s'), where s is the log half-width over the
t quantile it was made with, of one degree of freedom less than there were groups of blocks. Two runs of one seed share
their draws, so their true errors are smaller: the test errs on the side of silence. Holm's correction over all such
rows keeps the chance that any right row is called below FAMILY. A variance that has not converged has no interval to
rely on, and is not judged.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import stats

from bench.compare.sources import Key, Result, number
from bench.statistics.jackknife import CONFIDENCE
from bench.statistics.moments import ROUND_OFF
from bench.statistics.significance import holm, p_values
from bench.tables.schema import COLUMNS, KEYS

FALSE_ALARM = 1e-3  # chance of any false alarm in a comparison
VALUES = {"statistics": "gradient", "ratios": "variance_ratio"}
ELSEWHERE = ("name", "output", "executor", "resume", "dry_run", "rounds", "plugins")  # keys that decide no digit


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
        """The hard gate."""
        return not self.same_bytes if self.to_the_byte else self.p < FALSE_ALARM

    @property
    def judged(self) -> bool:
        """Whether anything decides on it."""
        return self.to_the_byte or not math.isnan(self.p)

    @property
    def score(self) -> float:
        """The difference in joint standard errors; NaN where one of them is not known."""
        return abs(self.difference) / self.error if 0 < self.error < math.inf else math.nan


def same_data(base: Result, head: Result) -> bool:
    """Whether both runs read the same data: their rows ask the same question."""
    asked = [one.manifest["config"].get("data") for one in (base, head)]
    found = [one.manifest.get("data") or {} for one in (base, head)]
    sizes, sums = ([one.get(name) for one in found] for name in ("n", "sha256"))
    return asked[0] == asked[1] and (sizes[0] != sizes[1] or sums[0] == sums[1])


def identities(base: Result, head: Result) -> list[Mapping[str, Any]]:
    """What each of two runs must share with the other for the same bytes; a target, where both manifests hold one."""
    keys = ["target"] if all("target" in result.manifest["cpu"] for result in (base, head)) else []
    return [
        {"cpu": result.cpu[0]}
        | {f"cpu {key}": result.manifest["cpu"][key] for key in keys}
        | {name: result.manifest[name] for name in ("versions", "seed", "block")}
        for result in (base, head)
    ]


def compare(bases: Sequence[Result], heads: Sequence[Result]) -> list[Row]:
    """The shared rows of every pair of runs, those that changed first, then by how far they are apart."""
    rows = [row for pair in zip(bases, heads, strict=True) if same_data(*pair) for row in _pair(*pair)]
    by_interval = np.array([not row.to_the_byte and not math.isnan(row.score) for row in rows], dtype=bool)
    numbers = np.array([(row.difference, row.error, row.freedom) for row in rows]).reshape(-1, 3)[by_interval]
    p = np.full(len(rows), np.nan)
    p[by_interval] = holm(p_values(*numbers.T))
    rows = [replace(row, p=float(one)) for row, one in zip(rows, p, strict=True)]
    return sorted(rows, key=lambda row: (not row.changed, row.same_bytes, -np.nan_to_num(row.score)))


def _pair(base: Result, head: Result) -> Iterator[Row]:
    grids = [{k: v for k, v in one.manifest["config"].items() if k not in ELSEWHERE} for one in (base, head)]
    identity, other = identities(base, head)
    alike = identity == other
    for table, value in VALUES.items():
        digits = set(COLUMNS[table]) - {*KEYS[table], "schema", "status"}
        for key, old in base.tables[table].items():
            new = head.tables[table].get(key)
            if new is None or not (old[value] or new[value]):
                continue
            difference, error, freedom = _evidence(table, old, new, base, head)
            yield Row(
                table,
                key,
                number(old[value]),
                number(new[value]),
                all(old[name] == new[name] for name in digits),
                alike and (grids[0] == grids[1] or old["replicates"] == new["replicates"]),
                difference,
                error,
                freedom,
            )


def _evidence(
    table: str, old: Mapping[str, str], new: Mapping[str, str], base: Result, head: Result
) -> tuple[float, float, float]:
    """(difference, joint standard error, degrees of freedom)."""
    if table == "statistics":
        values = [number(one["gradient"]) for one in (old, new)]
        errors = [number(one["gradient_se"]) for one in (old, new)]
        return values[1] - values[0], math.hypot(*errors, ROUND_OFF * max(map(abs, values))), math.inf
    if "unconverged" in (old["status"], new["status"]):
        return math.nan, math.nan, math.nan
    freedom = min(one.manifest["block"]["groups"] for one in (base, head)) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log([[number(one[f"variance_ratio{end}"]) for end in ("", "_low", "_high")] for one in (old, new)])
        errors = (logs[:, 2] - logs[:, 1]) / (2 * stats.t.ppf((1 + CONFIDENCE) / 2, freedom))
        return float(logs[1, 0] - logs[0, 0]), math.hypot(*errors, ROUND_OFF), freedom
