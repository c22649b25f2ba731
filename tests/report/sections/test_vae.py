"""The claim about the score function beside what was measured."""

import numpy as np

from bench.markup.blocks import Heading, Interval, Number, Paragraph, Table
from bench.report.sections.vae import CLAIM, vae
from tests.support import fitted, synthetic


def test_the_claim_stands_before_what_was_measured() -> None:
    heading, claim, how, *listings = vae(fitted.tables())
    assert heading == Heading(2, "An autoencoder: what is claimed, what was measured")
    assert isinstance(claim, Paragraph)
    assert claim.text == (
        f"{CLAIM} Measured, as a variance of the encoder's gradient over that of pathwise: 1 million times for score "
        "function, whole batch; 1,000 times for score function, own term; 5 times for leave-one-out; 0.2 times for "
        "sticking the landing. Nats of held-out ELBO short of pathwise after the last step, K = 10: 38 for score "
        "function, whole batch; 4.8 for score function, own term; 1.9 for leave-one-out; 0 for sticking the landing."
    )
    assert isinstance(how, Paragraph)
    assert "batch of 100 digits" in str(how.text)
    assert len(listings) == 1 + 2


def test_every_estimator_has_its_ratios() -> None:
    table = vae(fitted.tables())[3]
    assert isinstance(table, Table)
    assert len(table.rows) == 2 * (4 + 5)
    assert table.rows[6][2:] == ["leave-one-out", *[Interval(Number(5.0), Number(5.0 / 1.1), Number(5.0 * 1.1))] * 2]


def test_elbos_are_at_equal_costs() -> None:
    table = vae(fitted.tables())[4]
    assert isinstance(table, Table)
    titles = [column.title for column in table.header]
    assert titles == ["K", "estimator", "at 0.1 s", "at 1e5 evaluations", "at the last step"]
    pathwise = {row[0].value: row[2:] for row in table.rows if row[1] == "pathwise"}  # type: ignore[union-attr]
    end = -(46 - 20 * 1000 / 1050)
    assert pathwise[1][0] == pathwise[1][1] == Number(end, 4)
    assert pathwise[10][2] == Interval(Number(end, 4), Number(end - 0.5, 4), Number(end + 0.4, 4))
    earlier = pathwise[10][1]
    assert isinstance(earlier, Number)
    assert earlier.value is not None
    assert -46 < earlier.value < end


def test_what_was_not_measured_is_empty_and_what_diverged_is_said() -> None:
    tables = fitted.tables(seconds=False, dimension=(2,), samples=(1,))
    curves = tables["curves"]
    curves.loc[(curves["estimator"] == "score_function") & (curves["step"] > 100), "loss"] = np.nan
    table = vae(tables)[4]
    assert isinstance(table, Table)
    assert table.header[2].title == "at equal seconds"
    assert table.rows[0][2:] == [None, None, "not finite"]


def test_variances_alone_have_no_elbos_and_other_runs_nothing() -> None:
    tables = fitted.tables()
    assert len(vae({"encoder": tables["encoder"]})) == 4
    assert vae(synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])) == []
