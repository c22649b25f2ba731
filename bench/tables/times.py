"""The columns of times.csv: when each learner of a fit came near the least F, in steps, evaluations of f and seconds.

Near is within a share of the gap at the start: at the first checkpoint whose gap is at most that. A replicate that
never is counts as later than all others (inf), so the median is inf where not half of them are. Its rows are made in
`bench.descent.times`.
"""

from collections.abc import Iterator

from bench.tables.curves import LEARNER
from bench.tables.schema import Expected, Table, Tables, counts, numbers, texts

SHARES = (0.1, 0.01, 0.001)  # of the gap at the start
MEASURES = ("steps", "evaluations", "seconds")
ENDS = ("", "_low", "_high")  # the median over replicates, and its 95 % interval


def expected(tables: Tables) -> Iterator[Expected]:
    """Every share of the gap for every learner that has a curve."""
    for point in tables["curves"]:
        if float(point["step"]) == 0:
            yield from (Expected({**point, "share": repr(share)}, "curves", point) for share in SHARES)


TIMES = Table(
    name="times",
    title="Time to a gap",
    summary="steps, evaluations and seconds to 10 %, 1 % and 0.1 % of the gap at the start",
    keys={**LEARNER, **numbers("share")},
    measured={
        **counts("replicates reached"),
        **numbers(" ".join(f"{measure}{end}" for measure in MEASURES for end in ENDS)),
        **texts("status"),
    },
    expected=expected,
)
