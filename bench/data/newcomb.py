"""Newcomb's 66 measurements of the passage time of light, Washington 1882, two famous outliers included.

Source: S. M. Stigler (1977), Do robust estimators work with real data?, Annals of Statistics 5(6), table 5.
Unit: deviation in nanoseconds of the passage time from 24,800 ns, over some 7.44 km from Fort Myer to the
Washington Monument and back; two of the values, -44 and -2, lie far outside the rest.
"""

from pathlib import Path

from bench.data.csv import read
from bench.spec import Dataset, Floats

FILE = Path(__file__).with_name("newcomb.csv")


def load(dataset_size: int | None) -> Floats:
    """The first dataset_size deviations in ns, in the order of the observations."""
    return read(str(FILE), "deviation_ns", dataset_size)


PLUGIN = Dataset(name="newcomb", load=load, unit="ns", label="Newcomb's")
