"""One job over another: paired where both see the same draws, else as two independent numbers."""

from collections.abc import Mapping

import numpy as np

from bench.oracle.measured import Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.statistics.jackknife import Interval, over_independent

Ratios = tuple[Interval, Interval]  # of variances and of mean squared errors, by reported parameter


def ratios(plan: Plan, results: Mapping[Job, Measured], job: Job, other: Job) -> Ratios | None:
    """A measured job over another one; None where they neither share a stream nor are independent."""
    above, below = results[job], results[other]
    if job[0].sampler != other[0].sampler:  # keyed by their sampler, draws are independent
        return over_independent(above.variance, below.variance), over_independent(above.mse, below.mse)
    if above.ratio is None or other != plan.reference(job[0]):
        return None
    unknown = np.full(len(above.parameters), np.nan)
    return above.ratio, above.mse_ratio or (unknown, unknown, unknown)
