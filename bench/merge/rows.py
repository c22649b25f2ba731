"""The rows of a merged run: those of one run alone stay as they are, those of several are pooled, or refused.

A row that some runs skip and others measured is that of the others. Its status is the worst of theirs; `budget` where
none of them is as precise as was asked for, though all together may be. Times are not pooled: each run's stand under
its machine. Components of their own (components.csv) are left out.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bench.merge import agreement, pooling
from bench.merge.agreement import Pair
from bench.merge.parts import ENDS, Part, Row, denominators, part, typed
from bench.merge.sources import SKIPPED, Key, Source
from bench.spec import Floats
from bench.statistics.moments import quiet
from bench.tables import efficiency

EXACT = ("exact", "lines")  # optional tables of exact values, of which each row stands once


def merged(sources: Sequence[Source], machines: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of every table, in the order of the sources; Changed where runs disagree, BadInput where they conflict.

    `machines` are names for those of the sources.
    """
    pairs: list[Pair] = []
    groups = int(sources[0].manifest["block"]["groups"])

    def statistics(key: Key, there: Sequence[Source]) -> Row:
        return _statistics(part("statistics", key, there), groups, pairs)

    def ratios(key: Key, there: Sequence[Source]) -> Row:
        return _ratios(part("ratios", key, there), denominators(key, there), groups, pairs)

    tables = {name: [*_table(name, sources, pool)] for name, pool in (("statistics", statistics), ("ratios", ratios))}
    agreement.require(pairs)
    return tables | {"timings": [], "efficiency": []} | _by_machine(sources, machines, tables) | _optional(sources)


def _table(table: str, sources: Sequence[Source], pool: Callable[[Key, Sequence[Source]], Row]) -> Iterator[Row]:
    """A row for each key: as it is where one run has it, else pooled."""
    measured = [source.measured(table) for source in sources]
    for key in dict.fromkeys(key for source in sources for key in source.tables[table]):
        there = [source for source, keys in zip(sources, measured, strict=True) if key in keys]
        if len(there) > 1:
            yield pool(key, there)
        else:
            first = next(source for source in there or sources if key in source.tables[table])
            yield typed(table, first.tables[table][key])


@quiet
def _statistics(rows: Part, groups: int, pairs: list[Pair]) -> Row:
    """A pooled row of statistics.csv."""
    agreement.require_contract(rows)
    n, variances, untied = rows.column("replicates"), rows.interval("variance"), rows.first["components"] == "untied"
    means, errors = rows.column("gradient"), rows.column("gradient_se")
    if agreement.judged(rows.statuses):
        if not (untied and math.isnan(rows.first["exact_gradient"])):  # a norm of means, larger for few replicates
            pairs += agreement.of_means(rows, means, errors)
        pairs += agreement.of_logarithms(rows, "variance", groups)
    score, variance = _farthest if untied else pooling.score, pooling.variance(variances[0], n)
    low, high = pooling.interval(variance, variances, n - 1)
    return rows.first | {
        "replicates": int(n.sum()),
        "gradient": pooling.mean(means, n),
        "gradient_se": pooling.standard_error(errors, n),
        "gradient_z": score(rows.column("gradient_z"), n),
        "bias": pooling.mean(rows.column("bias"), n),
        "variance": variance,
        "variance_low": low,
        "variance_high": high,
        "variance_z": score(rows.column("variance_z"), n),
        "kurtosis": pooling.kurtosis(rows.column("kurtosis"), variances[0], n),
        "mse": pooling.mean(rows.column("mse"), n),
        "status": rows.status,
    }


def _farthest(scores: Floats, replicates: Floats) -> float:
    """The score that is farthest off, for the worst component is another one in each run; NaN where any is."""
    return float(scores[np.argmax(abs(scores))])


@quiet
def _ratios(rows: Part, under: Part, groups: int, pairs: list[Pair]) -> Row:
    """A pooled row of ratios.csv: weights are replicates times what is below, which makes it a ratio of pooled ones."""
    if agreement.judged(rows.statuses | under.statuses):
        pairs += agreement.of_logarithms(rows, "variance_ratio", groups)
    n, pooled = rows.column("replicates"), rows.first | {"replicates": int(rows.column("replicates").sum())}
    for name, weights in (("variance", (n - 1) * under.column("variance")), ("mse", n * under.column("mse"))):
        ratios = rows.interval(f"{name}_ratio")
        value = pooling.mean(ratios[0], weights)
        ends = value, *pooling.interval(value, ratios, weights)
        pooled |= {f"{name}_ratio{end}": number for end, number in zip(ENDS, ends, strict=True)}
    return pooled | {"status": rows.status}


def _by_machine(
    sources: Sequence[Source], machines: Sequence[str], tables: dict[str, list[Row]]
) -> dict[str, list[Row]]:
    """The times of each run, and with the pooled ratios the efficiency there."""
    ratios = [row for row in tables["ratios"] if not row["status"].startswith(SKIPPED)]
    timings, efficiencies = list[Row](), list[Row]()
    for source, machine in zip(sources, machines, strict=True):
        times = [typed("timings", row) for row in source.tables["timings"].values()]
        timings += [{"machine": machine, **row} for row in times]
        rows = efficiency.efficiency_rows(ratios, times, tables["statistics"])
        efficiencies += [{"machine": machine, **row} for row in rows]
    return {"timings_by_machine": timings, "efficiency_by_machine": efficiencies}


def _optional(sources: Sequence[Source]) -> dict[str, list[Row]]:
    """Exact values of all runs, and the single draws of the first run that has any: their bins are its own."""
    tables: dict[str, list[Row]] = {}
    for name in EXACT:
        rows = {key: row for source in reversed(sources) for key, row in source.tables.get(name, {}).items()}
        ordered = dict.fromkeys(key for source in sources for key in source.tables.get(name, {}))
        tables |= {name: [typed(name, rows[key]) for key in ordered]} if ordered else {}
    first = next((source.tables["draws"] for source in sources if "draws" in source.tables), {})
    return tables | ({"draws": [typed("draws", row) for row in first.values()]} if first else {})
