"""A fit is the same whether it stops at checkpoints or not, and begins where others of its replicate do."""

from dataclasses import replace

import numpy as np

from bench.vae import elbo, fitting, keys
from bench.vae.digits import split
from bench.vae.methods import REFERENCE, Method
from bench.vae.settings import Fit, VaeSettings

SETTINGS = VaeSettings(steps=100, checkpoints=4, batch=10, held_out=20)
FIT = Fit(2, 1, REFERENCE)


def test_checkpoints_change_nothing_and_learning_lowers_the_loss() -> None:
    often, seldom = fitting.trace(SETTINGS, FIT, 0), fitting.trace(replace(SETTINGS, checkpoints=2), FIT, 0)
    assert (len(often.losses), len(seldom.losses)) == (4, 2)
    assert often.losses[-1] == seldom.losses[-1] < often.losses[0] == seldom.losses[0]
    images = split(SETTINGS.held_out)[1].images
    state = fitting.first_state(SETTINGS, FIT, 0)
    assert float(elbo.compiled()(state.weights, images, keys.key(0, "held out", 2))) == often.losses[0]


def test_all_methods_of_a_replicate_begin_with_the_same_weights_and_others_with_others() -> None:
    def first(fit: Fit, replicate: int) -> np.ndarray:
        return np.asarray(fitting.first_state(SETTINGS, fit, replicate).weights.encoder[0].weight)

    assert np.array_equal(first(FIT, 0), first(Fit(2, 10, Method("score_function")), 0))
    assert not np.array_equal(first(FIT, 0), first(FIT, 1))
