"""What was asked."""

import pytest

from bench.markup.blocks import Paragraph
from bench.report.sections.question import UNTIED, question
from tests.support import synthetic
from tests.support.signs import ALPHA, MU, SIGMA, SIGMA2


def test_the_grid_is_said_in_order_and_what_is_empty_is_left_out() -> None:
    tables = synthetic.tables(sigma=[3.0, 0.3], dataset_size=[10, 1], samples=[1, 10])
    _, text = question(tables)
    assert isinstance(text, Paragraph)
    asked = "Asked of squared error, with shared draw, draw per datum, tied components, normal data and iid draws; "
    assert asked in text.text
    assert str(text.text).endswith(f"; over {MU} = 1; {SIGMA} = 0.3 and 3; n = 1 and 10; K = 1 and 10.")


def test_an_axis_without_values_is_left_out() -> None:
    tables = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])
    _, text = question({"statistics": tables["statistics"].assign(dataset_size=None, variant="k=5")})
    assert isinstance(text, Paragraph)
    assert "n = " not in text.text
    assert "Asked of squared error (k = 5), with " in text.text


def asked(**columns: str) -> str:
    """The question about a small sweep, with these columns changed."""
    tables = synthetic.tables(sigma=[1.0], dataset_size=[1], samples=[1], latents=["shared"])
    _, text = question({"statistics": tables["statistics"].assign(**columns)})
    assert isinstance(text, Paragraph)
    return str(text.text)


@pytest.mark.parametrize(
    ("family", "theta", "law"),
    [
        ("normal", "", f"N({MU}, {SIGMA2})"),
        ("gamma", "alpha=2,rate=1", f"Gamma({ALPHA}, rate)"),
        ("bernoulli", "logit=0", "Bernoulli(sigmoid(logit))"),
        ("laplace", "loc=[0,1],scale=2", "laplace(loc, scale)"),
    ],
)
def test_y_is_of_the_family(family: str, theta: str, law: str) -> None:
    text = asked(family=family, theta=theta)
    assert text.startswith(f"A node draws y ~ {law}; the objective is F = E f(y). ")
    assert (f"N({MU}" in text) == (family == "normal")
    assert ("; the parameters (" in text) == bool(theta)


def test_several_families_and_components_are_said() -> None:
    grid = {"dataset_size": [1, 10], "samples": [1]}
    _, text = question(synthetic.tables(families=["gamma", "bernoulli"], **grid))
    assert isinstance(text, Paragraph)
    law = f"Gamma({ALPHA}, rate) or Bernoulli(sigmoid(logit))"
    assert str(text.text).startswith(f"A node draws y ~ {law}: one y for all data or one y for each datum; ")
    assert f"the parameters ({ALPHA} = 0.5, rate = 1), ({ALPHA} = 2, rate = 1), " in str(text.text)
    assert SIGMA2 not in str(text.text)


def test_components_of_an_objective_are_counted() -> None:
    grid = {"sigma": [1.0], "dataset_size": [1], "samples": [1], "latents": ["shared"]}
    frame = synthetic.tables(**grid)["statistics"].assign(dimension=3)
    _, text = question({"statistics": frame})
    assert isinstance(text, Paragraph)
    assert str(text.text).startswith(f"A node draws y of 3 independent components, each of them ~ N({MU}, {SIGMA2}); ")
    _, text = question({"statistics": frame.assign(dimension=[1] + [3] * (len(frame) - 1))})
    assert isinstance(text, Paragraph)
    assert "y of 1 to 3 independent components" in str(text.text)


def test_a_target_says_how_its_entropy_is_treated() -> None:
    text = asked(entropy="monte_carlo")
    assert "the objective is F = E[log q(y) - log p(y)], minus an ELBO (its entropy by Monte Carlo: " in text


def test_untied_rows_are_explained() -> None:
    assert UNTIED in asked(components="untied")
    assert UNTIED not in asked()
