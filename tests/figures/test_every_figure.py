"""What holds for every registered figure, whatever the grid."""

from functools import cache

import pytest

from bench import registry
from bench.drawing import palette
from tests.support import synthetic
from tests.support.artists import drawn, require_readable, texts
from tests.support.turns import in_turn

FIGURES = {
    name: plugin for name, plugin in registry.load(kinds=["figure"]).plugins["figure"].items() if plugin.kind == "sweep"
}
SMALL = {"sigma": [0.3, 1.0, 3.0], "dataset_size": [1, 10, 100], "samples": [1, 10, 100]}
USERS = ["my_estimator_with_a_long_name(h=0.001)", "score_function", "pathwise"]
GRIDS = {
    "like the default": SMALL,
    "one cell": {key: [10] for key in SMALL} | {"latents": ["shared"], "status": lambda row: "unconverged"},
    "several objectives and samplers": SMALL
    | {"objectives": [("squared_error", ""), ("cosine", "k=5")], "samples": [1], "mu": [0.0, 1.0]}
    | {"samplers": ["iid", "antithetic"], "latents": ["shared"]},
    "fifteen estimators": SMALL | {"estimators": [*palette.KNOWN][:15], "samples": [1], "latents": ["shared"]},
    "many values and a user's estimator": {"dataset_size": [1, 2, 5, 10, 20, 50, 100, 200], "samples": [1, 16]}
    | {"sigma": [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0], "latents": ["per_datum"], "estimators": USERS},
}


FAMILIES = {
    "gamma": SMALL | {"families": ["gamma"], "rate": [1.0, 2.0]},
    "three families": SMALL | {"families": ["normal", "gamma", "bernoulli"], "estimators": [*palette.KNOWN][:5]},
    "three families, one latent": SMALL | {"families": ["normal", "gamma", "bernoulli"], "latents": ["shared"]},
    "Bernoulli": SMALL | {"families": ["bernoulli"], "estimators": ["score_function", "score_function_loo"]},
}
FULLEST = "fifteen estimators"
OF_SOME_GRIDS = {"variance_ratio_theta", "variance_samplers", "gradient_draws"}
ALONG = {"variance_ratio_sigma": "sigma", "efficiency_map": "sigma", "variance_ratio_theta": "theta"}
AXES = {"variance_ratio_sigma": ["sigma"], "efficiency_map": ["sigma", "dataset_size"]}
AXES |= {name: [axis] for name in FIGURES for axis in ("dataset_size", "samples") if name.endswith(axis)}
AXES |= {"variance_samplers": ["samples"]}
for names in (ALONG, AXES):
    names["efficiency_map_evaluations"] = names["efficiency_map"]
ALONG |= dict.fromkeys(synthetic.ALONG, "sigma")


@cache
def tables(grid, name=""):
    return synthetic.asked_for(name, synthetic.tables(**(GRIDS | FAMILIES)[grid]))


def shown_by(name, grid):
    """Whether a figure has anything to show of a grid: some are along what a family has not, or has one value of."""
    if name in AXES and all(len((GRIDS | FAMILIES)[grid][axis]) < 2 for axis in AXES[name]):
        return False
    families = (GRIDS | FAMILIES)[grid].get("families", ["normal"])
    if name == "gradient_draws":  # which has a table of its own
        return False
    if name == "variance_samplers":
        return "samplers" in (GRIDS | FAMILIES)[grid]
    return {"sigma": "normal" in families, "theta": families != ["normal"]}.get(ALONG.get(name), True)


@pytest.mark.parametrize(("name", "grid"), in_turn(FIGURES, GRIDS | FAMILIES, always=[FULLEST]))
@pytest.mark.thinned(2)
def test_is_one_column_wide_and_all_its_texts_can_be_read(name, grid):
    if not shown_by(name, grid):
        assert FIGURES[name].select(tables(grid, name)) is None
        return
    figure = drawn(FIGURES[name], tables(grid, name))
    require_readable(figure)


@pytest.mark.parametrize("name", FIGURES)
def test_skipped_rows_give_no_figure(name):
    skipped = synthetic.tables(**GRIDS["one cell"] | {"status": lambda row: "skipped: a reason"})
    assert FIGURES[name].select(skipped) is None


@pytest.mark.parametrize("name", FIGURES)
def test_empty_tables_give_no_figure(name):
    assert FIGURES[name].select({key: frame.iloc[:0] for key, frame in tables("one cell", name).items()}) is None


@pytest.mark.parametrize("name", sorted(FIGURES.keys() - OF_SOME_GRIDS))
@pytest.mark.thinned(3)
def test_a_users_estimator_is_named(name):
    shown = texts(drawn(FIGURES[name], tables("many values and a user's estimator", name)))
    assert "my estimator with a long name" in " ".join(text.get_text() for text in shown).replace("\n", " ")


@pytest.mark.parametrize("name", sorted(FIGURES.keys() - OF_SOME_GRIDS - {"gradient_agreement"}))
@pytest.mark.thinned(2)
def test_the_slice_is_said(name):
    figure = drawn(FIGURES[name], tables("like the default", name))
    note = figure.get_suptitle().replace("\n", " ")
    assert note.startswith("squared error, normal $y$, tied components, iid draws")
    assert "$K=10$" in note or name == "variance_samples"
