"""What is said of sigma^2: no more than the rows have."""

import numpy as np
import pandas as pd
import pytest

from bench.report.page.sigma2 import DESCENDS, WHY, of_sigma2
from tests.support import synthetic
from tests.support.signs import MU, SIGMA, SIGMA2

Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables() -> Frames:
    return synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1, 10])


def test_of_sigma2_is_said_what_the_rows_have(tables: Frames) -> None:
    """Where the exact gradient is not n, or another objective was asked for, nothing is."""
    rows = tables["statistics"]
    rows = rows[(rows["parameter"] == "sigma2") & (rows["latent"] == "shared")]
    ends = (rows["gradient"] / rows["dataset_size"]).agg(["min", "max"])
    said = of_sigma2(tables)[WHY]
    assert f"so dF/d{SIGMA2} = n > 0 everywhere, and F falls until {SIGMA} is 0. " in said
    assert f": {' to '.join(dict.fromkeys(f'{end:.3f}' for end in ends))}, within noise. " in said
    for changed in ({"exact_gradient": 7.0}, {"objective": "cosine"}, {"latent": "per_datum"}, {"status": "budget"}):
        assert of_sigma2({**tables, "statistics": tables["statistics"].assign(**changed)}) == {}


def descent(tables: Frames, variances: dict[str, dict[float, float]]) -> str:
    """What is said of descent where the exact variances by mu are these, by estimator and sigma."""
    rows = tables["statistics"]
    known = [
        variances.get(name, {}).get(sigma, 7.0) for name, sigma in zip(rows["estimator"], rows["sigma"], strict=True)
    ]
    return of_sigma2({**tables, "statistics": rows.assign(exact_variance=known)})[DESCENDS]


def test_the_noise_along_the_descent_is_that_of_the_table(tables: Frames) -> None:
    """Of a variance that falls, of one that rises again, and of one that rises all the way."""
    falls = {3.0: 2500.0, 1.0: 25.0, 0.3: 0.25}
    said = descent(tables, {"pathwise": falls, "score_function": {3.0: 9500.0, 1.0: 244.0, 0.3: 2350.0}})
    assert said.startswith(f"Descent takes {MU} to the mean of the data and {SIGMA} to 0 with either gradient. ")
    assert f"at {MU} = 1, n = 10 and K = 10, one y for all data, the exact variance" in said
    assert f"that of pathwise falls from 2,500 ({SIGMA} = 3) to 0.25 ({SIGMA} = 0.3);" in said
    assert f"falls from 9,500 ({SIGMA} = 3) to 244 ({SIGMA} = 1), then rises to 2,350 ({SIGMA} = 0.3)." in said
    rises = {3.0: 1.0, 1.0: 2.0, 0.3: 3.0}
    assert f"rises from 1 ({SIGMA} = 3) to 3 ({SIGMA} = 0.3)" in descent(tables, {"pathwise": rises})


def test_where_a_variance_is_not_known_none_is_told(tables: Frames) -> None:
    assert "variance" not in descent(tables, {"pathwise": dict.fromkeys((0.3, 1.0, 3.0), np.nan)})
