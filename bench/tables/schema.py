"""The schema of the four tables of a run."""

from collections.abc import Mapping

SCHEMA = "1"

_CELL = "schema objective variant latent data sampler"
_GRID = "parameter mu sigma dataset_size samples dimension"
_RATIO = f"{_CELL} numerator denominator {_GRID}"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "statistics": tuple(
        f"{_CELL} estimator {_GRID} replicates gradient gradient_se exact_gradient gradient_z variance variance_low "
        "variance_high exact_variance variance_z kurtosis status".split()
    ),
    "ratios": tuple(
        f"{_RATIO} replicates variance_ratio variance_ratio_low variance_ratio_high exact_variance_ratio status".split()
    ),
    "timings": tuple(
        "schema objective variant latent evaluation sampler estimator dataset_size samples dimension rounds compile_s "
        "draw_ns kernel_ns estimate_ns estimate_ns_low estimate_ns_high "
        "time_ratio time_ratio_low time_ratio_high".split()
    ),
    "efficiency": tuple(
        f"{_RATIO} evaluation variance_ratio time_ratio efficiency_ratio efficiency_ratio_low "
        "efficiency_ratio_high".split()
    ),
}
_MEASURED = {"statistics": "replicates", "ratios": "replicates", "timings": "rounds", "efficiency": "variance_ratio"}
KEYS: Mapping[str, tuple[str, ...]] = {  # what a row is about: no two rows of a table have it alike
    name: columns[1 : columns.index(_MEASURED[name])] for name, columns in COLUMNS.items()
}
TEXT = frozenset(
    "schema objective variant latent data sampler estimator numerator denominator parameter evaluation status".split()
)
