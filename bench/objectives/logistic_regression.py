"""Bayesian logistic regression of breast cancer on 30 features and an intercept: a posterior, as a target.

f(y) = -log N(y; 0, I) - sum_i log p(l_i | x_i'y), the labels l_i as shipped (1: benign), the features standardised by
their mean and (1/n) standard deviation, the intercept last: 31 coefficients, 569 data, in one product X y. Under normal
q x_i'y is normal, so dE f/dmu and dE f/dsigma are integrals in one dimension and the variance of pathwise by mu is a
sum of integrals in two. Mohamed et al. (2020), section 9.
breast_cancer.csv.gz holds the numbers of scikit-learn's `load_breast_cancer` (scikit-learn 1.9.1, datasets/data/
breast_cancer.csv), with names for the columns. They are W. Wolberg, O. Mangasarian, N. Street and W. Street (1993),
Breast Cancer Wisconsin (Diagnostic), UCI Machine Learning Repository, doi 10.24432/C5DW2B, licence CC BY 4.0.
"""

from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from bench.kernels.logistic import curvature, slope, value
from bench.spec import Floats, Form, Latent, Objective
from bench.statistics import logistic

FILE = Path(__file__).with_name("breast_cancer.csv.gz")
SCALE = 1.0  # of the prior
COEFFICIENTS = 31


@cache
def rows() -> Floats:
    """[569, 31] Features and intercept, with the sign turned for a label of 1; read-only."""
    table = np.loadtxt(FILE, delimiter=",", skiprows=1)
    features, labels = table[:, :-1], table[:, -1]
    standardised = (features - features.mean(axis=0)) / features.std(axis=0)
    design: Floats = np.column_stack([standardised, np.ones(len(table))]) * (1 - 2 * labels)[:, np.newaxis]
    design.flags.writeable = False
    return design


@cache
def tabulate(phi: tuple[float, ...]) -> Floats:
    """The scale of the prior, then the rows."""
    return np.concatenate([[SCALE], rows().ravel()])


def exact(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[31, 2], one integral for each datum."""
    return logistic.gradient(theta, rows(), SCALE)


def slope_covariance(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[31, 31], one integral for each pair of data."""
    return _slope_covariance(theta.tobytes())


@lru_cache(maxsize=64)
def _slope_covariance(theta: bytes) -> Floats:
    """It takes a second, and every entropy asks for it."""
    return logistic.slope_covariance(np.frombuffer(theta).reshape(-1, 2), rows(), SCALE)


def dimension_of_coefficients(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """A coefficient for each feature, and the intercept."""
    return COEFFICIENTS


PLUGIN = Objective(
    name="logistic_regression",
    forms={"shared": {"direct": Form(np.asarray, value, None, slope, curvature)}},
    dimension=dimension_of_coefficients,
    exact={"normal": exact},
    tabulate=tabulate,
    slope_covariance={"normal": slope_covariance},
    uses_data=False,
    target=True,
    formula=r"-\log\,\mathcal{N}(y; 0, I) - \sum_i \log\,p(l_i; x_i^\top y)",
)
