"""Matrices of the condition number that is asked for, the same whenever they are."""

import numpy as np
import pytest

from bench.statistics.conditioned import matrix_and_centre


@pytest.mark.parametrize("d", [1, 2, 7])
def test_the_condition_number_is_the_one_that_is_asked_for(d: int) -> None:
    matrix, centre = matrix_and_centre(d, 100.0)
    assert np.array_equal(matrix, matrix.T)
    eigenvalues = np.linalg.eigvalsh(matrix)
    assert eigenvalues[-1] / eigenvalues[0] == pytest.approx(100.0 if d > 1 else 1.0, rel=1e-11)
    assert np.prod(eigenvalues) == pytest.approx(1.0, rel=1e-11)
    assert centre.shape == (d,)


def test_it_does_not_separate_and_nobody_can_change_it() -> None:
    matrix, centre = matrix_and_centre(3, 10.0)
    assert abs(matrix[~np.eye(3, dtype=bool)]).min() > 0.05
    for array in (matrix, centre):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0
