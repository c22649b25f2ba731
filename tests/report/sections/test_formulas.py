"""The mathematics of a run, as far as its plug-ins tell it."""

from bench import registry
from bench.drawing import words
from bench.drawing.palette import look
from bench.markup.blocks import Bullets, Math, Paragraph
from bench.report.sections.formulas import LOCAL, PATHS, PER_DATUM, SCORES, formulas, stated
from tests.support import synthetic

PLUGINS = registry.load(kinds=["objective", "estimator", "family"])
FRAME = synthetic.tables(sigma=[1.0], dataset_size=[1], samples=[1], latents=["shared"])["statistics"]

NAMED = {"pathwise": "pathwise (reparameterisation trick)", "score_function": "score function (REINFORCE)"}


def test_f_the_law_of_y_and_each_estimator_are_told_in_the_colours_of_their_curves() -> None:
    with words.context(PLUGINS):
        mean, estimators = formulas(FRAME)
    assert isinstance(mean, Paragraph)
    assert [piece.formula for piece in mean.text if isinstance(piece, Math)] == [
        *(r"F(\mu, \sigma) = \mathbb{E}\, f(y)", r"y \sim \mathcal{N}(\mu, \sigma^2)"),
        *(r"y = \mu + \sigma\,\varepsilon", r"\varepsilon \sim \mathcal{N}(0, 1)"),
        f"f(y) = {PLUGINS.get('objective', 'squared_error').formula}",
        *(r"\theta", r"\mu", r"\sigma", r"\sigma^2", "n", "K"),
    ]
    assert estimators == Bullets(
        [
            (f"{NAMED[name]}: ", Math(PLUGINS.get("estimator", name).formula, look(name).colour))
            for name in FRAME["estimator"].unique()
        ]
        + [("with ", Math(PATHS), ", ", Math(SCORES))]
    )


def test_components_targets_and_draws_per_datum_are_told() -> None:
    changed = FRAME.assign(dimension=3, entropy="closed_form", latent="per_datum", family="gamma")
    with words.context(PLUGINS):
        (mean, _) = formulas(changed)
    assert isinstance(mean, Paragraph)
    assert mean.text[0] == Math(r"F(\theta) = \mathbb{E}\left[f(y) + \log\,q(y)\right]")
    assert any("y_j \\sim" in piece.formula for piece in mean.text if isinstance(piece, Math))
    assert PER_DATUM in mean.text
    assert Math(r"\theta") not in mean.text
    assert LOCAL not in mean.text
    with words.context(PLUGINS):
        (local, _) = formulas(FRAME.assign(estimator="score_function_local"))
    assert isinstance(local, Paragraph)
    assert LOCAL in local.text
    assert Math("n") in local.text
    with words.context(PLUGINS):
        (without_data, _) = formulas(FRAME.assign(dataset_size=float("nan")))
    assert isinstance(without_data, Paragraph)
    assert Math("n") not in without_data.text


def test_of_plugins_without_a_formula_nothing_is_said() -> None:
    assert formulas(FRAME) == []
    with words.context(PLUGINS):
        assert formulas(FRAME.assign(objective="mine")) == []
        assert len(formulas(FRAME.assign(estimator="mine"))) == 1


def test_a_caption_has_the_formula_of_its_one_objective() -> None:
    with words.context(PLUGINS):
        assert stated(FRAME) == r"Here $f(y) = \sum_i (y - x_i)^2$."
        assert stated(FRAME.assign(objective="mine")) == stated(FRAME.drop(columns="objective")) == ""
        assert stated(FRAME.assign(objective=["sine", *["cosine"] * (len(FRAME) - 1)])) == ""
