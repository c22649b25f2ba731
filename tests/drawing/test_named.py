"""Estimators of an autoencoder in words, in their order, told apart in grey and in colour."""

import pandas as pd

from bench.drawing import named, style
from bench.vae.methods import RULES


def test_every_method_has_words_and_a_look_of_its_own():
    assert list(named.WORDS) == [tuple(method) for method in RULES]
    names = [named.named(*method) for method in RULES]
    assert len({name.words for name in names}) == len(names)
    assert len({name.look.marker for name in names}) == len(names)
    assert len({name.look.colour for name in names}) == len(names)


def test_what_has_no_words_is_its_name():
    assert named.named("my_rule", "monte_carlo").words == "my rule, monte carlo"


def test_groups_stand_in_the_order_of_the_words():
    rows = [("pathwise", "sticking_the_landing"), ("mine", "closed_form"), ("score_function", "closed_form")]
    frame = pd.DataFrame(rows, columns=["estimator", "entropy"])
    groups = named.groups(frame)
    assert [name.words for name, _ in groups] == [
        "score function, whole batch", "sticking the landing", "mine, closed form",
    ]  # fmt: skip
    assert [len(rows) for _, rows in groups] == [1, 1, 1]
    with style.context():
        labels = [handle.get_label() for handle in named.handles([name for name, _ in groups])]
    assert labels == [name.words for name, _ in groups]
