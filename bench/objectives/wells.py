"""Logistic regression of changing one's well in Bangladesh, four coefficients: a posterior that is integrated in full.

Whether a household whose well has arsenic moves to another one, on an intercept, the distance to the nearest safe well
in 100 m, the arsenic of its own in 100 micrograms a litre, and years of education / 4; priors N(0, 2.5^2).
f(y) = -log N(y; 0, 2.5^2 I) - sum_i log p(l_i | x_i'y) over 3,020 households. In four components nodes fill all of
them, so where q is about as narrow as the posterior every estimator's variance is integrated.
A. Gelman and J. Hill (2007), Data Analysis Using Regression and Multilevel/Hierarchical Models, section 5.4.
wells.csv.gz holds their data as in the R package rstanarm 2.21.3 (`wells`): switch, arsenic, dist in m, assoc, educ.
"""

from functools import cache
from pathlib import Path

import numpy as np

from bench.kernels.logistic import curvature, slope, value
from bench.spec import Floats, Form, Latent, Objective
from bench.statistics import logistic

FILE = Path(__file__).with_name("wells.csv.gz")
SCALE = 2.5  # of the prior
COEFFICIENTS = 4


@cache
def rows() -> Floats:
    """[3020, 4] Intercept, distance, arsenic and education, with the sign turned for who switched; read-only."""
    switched, arsenic, distance, _, education = np.loadtxt(FILE, delimiter=",", skiprows=1, unpack=True)
    columns = np.ones_like(arsenic), distance / 100, arsenic, education / 4
    design: Floats = np.column_stack(columns) * (1 - 2 * switched)[:, np.newaxis]
    design.flags.writeable = False
    return design


@cache
def tabulate(phi: tuple[float, ...]) -> Floats:
    """The scale of the prior, then the rows."""
    return np.concatenate([[SCALE], rows().ravel()])


def exact(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[4, 2], one integral for each household."""
    return logistic.gradient(theta, rows(), SCALE)


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """The coefficients."""
    return COEFFICIENTS


PLUGIN = Objective(
    name="wells",
    forms={"shared": {"direct": Form(np.asarray, value, None, slope, curvature)}},
    dimension=dimension,
    exact={"normal": exact},
    tabulate=tabulate,
    uses_data=False,
    target=True,
    formula=r"-\log\,\mathcal{N}(y; 0, 2.5^2 I) - \sum_i \log\,p(l_i; x_i^\top y)",
)
