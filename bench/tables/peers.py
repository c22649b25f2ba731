"""The columns of peers.csv: the time of an estimate in each framework, beside this suite's own kernels.

Its rows are made in `bench.peers.rows`.
"""

from collections.abc import Iterator

from bench.tables.schema import Expected, Table, Tables, counts, numbers, texts


def expected(tables: Tables) -> Iterator[Expected]:
    """No other table implies a row."""
    yield from ()


PEERS = Table(
    name="peers",
    title=None,
    summary="time per estimate in NumPy, PyTorch and JAX beside this suite's, bound to the machine",
    keys={**texts("objective estimator framework variant threads"), **counts("samples")},
    measured={
        **counts("batch rounds"),
        **numbers("estimate_ns estimate_ns_low estimate_ns_high draw_ns compute_ns compile_s"),
        **numbers("ratio ratio_low ratio_high grid_ratio grid_ratio_low grid_ratio_high gflops"),
        **texts("status reason"),
    },
    expected=expected,
    optional=True,  # a command of its own writes it
)
