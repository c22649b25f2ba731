"""What follows from exact moments for any number of draws."""

from dataclasses import replace

import numpy as np

from bench.oracle.exact import Exact


def test_moments_of_k_draws_follow_from_those_of_one() -> None:
    moments = Exact(*(np.array([value]) for value in (1.0, 8.0, 5.0, 1.5)), coupled=2, degree=1)
    assert [float(part[0]) for part in moments.at(8)] == [2.0, 3.5]
    pairs = replace(moments, coupled=1, degree=2)  # Hoeffding (1948): (4 (K - 2) zeta_1 + 2 zeta_2) / (K (K - 1))
    assert float(pairs.at(2)[0][0]) == 8.0
    assert float(pairs.at(4)[0][0]) == (4 * 2 * 1.5 + 2 * 8.0) / 12
    assert np.isnan(pairs.at(4)[1][0])
    together = replace(moments, coupled="estimate")
    assert float(together.at(1)[0][0]) == 8.0
    assert np.isnan(together.at(4)[0][0])
