"""Data: what the sources of the package give."""

import hashlib

import numpy as np
import pytest
from scipy import stats

from bench.data import newcomb, normal
from bench.errors import BadInput


def test_normal_data_have_the_mean_and_the_standard_deviation_asked_for() -> None:
    n, mean, scale = 10_000, 3.0, 0.5
    x = normal.load(n, mean, scale, 0)
    bound = stats.norm.isf(1e-6)
    assert abs(x.mean() - mean) < bound * scale / np.sqrt(n)
    assert abs(x.var() / scale**2 - 1) < bound * np.sqrt(2 / n)


def test_a_smaller_dataset_is_the_beginning_of_a_larger_one() -> None:
    np.testing.assert_array_equal(normal.load(5, 0.0, 1.0, 0), normal.load(500, 0.0, 1.0, 0)[:5])
    np.testing.assert_array_equal(newcomb.load(5), newcomb.load(None)[:5])


def test_the_seed_of_the_data_changes_all() -> None:
    assert not np.isin(normal.load(50, 0.0, 1.0, 1), normal.load(50, 0.0, 1.0, 0)).any()


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ((None, 0.0, 1.0, 0), "dataset_size=null"),
        ((5, float("nan"), 1.0, 0), "data.mean=nan"),
        ((5, 0.0, 0.0, 0), "data.standard_deviation=0.0"),
        ((5, 0.0, 1.0, -1), "data.seed=-1"),
    ],
)
def test_normal_data_refuse_bad_parameters(arguments: tuple[int, float, float, int], key: str) -> None:
    with pytest.raises(BadInput, match=f"^{key} is not allowed; allowed: "):
        normal.load(*arguments)


def test_newcomb_is_the_published_table() -> None:
    """Stigler (1977): n = 66, mean 26.21, standard deviation 10.75; without -44 and -2, mean 27.75 and 5.08."""
    x = newcomb.load(None)
    assert (x.size, round(x.mean(), 2), round(x.std(ddof=1), 2)) == (66, 26.21, 10.75)
    assert sorted(x)[:2] == [-44.0, -2.0]
    rest = x[x > 0]
    assert (round(rest.mean(), 2), round(rest.std(ddof=1), 2)) == (27.75, 5.08)


def test_newcomb_is_in_the_order_of_the_observations() -> None:
    digest = hashlib.sha256(newcomb.load(None).astype("<i2").tobytes()).hexdigest()
    assert digest[:16] == "18c24c9ae636f42a"
    assert newcomb.load(None)[:6].tolist() == [28.0, 26.0, 33.0, 24.0, 34.0, -44.0]


def test_newcomb_ends() -> None:
    with pytest.raises(BadInput, match="dataset_size=67 is not allowed; allowed: 1 to the 66 rows"):
        newcomb.load(67)
