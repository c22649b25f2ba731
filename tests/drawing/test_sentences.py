"""What all rows have in common, as a note and as a sentence."""

import pandas as pd

from bench.drawing import sentences

FRAME = pd.DataFrame({"objective": "squared_error", "latent": ["shared", "shared"], "family": "normal"})
KEYS = ("objective", "latent", "family", "sampler", "numerator")


def test_a_note_lists_what_does_not_vary() -> None:
    frame = FRAME.assign(sampler=["iid", "sobol"], numerator="score_function")
    told = ["squared error", "shared draw", "normal $y$", "score function", r"$\mu=1$"]
    assert sentences.note(frame, KEYS, {"mu": 1.0}) == told


def test_a_sentence_says_the_same() -> None:
    said = sentences.sentence(FRAME.assign(numerator="spsa(h=0.1)"), KEYS, {"mu": 1.0, "samples": 1e4})
    start = "Shown is the squared error, with one draw shared by all data, a normal $y$ and "
    assert said == start + r"the SPSA ($h=0.1$) estimator, at $\mu=1$ and $K=10^{4}$."
    several = FRAME.assign(objective=["sine", "cosine"])
    assert sentences.sentence(several, ["objective", "latent"], {}) == (
        "Shown are several objectives, with one draw shared by all data."
    )
    assert sentences.sentence(several, ["objective"], {}) == ""
