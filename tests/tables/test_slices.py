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


def test_the_normal_shows_one_parameter_of_those_of_sigma_and_other_families_all():
    rows = pd.DataFrame({"family": ["normal"] * 6 + ["gamma"] * 2 + ["mine"]})
    rows["parameter"] = ["mu", "sigma", "sigma2", "log_sigma", "softplus", "total", "alpha", "rate", "sigma"]
    assert list(slices.shown(rows)["parameter"]) == ["mu", "sigma2", "total", "alpha", "rate", "sigma"]
    assert slices.left_to_right(["rate", "sigma2", "alpha", "mu", "rate"]) == ["mu", "sigma2", "rate", "alpha"]


def test_the_numbers_of_theta_have_columns_and_lists_have_none():
    frame = pd.DataFrame({"theta": ["alpha=2,rate=0.5", "", "logit=-1", "mu=[0.5,-1],sigma=1"]}, index=[3, 1, 2, 0])
    values = slices.thetas(frame)
    assert list(values) == ["alpha", "rate", "logit"]
    assert list(values.index) == [3, 1, 2, 0]
    assert values.loc[3, ["alpha", "rate"]].tolist() == [2.0, 0.5]
    assert values.loc[[1, 0]].isna().all(axis=None)


def test_the_reference_is_one_name_or_a_word_for_several():
    one, two = (
        pd.DataFrame({"numerator": "a", "denominator": ["pathwise", name, "a@iid"]})
        for name in ("pathwise", "score_function")
    )
    assert (slices.reference(one), slices.denominators(one)) == ("pathwise", "pathwise")
    assert (slices.reference(two), slices.denominators(two)) == ("the reference", "pathwise or score_function")
    assert slices.reference(one.head(0)) == "the reference"


def test_each_family_keeps_its_middle_theta_and_all_with_lists():
    thetas = ["", "alpha=1", "alpha=2", "alpha=9", "alpha=[1,2]", "logit=0"]
    frame = pd.DataFrame({"theta": thetas, "family": ["normal", *["gamma"] * 4, "bernoulli"]})
    assert list(slices.middle_theta(frame)["theta"]) == ["", "alpha=2", "alpha=[1,2]", "logit=0"]
    assert slices.middle_theta(frame.head(0)).empty
    assert "theta" not in slices.middle_theta(frame[["family"]])


def test_ratios_to_the_reference_are_told_from_those_between_samplers():
    """The reference in another cell is below several estimators, itself among them; else a row is between samplers."""
    frame = pd.DataFrame(
        [("b", "a"), ("a", "a@iid"), ("b", "b@iid"), ("a", "a@sobol"), ("b", "a@sobol")],
        columns=["numerator", "denominator"],
    ).assign(variance_ratio=1.0, family="normal", parameter="mu")
    pairs = slices.measured(frame, "variance_ratio")[["numerator", "denominator"]].to_numpy().tolist()
    assert pairs == [["b", "a"], ["a", "a@sobol"], ["b", "a@sobol"]]
    others = slices.between_samplers(frame, "variance_ratio")[["numerator", "denominator"]].to_numpy().tolist()
    assert others == [["a", "a@iid"], ["b", "b@iid"]]
    assert len(slices.measured(frame.head(0), "variance_ratio")) == 0
