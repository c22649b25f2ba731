"""What pictures show: digits, what is made of them, and where they lie."""

import numpy as np

from bench.vae import keys, network, pictures
from bench.vae.digits import HIGHEST, split
from bench.vae.methods import REFERENCE
from bench.vae.settings import Fit

OTHERS = split(40)[1]


def test_originals_are_the_first_of_each_class() -> None:
    rows = list(pictures.originals(OTHERS))
    assert [row["digit"] for row in rows] == sorted(set(OTHERS.labels.tolist()))
    assert {(row["estimator"], row["samples"]) for row in rows} == {("", None)}
    first = OTHERS.images[OTHERS.labels == 3][0]
    pixels = np.array([rows[3][f"pixel_{i}"] for i in range(64)])
    assert np.array_equal(np.round(pixels * HIGHEST), first * HIGHEST)


def test_reconstructions_are_of_the_same_digits_and_means_of_a_plane_alone_are_rows() -> None:
    for dimension in (2, 3):
        fit = Fit(dimension, 1, REFERENCE)
        weights = network.initial(keys.key(0, "pictures"), dimension)
        rows = list(pictures.reconstructions(fit, weights, OTHERS))
        assert [row["digit"] for row in rows] == [row["digit"] for row in pictures.originals(OTHERS)]
        assert all(0 < row["pixel_0"] < 1 for row in rows)
        places = list(pictures.latents(fit, weights, OTHERS))
        assert len(places) == (40 if dimension == 2 else 0)
    mu, _ = network.encode(network.initial(keys.key(0, "pictures"), 2).encoder, OTHERS.images)
    plane = list(pictures.latents(Fit(2, 1, REFERENCE), network.initial(keys.key(0, "pictures"), 2), OTHERS))
    assert np.allclose([row["mu_2"] for row in plane], mu[:, 1], rtol=0.5 * 10.0 ** (1 - pictures.PLACES))
    assert [row["digit"] for row in plane] == OTHERS.labels.tolist()
