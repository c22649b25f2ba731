"""Rows: medians and quantiles over replicates, costs, and ratios where there is a reference."""

import numpy as np
import pytest

from bench.statistics.jackknife import Logs
from bench.vae import rows
from bench.vae.methods import REFERENCE, Method
from bench.vae.settings import Fit, VaeSettings

SETTINGS = VaeSettings(steps=100, checkpoints=2, batch=50, held_out=97)
FIT = Fit(2, 10, Method("score_function"))


def test_a_loss_is_the_median_over_replicates_with_its_quantiles_or_the_ends_of_few() -> None:
    several, _ = rows.curve(SETTINGS, FIT, np.c_[np.arange(11.0), np.arange(11.0)], step_s=None)
    assert (several["loss"], several["loss_low"], several["loss_high"]) == pytest.approx((5, 1, 9), rel=1e-15)
    first, last = rows.curve(SETTINGS, FIT, np.array([[3.0, 1.0], [4.0, 2.0], [8.0, np.nan]]), step_s=0.25)
    assert (first["loss"], first["loss_low"], first["loss_high"]) == (4, 3, 8)
    assert (last["loss"], last["loss_low"], last["loss_high"]) == (None, None, None)
    assert (last["step"], last["seconds"], last["evaluations"]) == (100, 25.0, 100 * 50 * 10)
    assert (last["dataset_size"], last["replicates"], last["variant"]) == (1700, 3, "L=2")


def test_what_was_not_timed_has_no_seconds() -> None:
    assert [row["seconds"] for row in rows.curve(SETTINGS, FIT, np.zeros((1, 2)), None)] == [None, None]


def test_a_ratio_has_its_reference_below() -> None:
    logs = {
        ("datum", method): Logs(np.log(value), np.log(value + np.array([-0.1, 0.1])))
        for method, value in ((FIT.method, 12.0), (REFERENCE, 3.0))
    }
    above, itself = rows.variances(SETTINGS, 2, 10, 100, logs)
    assert above["variance_ratio"] == pytest.approx(4, rel=1e-14)
    assert above["variance_ratio_low"] < 4 < above["variance_ratio_high"]
    assert (itself["variance_ratio"], itself["variance_ratio_high"]) == (1, 1)
    del logs["datum", REFERENCE]
    (alone,) = rows.variances(SETTINGS, 2, 10, 100, logs)
    assert alone["variance_ratio"] is None
    assert alone["variance"] == pytest.approx(12, rel=1e-14)
