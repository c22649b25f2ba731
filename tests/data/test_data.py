"""Data: what the sources give, and what is said where a file cannot give it."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from bench.data import csv, newcomb, normal
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
        ((10**9 + 1, 0.0, 1.0, 0), "dataset_size=1000000001"),
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


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data.csv"


def test_a_column_of_any_file(file: Path) -> None:
    file.write_bytes('\ufeffname,"time, s"\r\n"a",1.5\r\n\r\n"b\nb",-2e3\r\nc, 7 \r\n'.encode())
    np.testing.assert_array_equal(csv.load(None, str(file), "time, s"), [1.5, -2000.0, 7.0])
    np.testing.assert_array_equal(csv.load(2, str(file), "time, s"), [1.5, -2000.0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty; it needs a header and at least one row"),
        ("x\n", "has a header but no rows"),
        ("y,z\n1,2\n", "has no column 'x'; it has: y, z"),
        ("x\n1\none\n", "line 3 holds 'one'; every value must be a finite number"),
        ("x\nnan\n", "line 2 holds 'nan'"),
        ("x\ninf\n", "line 2 holds 'inf'"),
        ("x\n1e999\n", "line 2 holds '1e999'"),
        ("y,x\n1,2\n3\n", "line 3 holds ''"),
        ("y,x\n1,\n", "line 2 holds ''"),
        ("x\n1\n", "dataset_size=2 is not allowed; allowed: 1 to the 1 rows"),
        ("x\n\udcff\n", "cannot read"),
        ("x\n1\0\n", "line 2 holds"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(file: Path, text: str, message: str) -> None:
    file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(BadInput) as caught:
        csv.load(2, str(file), "x")
    assert message in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"cannot read .*missing.csv': No such file or directory"):
        csv.load(2, str(tmp_path / "missing.csv"), "x")
    with pytest.raises(BadInput, match=r"cannot read .*: Is a directory"):
        csv.load(2, str(tmp_path), "x")


@pytest.mark.parametrize(("path", "column", "key"), [(None, "x", "data.path"), ("a.csv", None, "data.column")])
def test_path_and_column_must_be_given(path: str, column: str, key: str) -> None:
    with pytest.raises(BadInput, match=f"^{key} is not given; data=csv needs it: data.path=FILE data.column=NAME"):
        csv.load(2, path, column)
