"""The columns of timings.csv: the time of an estimate, for each estimator, cell and way of evaluating the objective.

Its rows are made in `bench.clock.rows`.
"""

from collections.abc import Iterator

from bench.tables.schema import Expected, Row, Table, Tables, counts, numbers, texts


def expected(tables: Tables) -> Iterator[Expected]:
    """Every estimator that sampled, in each evaluation that is timed for its objective."""
    evaluations: dict[tuple[str, ...], dict[str, None]] = {}
    for row in tables["timings"]:
        evaluations.setdefault(_evaluated(row), {})[row["evaluation"]] = None
    for row in tables["statistics"]:
        if not row["status"].startswith("skipped"):
            for evaluation in evaluations.get(_evaluated(row), [""]):
                yield Expected({**row, "evaluation": evaluation}, "statistics", row)


def _evaluated(row: Row) -> tuple[str, ...]:
    """What the ways of evaluation depend on."""
    return tuple(row[column] for column in ("objective", "variant", "latent", "family", "components", "entropy"))


TIMINGS = Table(
    name="timings",
    title="Times per estimate",
    summary="time per estimate, bound to the machine",
    keys={
        **texts("objective variant latent family components entropy evaluation sampler estimator"),
        **counts("dataset_size samples dimension"),
    },
    measured={
        **counts("rounds"),
        **numbers("compile_s draw_ns kernel_ns estimate_ns estimate_ns_low estimate_ns_high"),
        **numbers("time_ratio time_ratio_low time_ratio_high"),
    },
    expected=expected,
)
