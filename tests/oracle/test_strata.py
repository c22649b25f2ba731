"""The variance of estimates of draws in strata: closed forms, the limits of many strata, and what is not known."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.oracle import quadrature, strata
from bench.oracle.strata import inside, pieces
from bench.spec import Cell, Variant
from tests.support.cases import cases
from tests.support.sampling import small
from tests.support.streams import CELL, PER_DATUM


def case_of(cell: Cell, estimator: str = "pathwise") -> Case:
    """The case of an estimator in a cell."""
    found = [case for case in cases(1) if case.sampler.name == "stratified" and case.estimator.name == estimator]
    return replace(found[0], cell=cell)
