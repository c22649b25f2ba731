"""What the controls of the explorer say."""

from bench import registry
from bench.drawing import words
from bench.report.page.told import Facet, single, title, told


def test_facets_and_values_are_in_words_without_mathematics() -> None:
    assert [title(name) for name in ("dataset_size", "alpha", "vector", "learning_rate")] == [
        "number of data n", "\u03b1", "theta", "learning rate",
    ]  # fmt: skip
    with words.context(registry.load(kinds=["estimator"])):
        assert told("estimator", "score_function_local") == "local score function"
    assert told("parameter", "sigma2") == "\u03c3\u00b2"
    assert told("latent", "per_datum") == "draw per datum"
    assert told("entropy", "monte_carlo") == "Monte Carlo"
    assert told("objective", "cosine k=5") == "cosine k = 5"
    assert told("samples", 10000) == "10\u2074"
    assert told("entropy", "") == told("evaluation", None) == "none"


def test_what_leaves_no_choice_is_said_where_there_is_anything_to_say() -> None:
    facets = [
        Facet("samples", [1, 10], 1),
        Facet("mu", [1], 1),
        Facet("family", ["normal"], "normal"),
        Facet("vector", [""], ""),
        Facet("evaluation", [], None),
    ]
    assert single(facets) == {
        "mu": {"value": 1, "words": "μ = 1"},
        "family": {"value": "normal", "words": "family normal"},
        "vector": {"value": "", "words": ""},
        "evaluation": {"value": None, "words": ""},
    }
