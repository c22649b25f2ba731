"""From two results to one verdict: the first that applies of the words in CODES."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bench.compare import numbers, timings
from bench.compare.sources import COMPARED, Key, Result, row_title, to_float
from bench.errors import ExitCode
from bench.tables.run import disagreement

MOST_FAULTS = 5  # rows without a time that a reader is told of one by one
CODES = {
    "statistics changed": ExitCode.CHANGED,
    "regressed": ExitCode.CHANGED,
    "different data": ExitCode.NOTHING_MEASURED,
    "ok": ExitCode.DONE,
    "nothing comparable": ExitCode.NOTHING_MEASURED,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rows that two sides share, judged, and by (table, side) the keys of the rows that only that side has."""

    bases: Sequence[Result]
    heads: Sequence[Result]
    threshold: float
    statistics: Sequence[numbers.Row]
    times: Sequence[timings.Row]
    alone: Mapping[tuple[str, str], Sequence[Key]]
    one_machine: str  # why the times are of one machine, where the results do not tell; else empty

    @property
    def word(self) -> str:
        """The verdict. Where nothing could be judged it is not ok."""
        calls = self.calls
        if self.changed:
            return "statistics changed"
        if calls["regressed"]:
            return "regressed"
        if not self.same_data:
            return "different data"
        judged = any(row.judged for row in self.statistics) or calls.total() > calls["not judged"]
        return "ok" if judged else "nothing comparable"

    @property
    def code(self) -> ExitCode:
        """The exit code."""
        return CODES[self.word]

    @property
    def same_data(self) -> bool:
        """Whether the runs of every pair read the same data."""
        return all(map(numbers.same_data, self.bases, self.heads))

    @property
    def faults(self) -> list[tuple[str, Result, Key, str]]:
        """The rows without a time: side, result, row, and what is wrong with it."""
        sides = {"base": self.bases, "head": self.heads}
        return [
            (side, result, key, fault)
            for side, results in sides.items()
            for result in results
            for key, fault in result.faults.items()
        ]

    @property
    def changed(self) -> list[numbers.Row]:
        """The statistics that changed."""
        return [row for row in self.statistics if row.changed]

    @property
    def calls(self) -> Counter[str]:
        """How many times got which call."""
        return Counter(row.call for row in self.times)


def judge(bases: Sequence[Result], heads: Sequence[Result], threshold: float, one_machine: str = "") -> Verdict:
    """Compare two sides of as many results of one kind: the i-th of one was measured beside the i-th of the other."""
    faulty = {key for result in (*bases, *heads) for key in result.faults}
    statistics = numbers.compare(bases, heads) if bases[0].is_run else []
    alone = {}
    for table in COMPARED:
        sides = {
            side: [_keys(result, table) for result in results]
            for side, results in {"base": bases, "head": heads}.items()
        }
        shared = set.intersection(*map(set, chain(*sides.values())))
        for side, keys in sides.items():
            alone[table, side] = [key for key in dict.fromkeys(chain(*keys)) if key not in shared | faulty]
    times = timings.compare(bases, heads, threshold, bool(one_machine))
    return Verdict(bases, heads, threshold, statistics, times, alone, one_machine)


def _keys(result: Result, table: str) -> list[Key]:
    """The keys of the rows that hold a finite number."""
    if table == "timings":
        return list(result.times)
    value = numbers.VALUES[table]
    return [key for key, row in result.tables.get(table, {}).items() if math.isfinite(to_float(row[value]))]


def summary(verdict: Verdict) -> str:
    """The verdict in one line, with how many rows speak for it."""
    counted = []
    if rows := verdict.statistics:
        changed = verdict.changed
        unchanged = [row for row in rows if not row.same_bytes and not row.changed]
        counts = {
            "must be the same bytes and are not": sum(row.to_the_byte for row in changed),
            "outside joint intervals": sum(not row.to_the_byte for row in changed),
            "other bytes within joint intervals": sum(row.judged for row in unchanged),
            "other bytes without an interval": sum(not row.judged for row in unchanged),
        }
        why = ", ".join(f"{count} {reason}" for reason, count in counts.items() if count) or "all the same bytes"
        counted.append(f"{len(changed)} of {len(rows)} statistics changed ({why})")
    calls = [f"{verdict.calls[call]} {call}" for call in timings.CALLS if verdict.calls[call]]
    if faulty := {key for _, _, key, _ in verdict.faults}:
        calls.append(f"{len(faulty)} without a time")
    if calls:
        counted.append(f"times: {', '.join(calls)}")
    failed = [
        f"{side} {result.name} FAILED its verdict"
        for side, results in (("base", verdict.bases), ("head", verdict.heads))
        for result in results
        if disagreement(result.name, result.manifest)
    ]
    return f"COMPARE {verdict.word}: {'; '.join([*failed, *(counted or ['the two sides share no row'])])}"


