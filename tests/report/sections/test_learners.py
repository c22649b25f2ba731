"""What learners have in common is said once; what they differ in is a key of each table."""

import math

from bench.markup.blocks import Number
from bench.report.sections.learners import constants, key_cell, varying
from tests.support import learned
from tests.support.signs import MU, SIGMA

CURVES = learned.tables(optimiser=["sgd", "adam"], learning_rate=[0.01, 0.1], samples=[10])["curves"]


def test_keys_vary_or_are_common() -> None:
    assert varying(CURVES) == ["optimiser", "learning_rate"]
    words = constants(CURVES)
    assert words.startswith(f"squared error, shared draw, normal y, from {MU} = 0 and {SIGMA} = 1, ")
    assert words.endswith(", n = 100, K = 10")
    assert not {"SGD", "Adam", "rate", "pathwise", "entropy"} & set(words.split())


def test_parameters_of_an_objective_are_told_where_all_have_them() -> None:
    alike, unlike = CURVES.assign(variant="k=5"), CURVES.assign(variant=[f"k={i}" for i in range(len(CURVES))])
    assert constants(alike).startswith("squared error, k = 5, shared draw")
    assert constants(unlike).startswith("squared error, shared draw")


def test_a_number_is_a_number_and_what_is_missing_is_empty() -> None:
    assert (key_cell("adam"), key_cell(0.1)) == ("Adam", Number(0.1))
    assert key_cell(math.nan) is key_cell(None) is None
