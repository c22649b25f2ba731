"""What is said of sigma^2: no more than the rows have."""

import numpy as np
import pandas as pd
import pytest

from bench.markup.numbers import spoken
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


def grown(tables: Frames, ratios: dict[float, float]) -> str:
    """What is said of descent where the exact variance ratios by mu are these, by sigma."""
    rows = tables["ratios"]
    by_mu = np.where(rows["parameter"] == "mu", rows["sigma"].map(ratios), 7.0)
    return of_sigma2({**tables, "ratios": rows.assign(exact_variance_ratio=by_mu)})[DESCENDS]


def test_the_noise_along_the_descent_is_that_of_the_table_and_where_it_does_not_grow_none_is_told(
    tables: Frames,
) -> None:
    said = grown(tables, {0.3: 9385.0, 1.0: 20.0, 3.0: 3.76})
    assert said.startswith(f"Descent takes {MU} to the mean of the data and {SIGMA} to 0 with either gradient. ")
    assert (
        f" from 3.76 times that of pathwise ({SIGMA} = 3) to {spoken(9385.0)} times ({SIGMA} = 0.3), at n = 10" in said
    )
    assert "grows" not in grown(tables, {0.3: 3.0, 1.0: 20.0, 3.0: 3.76})
    assert "grows" not in grown(tables, dict.fromkeys((0.3, 1.0, 3.0), np.nan))
