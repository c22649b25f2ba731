"""A verdict as text, as Markdown for a pull request, and as JSON."""

import json
import math
from collections.abc import Sequence
from typing import Any

from bench.compare import numbers, timings
from bench.compare.numbers import VALUES
from bench.compare.sources import Result, row_title
from bench.compare.verdict import Verdict, notes, processor, summary
from bench.markup.markdown import bullets, escape, table
from bench.markup.numbers import number
from bench.tables.schema import KEYS

Fields = tuple[str, ...]

MOST_ROWS = 30  # rows of a table that are shown
STATISTICS = ("value", "row", "base", "head", "joint standard errors", "adjusted p", "why")
TIMES = ("value", "row", "base ns", "head ns", "head / base", "adjusted p", "call")


def to_text(verdict: Verdict) -> str:
    """The summary, the notes and the rows, worst first."""
    tables = _tables(verdict, verdict.times)
    return "\n".join([summary(verdict), *notes(verdict), *(_aligned(*table) for table in tables)])


def to_markdown(verdict: Verdict) -> str:
    """The same, to be read on a web page: what was called is open, the times that were not are folded."""
    origin = [f"Base: {_origin(verdict.bases)}.", f"Head: {_origin(verdict.heads)}."]
    called = [row for row in verdict.times if row.call in ("regressed", "improved", "uncertain")]
    rest = [row for row in verdict.times if row not in called]
    parts = [f"### {escape(summary(verdict))}\n", bullets(map(escape, [*origin, *notes(verdict)]))]
    parts += [_piped(*table) for table in _tables(verdict, called)]
    if rest:
        parts.append(
            f"<details><summary>{len(rest)} other times</summary>\n\n{_piped(TIMES, _times(rest))}\n</details>\n"
        )
    return "\n".join(parts)


def _origin(side: Sequence[Result]) -> str:
    """Which results, of which commit, on which processor."""
    names = " ".join(one.name for one in side)
    commits = " ".join(dict.fromkeys(one.commit[:10] for one in side if one.commit))
    return f"{names}, commit {commits or 'unknown'}, on {' and '.join(dict.fromkeys(map(processor, side)))}"


def _tables(verdict: Verdict, times: Sequence[timings.Row]) -> list[tuple[Fields, list[Fields]]]:
    """The header and the rows of the statistics that changed, and of these times."""
    changed = [row for row in verdict.statistics if row.changed]
    both = (STATISTICS, _statistics(changed)), (TIMES, _times(times))
    return [(header, rows) for header, rows in both if rows]


def _statistics(rows: Sequence[numbers.Row]) -> list[Fields]:
    return [
        (
            VALUES[row.table],
            row_title(row.table, row.key),
            _number(row.base, 6),
            _number(row.head, 6),
            _number(row.score),
            _number(row.p),
            "other bytes" if row.to_the_byte else "outside",
        )
        for row in rows
    ]


def _times(rows: Sequence[timings.Row]) -> list[Fields]:
    return [
        (
            "time",
            row_title("timings", row.key),
            _number(row.base_ns),
            _number(row.head_ns),
            _ratio(row),
            _number(row.p),
            row.call,
        )
        for row in rows
    ]


def _piped(header: Fields, rows: Sequence[Fields]) -> str:
    """For Markdown; names may hold anything."""
    return table(header, [(name, escape(key), *rest) for name, key, *rest in rows[:MOST_ROWS]]) + _more(rows)


def _aligned(header: Fields, rows: Sequence[Fields]) -> str:
    """For a terminal."""
    lines = [header, *rows[:MOST_ROWS]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    return "\n" + "\n".join(padded) + _more(rows)


def _more(rows: Sequence[Fields]) -> str:
    return f"\n{len(rows) - MOST_ROWS} more rows, all in json=FILE\n" if len(rows) > MOST_ROWS else ""


def _number(value: float, digits: int = 3) -> str:
    return number(value, digits) if math.isfinite(value) else ""


def _ratio(row: timings.Row) -> str:
    low, high = (_number(end) for end in row.interval)
    return f"{_number(row.ratio)} [{low}, {high}]" if low and high else _number(row.ratio)


def to_json(verdict: Verdict) -> str:
    """Everything, for programs; a number that is not known is null."""
    columns = KEYS["timings"] if verdict.bases[0].kind == "run" else ("fullname",)
    record = {
        "verdict": verdict.word,
        "exit_code": verdict.code,
        "summary": summary(verdict),
        "notes": list(notes(verdict)),
        "threshold": verdict.threshold,
        "level": {"statistics": numbers.FALSE_ALARM, "times": timings.FALSE_ALARM},
        "base": [_side(one) for one in verdict.bases],
        "head": [_side(one) for one in verdict.heads],
        "statistics": [_statistic(row) for row in verdict.statistics],
        "times": [_time(row, columns) for row in verdict.times],
        "alone": {f"{name} in {side}": [list(key) for key in keys] for (name, side), keys in verdict.alone.items()},
    }
    return json.dumps(record, indent=2, allow_nan=False) + "\n"


def _side(one: Result) -> dict[str, Any]:
    return {"name": one.name, "kind": one.kind, "commit": one.commit, "cpu": {"model": one.cpu[0], "cores": one.cpu[1]}}


def _statistic(row: numbers.Row) -> dict[str, Any]:
    return {
        "table": row.table,
        **dict(zip(KEYS[row.table], row.key, strict=True)),
        "base": _known(row.base),
        "head": _known(row.head),
        "same_bytes": row.same_bytes,
        "to_the_byte": row.to_the_byte,
        "joint_standard_errors": _known(row.score),
        "adjusted_p": _known(row.p),
        "changed": row.changed,
    }


def _time(row: timings.Row, columns: tuple[str, ...]) -> dict[str, Any]:
    low, high = row.interval
    return {
        **dict(zip(columns, row.key, strict=True)),
        "base_ns": row.base_ns,
        "head_ns": row.head_ns,
        "ratio": row.ratio,
        "ratio_low": _known(low),
        "ratio_high": _known(high),
        "adjusted_p": _known(row.p),
        "call": row.call,
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