def notes(verdict: Verdict) -> Iterator[str]:
    """What a reader must know to trust the verdict, a line each."""
    failures = (disagreement(result.name, result.manifest) for result in (*verdict.bases, *verdict.heads))
    yield from (f"Its numbers are not to be trusted: {words}." for words in dict.fromkeys(failures) if words)
    if verdict.times:
        yield from _machines(verdict)
    for side, result, key, fault in verdict.faults[:MOST_FAULTS]:
        yield f"Not judged: {row_title('timings', key)} in {side} ({result.name}): {fault}."
    if more := verdict.faults[MOST_FAULTS:]:
        yield f"Not judged: {len(more)} more rows without a time."
    if verdict.bases[0].is_run:
        if not verdict.same_data:
            yield "The runs are of different data, whose statistics are not compared."
        pairs = [pair for pair in zip(verdict.bases, verdict.heads, strict=True) if numbers.same_data(*pair)]
        reasons = dict.fromkeys(reason for pair in pairs for reason in _differences(*numbers.identities(*pair)))
        why = f"Joint intervals decide on statistics, for these differ: {', '.join(reasons)}."
        if pairs:
            yield why if reasons else "Same versions, CPU model, seed and block: statistics must agree to the byte."
        if verdict.bases[0].kind == "fit":
            yield from _of_a_fit(verdict)
    if any(row.to_the_byte for row in verdict.changed):
        yield "A change of digits that is meant needs another `bench.__version__`; then joint intervals decide."
    for (table, side), keys in verdict.alone.items():
        if keys:
            yield f"Only in {side}: {len(keys)} rows of {table}, the first is {row_title(table, keys[0])}."


def _of_a_fit(verdict: Verdict) -> Iterator[str]:
    """How two fits are held against each other."""
    yield (
        "Curves and paths are compared, of an encoder its variances; seconds are times, not digits, and have no "
        "interval: they are not judged. Where bytes do not decide, the intervals of the median loss at each checkpoint "
        "and of the variances do."
    )
    pairs = zip(verdict.bases, verdict.heads, strict=True)
    if not all(numbers.same_course(*pair) for pair in pairs):
        yield "Steps, checkpoints or replicates differ, so bytes do not decide."


def _machines(verdict: Verdict) -> Iterator[str]:
    """Why times are judged or not, and what one result a side does not show."""
    base, head = (" and ".join(dict.fromkeys(map(processor, side))) for side in (verdict.bases, verdict.heads))
    told = timings.same_machine([*verdict.bases, *verdict.heads])
    if not told and not verdict.one_machine:
        yield (
            f"Times are not judged, for the machines differ or are unknown: base {base}; head {head}; "
            "same_machine=true judges them all the same."
        )
        return
    if unjudged := verdict.calls["not judged"]:
        yield f"Not judged: {unjudged} times without an interval, which takes two rounds or more."
    if not told:
        yield f"Times are judged as those of one machine, for {verdict.one_machine}: base {base}; head {head}."
    if len(verdict.bases) == 1:
        yield "One result a side: what differs from run to run is not seen; interleave several and give lists."


def processor(result: Result) -> str:
    """The model of its processor and how many cores it has."""
    model, cores = result.cpu
    return f"{model or 'unknown'}, {cores or 'unknown'} cores"


def _differences(base: Mapping[str, Any], head: Mapping[str, Any]) -> Iterator[str]:
    """What differs, in words: numpy 2.4.6 -> 2.5.0."""
    for name in dict.fromkeys([*base, *head]):
        old, new = base.get(name), head.get(name)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _differences(old, new)
        elif old != new:
            yield f"{name} {old} -> {new}"
