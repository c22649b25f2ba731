"""1,797 handwritten digits of 8 x 8 pixels, intensities 0 to 16, and which of them are held out.

digits.csv.gz holds the numbers of scikit-learn's `load_digits` (scikit-learn 1.9.1, datasets/data/digits.csv.gz), the
label first. They are the test set of E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI
Machine Learning Repository, doi 10.24432/C50P49, licence CC BY 4.0: bitmaps of 32 x 32, their pixels counted in blocks
of 4 x 4.
The file is in the order of the source; a fixed permutation comes before the split, whatever the seed of a run.
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.spec import Floats

FILE = Path(__file__).with_name("digits.csv.gz")
HIGHEST = 16  # the intensity of a pixel whose 4 x 4 block is all ink
COUNT, SIDE = 1797, 8
ORDER = 1998  # seeds the permutation


class Digits(NamedTuple):
    """Images[n, 64], intensities in [0, 1], and labels[n]."""

    images: Floats
    labels: NDArray[Any]


@cache
def load() -> Digits:
    """All digits, in the order of the source; both arrays are read-only."""
    table = np.loadtxt(FILE, delimiter=",", skiprows=1)
    digits = Digits(table[:, 1:] / HIGHEST, table[:, 0].astype(int))
    for array in digits:
        array.flags.writeable = False
    return digits


def split(held_out: int) -> tuple[Digits, Digits]:
    """The digits to learn from and the `held_out` others; fewer held out are the first of more."""
    digits = load()
    order = np.random.Generator(np.random.SFC64(ORDER)).permutation(COUNT)
    learned, others = order[held_out:], order[:held_out]
    return Digits(*(array[learned] for array in digits)), Digits(*(array[others] for array in digits))
