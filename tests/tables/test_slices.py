import numpy as np
import pandas as pd

from bench.tables import slices


def test_the_middle_value_is_taken():
    frame = pd.DataFrame({"sigma": [0.1, 0.3, 1.0, 3.0, 10.0], "samples": 1})
    rows, chosen = slices.middle(frame, ["sigma", "samples"])
    assert chosen == {"sigma": 1.0, "samples": 1}
    assert list(rows["sigma"]) == [1.0]


def test_a_value_that_some_rows_lack_gives_way_to_one_that_all_have():
    frame = pd.DataFrame({"sampler": ["iid"] * 3 + ["sobol"], "samples": [1, 100, 1000, 1000]})
    assert slices.middle(frame, ["samples"])[1] == {"samples": 1000}


def test_rows_without_the_axis_stay():
    frame = pd.DataFrame({"dataset_size": [1.0, 10.0, np.nan]})
    rows, chosen = slices.middle(frame, ["dataset_size"])
    assert chosen == {"dataset_size": 10.0}
    assert len(rows) == 2
