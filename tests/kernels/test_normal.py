"""What most plug-ins share: standard normals with their rule, and the evaluation points mu + sigma * eps."""

import math

import pytest
from scipy import stats

from bench.kernels.normal import NORMAL, gauss_hermite
from bench.kernels.ziggurat import standard_normal


def moment(power: int) -> float:
    """E eps^power: (power - 1)!! for an even power, 0 for an odd one."""
    return 0.0 if power % 2 else float(math.prod(range(power - 1, 0, -2)))


@pytest.mark.parametrize("nodes", [1, 2, 5, 12])
def test_the_rule_is_exact_up_to_its_degree_and_no_further(nodes: int) -> None:
    points, weights = gauss_hermite(nodes)
    degree = 2 * nodes - 1
    for power in range(degree + 1):
        scale = weights @ abs(points) ** power
        assert weights @ points**power == pytest.approx(moment(power), rel=1e-12, abs=1e-12 * scale)
    assert weights @ points ** (degree + 1) < 0.999 * moment(degree + 1)


def test_the_noise_is_drawn_by_the_ziggurat_and_integrated_by_the_rule() -> None:
    assert (NORMAL.name, NORMAL.fill, NORMAL.rule) == ("normal", standard_normal, gauss_hermite)


def test_what_jumps_is_integrated_between_its_breaks() -> None:
    points, weights = NORMAL.rule(192, (-1.0, 0.5))
    assert weights.sum() == pytest.approx(1, abs=1e-15)
    inside = ((points > -1) & (points < 0.5)) * points**2
    expected = stats.norm.expect(lambda x: x**2, lb=-1, ub=0.5)
    assert weights @ inside == pytest.approx(expected, rel=1e-12)
