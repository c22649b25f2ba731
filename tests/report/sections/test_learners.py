"""What learners have in common is said once; what they differ in is a key of each table."""

import math

from bench.markup.blocks import Number
from bench.report.sections.learners import constants, key_cell, varying
from tests.support import learned

CURVES = learned.tables(optimiser=["sgd", "adam"], learning_rate=[0.01, 0.1], samples=[10])["curves"]


def test_keys_vary_or_are_common() -> None:
    assert varying(CURVES) == ["optimiser", "learning_rate"]
    words = constants(CURVES)
    assert words.startswith("objective squared error, latent shared, family normal, start mu=0,sigma=1")
    assert words.endswith("dataset size 100, samples 10")
    assert not {"optimiser", "learning", "estimator", "dimension", "entropy"} & set(words.split())


def test_a_number_is_a_number_and_what_is_missing_is_empty() -> None:
    assert (key_cell("adam"), key_cell(0.1)) == ("Adam", Number(0.1))
    assert key_cell(math.nan) is key_cell(None) is None
