"""What a figure of curves shows."""

import pandas as pd

from bench.drawing import description
from bench.spec import Slice


def test_ratios_are_over_what_the_rows_say() -> None:
    rows = pd.DataFrame({"numerator": ["score_function"], "denominator": ["pathwise"]})
    ratios = description.ratios(Slice(rows), "sigma", ["latent"], "parameter")
    assert (ratios.x, ratios.y, ratios.reference) == ("sigma", "variance_ratio", "pathwise")
    assert ratios.exact == "exact_variance_ratio"
