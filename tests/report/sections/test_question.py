"""What was asked."""

from bench.markup.blocks import Paragraph
from bench.report.sections.question import question
from tests.support import synthetic


def test_the_grid_is_said_in_order_and_what_is_empty_is_left_out() -> None:
    tables = synthetic.tables(sigma=[3.0, 0.3], dataset_size=[10, 1], samples=[1, 10])
    _, text = question(tables)
    assert isinstance(text, Paragraph)
    assert "Asked for objective squared_error; latent shared, per_datum; data normal; sampler iid; " in text.text
    assert str(text.text).endswith("; over mu 1; sigma 0.3, 3; dataset_size 1, 10; samples 1, 10.")


def test_an_axis_without_values_says_none() -> None:
    tables = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])
    _, text = question({"statistics": tables["statistics"].assign(dataset_size=None, variant="k=5")})
    assert isinstance(text, Paragraph)
    assert "dataset_size none" in text.text
    assert "variant k=5; " in text.text
