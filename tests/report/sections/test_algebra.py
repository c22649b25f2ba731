"""What algebra says of F is what integrals of f say, and where it is least no step leads lower."""

import math

import numpy as np
import pytest

from bench import registry
from bench.report.sections.algebra import ALGEBRA, Place, place

X = np.array([0.3, -1.2, 0.7, 2.0, 0.1])
MANIFEST = {"data": {"n": 5, "mean": float(X.mean()), "variance": float(X.var())}}
ROWS = {
    "squared_error": {"variant": "", "phi": ()},
    "gaussian_kl": {"variant": "", "phi": ()},
    "gaussian_posterior": {"variant": "tau=2,s=0.5", "phi": (2.0, 0.5)},
}


def solved(name: str, **keys: object) -> Place:
    return place({"objective": name, "dataset_size": 5, "variant": ROWS[name]["variant"], **keys}, MANIFEST)


@pytest.mark.parametrize("name", ALGEBRA)
def test_where_f_is_least_its_exact_gradient_is_zero(name: str) -> None:
    """That of the target's cross entropy; the entropy of q adds -1 / sigma by sigma."""
    mu, sigma2 = solved(name)
    objective = registry.load(kinds=["objective"]).plugins["objective"][name]
    sigma = math.sqrt(sigma2) if sigma2 else 1e-9
    by_mu, by_sigma = objective.exact["normal"](np.array([[mu, sigma]]), X, ROWS[name]["phi"])[0]
    assert by_mu == pytest.approx(0, abs=1e-12)
    assert by_sigma == pytest.approx(1 / sigma if objective.target else 0, rel=1e-12, abs=1e-6)


def test_a_squared_error_has_its_least_f_at_the_end_of_sigma() -> None:
    assert solved("squared_error") == (X.mean(), 0.0)
    assert ALGEBRA["squared_error"].formulas[2] == "n"


@pytest.mark.parametrize("name", ALGEBRA)
def test_of_other_data_nothing_is_known(name: str) -> None:
    assert all(map(math.isnan, solved(name, dataset_size=4)))
    assert all(map(math.isnan, place({"objective": name, "dataset_size": 5, "variant": ""}, {"data": None})))
